from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms import plugins
from cms.contracts import Check

HEAD = """# Checks

Every check that runs in the editor, before each publication, in `manage.py lint` and over all live pages once a day.
An error blocks publishing; an editor may let it pass in one article with a reason. One that must be corrected cannot
be let pass. A site may lower a check or switch it off under Compliance, All checks.

This page is written by `manage.py checks --markdown`.

| check | severity | looks for | because of |
|---|---|---|---|
"""


class Command(BaseCommand):
    help = "List every publish check with its severity, what it looks for and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--markdown", action="store_true", help="write the page docs/checks.md")

    def handle(self, *args: Any, **options: Any) -> None:
        checks = sorted(plugins.registry().checks.values(), key=lambda check: check.id)
        if options["markdown"]:
            self.stdout.write(HEAD + "\n".join(map(_row, checks)))
            return
        for check in checks:
            self.stdout.write(f"{check.id}  {_severity(check):22} {check.about}")


def _severity(check: Check) -> str:
    return "must be corrected" if check.critical else check.severity


def _row(check: Check) -> str:
    cells = (check.id, _severity(check), check.about, check.why)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
