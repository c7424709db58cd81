"""manage.py import_links FILE: links from a CSV file of ours, of Pretty Links or of ThirstyAffiliates."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from affiliates.exchange.formats import FormatError, read
from affiliates.exchange.plan import apply, make_plan


class Command(BaseCommand):
    help = "Reads links from a CSV file. Importing the same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would change.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
            found, rows = read(text)
        except (OSError, UnicodeDecodeError, FormatError) as error:
            raise CommandError(str(error)) from error
        plan = make_plan(rows)
        if not options["dry_run"]:
            apply(plan)
        for planned in plan.of("error"):
            self.stderr.write(f"line {planned.row.line}: {planned.error}")
        counts = plan.counts
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{found.name}: {counts['create']} {would}created, {counts['update']} {would}changed, "
            f"{counts['unchanged']} unchanged, {counts['error']} left out"
        )
        if counts["error"]:
            raise CommandError("Some rows could not be used.", returncode=1)
