from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from cms import orphans, plugins
from cms.apps import url_problems

TIMEOUT_SECONDS = 120


class Command(BaseCommand):
    help = (
        "List the plugins with their version, hooks and problems; try each one before a deployment; remove what a "
        "plugin that is gone has left in the database."
    )
    requires_system_checks: list[str] = []  # it reports their findings itself

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", choices=["list", "purge"], default="list")
        parser.add_argument("name", nargs="?", help="With purge: the plugin's name or its app label.")
        parser.add_argument("--json", action="store_true", help="Print the list as JSON.")
        parser.add_argument(
            "--check",
            action="store_true",
            help="Start each plugin in a process of its own. If one stops Django, say CHELATE_SAFE_MODE=1 as well.",
        )
        parser.add_argument("--yes", action="store_true", help="With purge: do not ask.")

    def handle(self, *, action: str, name: str | None, **options: Any) -> None:
        if action == "purge":
            self._purge(name, options["yes"])
        elif options["check"]:
            self._check()
        elif options["json"]:
            self.stdout.write(json.dumps(list(_rows()), indent=2))
        else:
            self._list()

    def _list(self) -> None:
        for row in _rows():
            version = row["version"] or ("part of Chelate" if row["is_first_party"] else "version unknown")
            self.stdout.write(f"{row['name']} ({version}): {row['state']}")
            if row["hooks"]:
                self.stdout.write(f"  hooks: {', '.join(row['hooks'])}")
            for problem in row["problems"]:
                self.stdout.write(self.style.WARNING(f"  problem: {problem}"))
        for label in _orphaned_labels():
            self.stdout.write(
                f"{label}: gone, but its tables are still there; manage.py plugins purge {label} removes them."
            )

    def _check(self) -> None:
        failed = []
        specs = plugins.discover(settings.CHELATE_PLUGINS)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            answers = list(pool.map(try_alone, specs))
        for spec, problems in zip(specs, answers, strict=True):
            self.stdout.write(f"{spec.name}: {'; '.join(problems) or 'works'}")
            if problems:
                failed.append(spec.name)
        if failed:
            raise CommandError(
                f"These plugins have problems: {', '.join(failed)}. "
                f"CHELATE_PLUGINS_OFF={','.join(failed)} starts without them."
            )

    def _purge(self, name: str | None, yes: bool) -> None:
        label = _label_to_purge(name)
        found = orphans.leftovers_of(label)
        for table in found.tables:
            self.stdout.write(f"{table}: {orphans.row_count(table)} rows")
        if not yes:
            answer = input(f"This deletes {len(found.tables)} tables for good. Type {label} to go on: ")
            if answer.strip() != label:
                raise CommandError("Nothing was deleted.")
        orphans.purge(found)
        self.stdout.write(f"{label}: {len(found.tables)} tables deleted.")


def _rows() -> Iterator[Mapping[str, Any]]:
    registry = plugins.registry()
    problems = (*registry.problems, *url_problems())
    active = [spec for spec in registry.plugins if spec.name != plugins.KERNEL]
    off = [spec for spec in plugins.discover() if spec not in active]
    for spec in (*active, *off):
        yield {
            "name": spec.name,
            "version": spec.version,
            "app": spec.app,
            "is_first_party": spec.is_first_party,
            "state": "on" if spec in active else "off",
            "hooks": registry.hooks.get(spec.name, ()),
            "problems": [problem.message for problem in problems if problem.plugin.name == spec.name],
        }


def try_alone(spec: plugins.PluginSpec) -> list[str]:
    """Start Django in a process of its own with this plugin as the only third-party one; return what goes wrong."""
    others = [other.name for other in plugins.discover() if not other.is_first_party and other != spec]
    environment = {**os.environ, "CHELATE_PLUGINS_OFF": ",".join(others), "CHELATE_SAFE_MODE": "false"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "plugins", "--json"]
    try:
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return [f"it does not start within {TIMEOUT_SECONDS} seconds"]
    if result.returncode:
        return [result.stderr.strip().splitlines()[0] if result.stderr.strip() else "it does not start"]
    [row] = [row for row in json.loads(result.stdout) if row["name"] == spec.name]
    problems: list[str] = row["problems"]
    return problems


def _orphaned_labels() -> list[str]:
    try:
        return orphans.orphaned_labels()
    except DatabaseError:  # not there yet, or not migrated
        return []


def _label_to_purge(name: str | None) -> str:
    """Return the app label to purge. Raises CommandError if that plugin is on, or has left nothing."""
    labels = _orphaned_labels()
    known = f"Left over: {', '.join(labels) or 'nothing'}."
    if not name:
        raise CommandError(f"Name the plugin to purge. {known}")
    if name in {spec.name for spec in plugins.registry().plugins}:
        raise CommandError(f"{name} is on. Take it out first: CHELATE_PLUGINS_OFF={name}.")
    apps = [spec.app.split(".apps.")[0].split(".")[-1] for spec in plugins.discover() if spec.name == name]
    for label in (name, *apps):
        if label in labels:
            return label
    raise CommandError(f"The database holds nothing of {name}. {known}")
