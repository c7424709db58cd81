from __future__ import annotations

import argparse
import re
from html import unescape
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from references import csl, formats, styles


class Command(BaseCommand):
    help = "Work with bibliographies. `convert FILE --to FORMAT` writes one in another format or style."
    requires_system_checks: list[str] = []  # it reads one file; no database is needed

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        convert = actions.add_parser(
            "convert",
            help="Convert or format a bibliography.",
            formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        )
        convert.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help="BibTeX, RIS, NBIB, Web of Science, CSL-JSON, or what Crossref, PubMed … answered.",
        )
        convert.add_argument(
            "--to",
            required=True,
            choices=[*formats.writable(), *(name for name, style in styles.STYLES.items() if style.csl)],
            help="A format, or a style to print the list of references in.",
        )
        convert.add_argument("--language", default="en", help="Language of a style's own words.")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = self._read(options["file"])
        items, unclean = formats.cleaned(batch)
        problems = sorted((*batch.problems, *unclean), key=lambda problem: problem.line)
        for problem in problems:
            place = f"line {problem.line}: " if problem.line else ""
            self.stderr.write(f"{options['file']}: {place}{problem.message} {problem.beginning}")
        if problems and not items:
            raise CommandError(f"Nothing in {options['file']} could be read.")
        works = [item for item, _ in items]
        wanted = options["to"]
        if wanted in formats.writable():
            self.stdout.write(formats.write(wanted, works), ending="")
        else:
            self.stdout.write(self._listed(wanted, options["language"], works), ending="")

    def _read(self, path: Path) -> formats.Batch:
        try:
            return formats.read(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror or error}.") from error
        except ValueError as error:
            raise CommandError(f"{path}: {error}") from error

    def _listed(self, style: str, language: str, works: list[csl.Csl]) -> str:
        if not works:
            return ""
        items = {f"work{place}": work for place, work in enumerate(works)}
        try:
            rendering = styles.render(style, language, items)
        except styles.PandocFailed as error:
            raise CommandError(f"The style could not be applied: {error}") from error
        return "".join(f"{_plain(entry)}\n" for entry in rendering.entries)


def _plain(entry: styles.ListEntry) -> str:
    return " ".join(filter(None, [entry.number, unescape(re.sub(r"<[^>]*>", "", entry.html))]))
