from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.intake import Options, import_paths
from articles.intake.text import write_report

PROGRESS_EVERY = 50


class Command(BaseCommand):
    help = (
        "Import articles: Markdown with front matter (Jekyll, Hugo), plain texts and exports of WordPress (WXR),"
        " files or whole folders."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="Files or folders.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and write nothing."
        )
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")
        parser.add_argument("--publish", action="store_true", help="Publish what has no error finding.")
        parser.add_argument(
            "--override",
            default="",
            metavar="REASON",
            help="With --publish: publish despite error findings, because.",
        )
        parser.add_argument(
            "--user", default="", metavar="NAME", help="The login in whose name this is done."
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Take the file's text over even if an editor has changed it here.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["override"] and not options["publish"]:
            raise CommandError("--override gives the reason for --publish; use both.")
        by = self._user(options["user"])
        override = options["override"].strip()
        if override and by is None:  # an override needs a name
            override = f"{override} (import_content, run by {getpass.getuser()})"
        report = import_paths(
            options["paths"],
            Options(options["dry_run"], options["publish"], override, options["overwrite"], by),
            self._progress if options["verbosity"] else lambda what, done, total: None,
        )
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
        elif options["verbosity"]:
            self.stdout.write(write_report(report, options["verbosity"]))
        for entry in report.entries:
            if entry.is_refused and not options["verbosity"]:
                self.stderr.write(f"{entry.source}: {entry.publication}")
        if report.failed:
            for entry in report.failed:
                self.stderr.write("\n".join(finding.message for finding in entry.findings))
            count = len(report.failed)
            raise CommandError(f"{count} file{'' if count == 1 else 's'} could not be read; see above.")

    def _user(self, name: str) -> User | None:
        if not name:
            return None
        model = get_user_model()
        try:
            return model.objects.get_by_natural_key(name)
        except model.DoesNotExist:
            raise CommandError(f"There is no login named {name}.") from None

    def _progress(self, what: str, done: int, total: int) -> None:
        if total > PROGRESS_EVERY and (done % PROGRESS_EVERY == 0 or done == total):
            self.stderr.write(f"{done} of {total} {what}")
