from __future__ import annotations

import io
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from affiliates.earnings import presets, runs, services
from affiliates.earnings.errors import ReportError
from affiliates.models import ImportFile
from affiliates.networks import all_networks

SHOWN_REJECTED = 20
UNDER_WAY = "This file is being written right now. If its process was killed, try again in two minutes."


class Command(BaseCommand):
    help = "Import what a network paid from its report (CSV). The same report twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("network", help="the short name of the network, for example awin")
        parser.add_argument("file", type=Path, help="the report; for Rakuten that of the items")
        parser.add_argument(
            "second", type=Path, nargs="?", help="for Rakuten the report of the signature orders"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be written, write nothing")
        parser.add_argument("--json", action="store_true", help="one object on standard output")
        parser.add_argument("--mapping", default="", help="a preset or saved column mapping, by name")
        parser.add_argument(
            "--again", action="store_true", help="write rows although the same ones were imported before"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        network = next((found for found in all_networks() if found.key == options["network"]), None)
        if network is None:
            keys = ", ".join(sorted(found.key for found in all_networks()))
            raise CommandError(f"There is no network {options['network']}. There are: {keys}.")
        paths = [path for path in (options["file"], options["second"]) if path]
        for path in paths:
            if not path.is_file():
                raise CommandError(f"There is no file {path}.")
        record = ImportFile(network=network, name=paths[0].name[:200])
        record.size_bytes = sum(path.stat().st_size for path in paths)
        try:
            record = self.read(record, paths, options)
        except ReportError as error:
            if record.pk:
                record.delete()  # it was refused before anything was written
            raise CommandError(str(error)) from error
        self.tell(record, options)

    def read(self, record: ImportFile, paths: list[Path], options: dict[str, Any]) -> ImportFile:
        """Return the record of the import: one that broke off with this very file goes on."""
        with ExitStack() as stack:
            files: list[BinaryIO] = [stack.enter_context(path.open("rb")) for path in paths]
            if not options["dry_run"] and (begun := runs.same_file(record.network, files)):
                if not begun.is_broken_off:
                    raise ReportError(UNDER_WAY)
                services.write(begun, files, self.progress)
                return begun
            if options["mapping"]:
                services.use_mapping(record, presets.named(record.network, options["mapping"]))
            else:
                services.recognise(record, services.head_of(files[0]))
                files[0].seek(0, io.SEEK_SET)
            if options["dry_run"]:
                services.preview(record, files, self.progress, again=options["again"])
            else:
                services.write(record, files, self.progress, again=options["again"])
        if self.stderr.isatty():
            self.stderr.write("")
        return record

    def progress(self, done: float) -> None:
        """Write over one line on a screen, a line each ten seconds or so would be noise in a log."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:4.0%}", ending="")

    def tell(self, record: ImportFile, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(as_data(record, dry_run=options["dry_run"]), indent=2))
            return
        would = "would be written" if options["dry_run"] else "written"
        self.stdout.write(
            f"{record.name} ({record.mapping_name}): {record.read_count} rows read. {record.new_count} new, "
            f"{record.corrected_count} corrected, {record.duplicate_count} known, {record.rejected_count} rejected."
        )
        for currency, totals in record.totals.items():
            self.stdout.write(
                f"{currency} {totals['commission']} {would}, {totals['attributed']} of it joined to articles."
            )
        if record.message:
            self.stdout.write(record.message)
        for entry in record.rejected[:SHOWN_REJECTED]:
            self.stdout.write(f"Line {entry['line']}: {entry['reason']}")
        if record.rejected_count > SHOWN_REJECTED:
            self.stdout.write(f"and {record.rejected_count - SHOWN_REJECTED} more; --json lists them.")


def as_data(record: ImportFile, *, dry_run: bool) -> dict[str, Any]:
    return {
        "network": record.network.key,
        "file": record.name,
        "mapping": record.mapping_name,
        "dry_run": dry_run,
        "read": record.read_count,
        "new": record.new_count,
        "corrected": record.corrected_count,
        "duplicate": record.duplicate_count,
        "rejected": record.rejected_count,
        "from": str(record.period_from or ""),
        "until": str(record.period_until or ""),
        "totals": record.totals,
        "rejected_rows": record.rejected,
        "message": record.message,
    }
