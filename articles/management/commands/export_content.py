from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.exporters import FolderNotEmpty, UnknownArticles, export_folder

PROGRESS_EVERY = 50


class Command(BaseCommand):
    help = (
        "Write articles as Markdown with front matter, and the records around them, into a folder."
        " Importing that folder into the same site changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="A new or empty folder.")
        parser.add_argument(
            "--articles", nargs="+", default=[], metavar="SLUG", help="Only these; all articles otherwise."
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Write over an earlier export; its files that are no longer needed are removed.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        progress = self._progress if options["verbosity"] else lambda what, done, total: None
        try:
            exported = export_folder(
                folder, slugs=options["articles"], overwrite=options["overwrite"], progress=progress
            )
        except (FolderNotEmpty, UnknownArticles) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror or error}.") from error
        if options["verbosity"]:
            removed = f"; {_count(exported.removed, 'old file')} removed" if exported.removed else ""
            self.stdout.write(
                f"{_count(exported.articles, 'article')} and {_count(exported.records, 'file')} of records"
                f" written to {folder}{removed}."
            )
            self.stdout.write(f"Bring them into a site with: manage.py import_content {folder}")
        if exported.problems:
            raise CommandError(" ".join(exported.problems))

    def _progress(self, what: str, done: int, total: int) -> None:
        if done % PROGRESS_EVERY == 0 or done == total:
            self.stderr.write(f"{done} of {total} {what}")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
