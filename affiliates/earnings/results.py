"""What a run over a report found, and how it is kept on the record of the import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from affiliates.earnings.attribution import looks_damaged
from affiliates.earnings.rows import Row
from affiliates.models import ImportFile

VERSION = 1  # of the reading of reports; a file read by another version may be imported again
KEPT_REJECTED = 1_000
KEPT_TEXT = 1_000
AHEAD = timedelta(days=2)  # of our clock: time zones, and days that are read as noon
SETTLED = ("new", "corrected", "known", "rejected_count")


@dataclass(slots=True)
class Totals:
    """What a file adds to the ledger in one currency."""

    commission: Decimal = Decimal(0)
    sale_amount: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    attributed: Decimal = Decimal(0)
    conversions: int = 0

    def as_text(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in self.__slots__}

    @classmethod
    def from_text(cls, text: Mapping[str, str]) -> Totals:
        amounts = {name: Decimal(value) for name, value in text.items() if name != "conversions"}
        return cls(**amounts, conversions=int(text["conversions"]))


@dataclass(slots=True)
class Result:
    """What was found in a file; after a commit, what was written."""

    read: int = 0
    new: int = 0
    corrected: int = 0
    known: int = 0
    damaged_sub_ids: int = 0
    total_lines: int = 0
    in_future: int = 0
    rejected_count: int = 0
    rejected: list[dict[str, str | int]] = field(default_factory=list)
    totals: dict[str, Totals] = field(default_factory=dict)
    sample: list[Row] = field(default_factory=list)
    first_day: date | None = None
    last_day: date | None = None
    sha256: str = ""
    rows_digest: str = ""
    header_signature: str = ""
    size_bytes: int = 0
    earlier: ImportFile | None = None
    until: datetime = field(default_factory=lambda: timezone.now() + AHEAD)

    def reject(self, line: int, reason: str, text: str = "") -> None:
        self.rejected_count += 1
        if len(self.rejected) < KEPT_REJECTED:
            self.rejected.append({"line": line, "reason": reason, "text": text[:KEPT_TEXT]})

    def go_on_from(self, progress: Mapping[str, Any]) -> None:
        """Add what a run that broke off had settled."""
        for name in SETTLED:
            setattr(self, name, getattr(self, name) + progress.get(name, 0))
        self.rejected += progress.get("rejected", [])
        self.totals = {
            currency: Totals.from_text(text) for currency, text in progress.get("totals", {}).items()
        }

    def saw(self, row: Row) -> None:
        day = row.event_at.date()
        self.first_day = min(day, self.first_day or day)
        self.last_day = max(day, self.last_day or day)
        if len(self.sample) < 10:
            self.sample.append(row)
        self.damaged_sub_ids += looks_damaged(row.sub_id)
        self.in_future += row.event_at > self.until


def store(import_file: ImportFile, result: Result) -> None:
    """Keep what a run found on its record."""
    import_file.read_count = result.read
    import_file.new_count = result.new
    import_file.corrected_count = result.corrected
    import_file.duplicate_count = result.known
    import_file.rejected_count = result.rejected_count
    import_file.rejected = sorted(result.rejected, key=lambda entry: entry["line"])
    import_file.totals = {currency: found.as_text() for currency, found in sorted(result.totals.items())}
    import_file.period_from, import_file.period_until = result.first_day, result.last_day
    import_file.sha256, import_file.rows_digest = result.sha256, result.rows_digest
    import_file.header_signature = result.header_signature
    import_file.size_bytes = import_file.bytes_read = result.size_bytes
    import_file.importer_version = VERSION
    import_file.message = " ".join(_notes(result))


def _notes(result: Result) -> Iterator[str]:
    if earlier := result.earlier:
        day = timezone.localtime(earlier.imported_at).date() if earlier.imported_at else ""
        yield f"The same rows were imported on {day} ({earlier.name}). Nothing is written again."
    if count := result.damaged_sub_ids:
        yield (
            f"{count} sub-ID{'s look' if count > 1 else ' looks'} like ours but arrived cut or changed; "
            "those conversions cannot be joined to a place."
        )
    if count := result.total_lines:
        yield f"{count} line{'s' if count > 1 else ''} of totals left out."
    if count := result.in_future:
        yield (
            f"{count} row{'s lie' if count > 1 else ' lies'} in the future. Are day and month exchanged? Then read the "
            "columns otherwise."
        )
