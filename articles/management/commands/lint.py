from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.management.color import no_style

from articles.linting import Result, lint_paths
from articles.linting.sarif import as_sarif
from articles.linting.text import nothing_to_read, write_text

ERRORS, UNREADABLE = 1, 2
PROGRESS_EVERY = 50


class Command(BaseCommand):
    help = (
        "Check content files as publishing would, without keeping anything."
        " Ends with 1 if there is an error finding, with 2 if a file cannot be read, else with 0."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="Files or folders.")
        parser.add_argument(
            "--format",
            choices=["text", "json", "sarif"],
            default="text",
            help="For people, for programs, for code hosts.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        result = lint_paths(options["paths"], self._progress)
        self._write(result, options["format"], wants_colour=options["force_color"])
        if result.unreadable:
            sys.exit(UNREADABLE)
        if result.has_errors:
            sys.exit(ERRORS)

    def _write(self, result: Result, kind: str, *, wants_colour: bool) -> None:
        if kind == "text":
            is_coloured = wants_colour or self.stdout.isatty()
            self.stdout.write(write_text(result, self.style if is_coloured else no_style()), ending="")
            return
        if kind == "json":
            document: object = [finding.as_json() for finding in result.findings]
        else:
            document = as_sarif(result, Path.cwd())
        self.stdout.write(json.dumps(document, indent=2, ensure_ascii=False))
        if not result.files:
            self.stderr.write(nothing_to_read(result))

    def _progress(self, what: str, done: int, total: int) -> None:
        if total > PROGRESS_EVERY and (done % PROGRESS_EVERY == 0 or done == total):
            self.stderr.write(f"{done} of {total} {what}")
