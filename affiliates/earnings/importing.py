"""One report file, read and settled with the ledger: first only looked at, then written, by the same code."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from affiliates.earnings import clicks, ledger
from affiliates.earnings.attribution import Places, looks_damaged
from affiliates.earnings.errors import ReportError, RowError
from affiliates.earnings.reconcile import Outcome, reconcile
from affiliates.earnings.rows import Reader, Row
from affiliates.earnings.rules import Mode, Rules, signature
from affiliates.earnings.staging import Staging
from affiliates.earnings.tables import Table
from affiliates.models import ImportFile, Network, ReportKind, Status

VERSION = 1  # of the reading of reports; a file read by another version may be imported again
AT_ONCE = (
    500  # conversions of one transaction: it holds the write lock of SQLite for some hundredths of a second
)
KEPT_REJECTED = 1_000
KEPT_TEXT = 1_000
READING = 0.4  # of the whole work
PROGRESS_SECONDS = 0.5
SPOILED = "Another line of the same tracking ID and day cannot be read, so this day is left as it is."
Progress = Callable[[float], None]


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


@dataclass(slots=True)
class Result:
    """What was found in a file; after a commit, what was written."""

    read: int = 0
    new: int = 0
    corrected: int = 0
    known: int = 0
    damaged_sub_ids: int = 0
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

    def reject(self, line: int, reason: str, text: str = "") -> None:
        self.rejected_count += 1
        if len(self.rejected) < KEPT_REJECTED:
            self.rejected.append({"line": line, "reason": reason, "text": text[:KEPT_TEXT]})

    def saw(self, row: Row) -> None:
        day = row.event_at.date()
        self.first_day = min(day, self.first_day or day)
        self.last_day = max(day, self.last_day or day)
        if len(self.sample) < 10:
            self.sample.append(row)
        self.damaged_sub_ids += looks_damaged(row.sub_id)


class Import:
    """One run over the files of one report. Without `commit` it only reads the ledger."""

    def __init__(
        self,
        import_file: ImportFile,
        rules: Rules,
        *,
        commit: bool,
        again: bool = False,
        progress: Progress = lambda _: None,
    ) -> None:
        self.file = import_file
        self.rules = rules
        self.commit = commit
        self.again = again
        self.result = Result()
        self.places = Places(import_file.network)
        self.spoiled: set[str] = set()
        self.progress = _at_intervals(progress)

    def run(self, files: Sequence[BinaryIO]) -> Result:
        """Read the files and settle them. Raises ReportError if nothing of them can be read."""
        if len(files) != (2 if self.rules.second else 1):
            wanted = "two files" if self.rules.second else "one file"
            raise ReportError(f"The report “{self.rules.name}” comes in {wanted}.")
        with Staging() as staging:
            self._read(files, staging)
            self.result.rows_digest = f"{staging.digest:064x}"
            self.result.earlier = None if self.again else self._earlier()
            if self.result.earlier:
                self.result.known = self.result.read - self.result.rejected_count
            elif self.rules.report == ReportKind.CLICKS:
                clicks.settle(self.file, staging, self.result, commit=self.commit)
            else:
                self._settle_all(staging)
        self.progress(1.0)
        return self.result

    def _read(self, files: Sequence[BinaryIO], staging: Staging) -> None:
        whole = hashlib.sha256()
        tables = [Table(source, self._reading) for source in files]
        for table, rules in zip(
            reversed(tables), [self.rules.second or self.rules, self.rules], strict=False
        ):
            delimiter, index, header = table.head.header(rules)
            reader = Reader(rules, header)
            if table is tables[0]:
                self.result.header_signature = signature(header)
                self._read_rows(table.rows(delimiter, index), reader, staging)
            else:
                for _, cells in table.rows(delimiter, index):
                    staging.add_second(reader.text(cells, "external_id", "/"), reader.text(cells, "sub_id"))
        for table in tables:
            whole.update(table.sha256.digest())
            self.result.size_bytes += table.bytes_read
        self.result.sha256 = tables[0].sha256.hexdigest() if len(tables) == 1 else whole.hexdigest()

    def _reading(self, bytes_read: int) -> None:
        self.progress(READING * min(1.0, bytes_read / max(self.file.size_bytes, 1)))

    def _read_rows(self, rows: Iterator[tuple[int, list[str]]], reader: Reader, staging: Staging) -> None:
        for line, cells in rows:
            self.result.read += 1
            try:
                added = self._added(reader, cells, staging)
                row = reader.row(line, cells, added)
            except RowError as error:
                self.result.reject(line, str(error), " | ".join(cells))
                self._spoil(reader, cells)
                continue
            staging.add(row)
            self.result.saw(row)

    def _added(self, reader: Reader, cells: Sequence[str], staging: Staging) -> Mapping[str, str]:
        if self.rules.second is None:
            return {}
        return {"sub_id": staging.second(reader.text(cells, "external_id", "/"))}

    def _spoil(self, reader: Reader, cells: Sequence[str]) -> None:
        """Leave the day of an unreadable line as it is: replacing it by the other lines would lose money."""
        if self.rules.mode is Mode.SNAPSHOT:
            try:
                self.spoiled.add(reader.bucket(cells))
            except RowError:
                return  # a line of sums, most likely

    def _earlier(self) -> ImportFile | None:
        """Return the import that has brought the same rows, in any order and with any line endings."""
        same = ImportFile.objects.filter(
            network=self.file.network_id,
            state=ImportFile.State.DONE,
            rejected_count=0,
            importer_version=VERSION,
            rows_digest=self.result.rows_digest,
        )
        found = same.exclude(pk=self.file.pk).order_by("-imported_at").first()
        return found if found and self.result.rejected_count == 0 else None

    def _settle_all(self, staging: Staging) -> None:
        done, total = 0, max(1, self.result.read)
        for batch in staging.conversions(AT_ONCE):
            with self._locked():
                self._settle(batch)
            done += sum(map(len, batch.values()))
            self.progress(READING + (1 - READING) * min(1.0, done / total))

    def _locked(self) -> AbstractContextManager[None]:
        """Keep a second import of the same network from reading what this one is about to change."""
        return locked(self.file.network_id) if self.commit else nullcontext()

    def _settle(self, batch: Mapping[str, list[Row]]) -> None:
        known = ledger.known_rows(self.file.network_id, list(batch))
        outcomes: dict[str, Outcome] = {}
        for external_id, rows in batch.items():
            if external_id in self.spoiled:
                for row in rows:
                    self.result.reject(row.line, SPOILED)
                continue
            outcome = reconcile(known.get(external_id, ()), rows, self.rules, self.file.pk or 0)
            outcomes[external_id] = outcome
            self._count(outcome)
        planned = {external_id: outcome.deltas for external_id, outcome in outcomes.items()}
        new = ledger.entries(planned, known, self.places)
        self._add_up(new)
        if self.commit and new:
            ledger.append(self.file, new, known)

    def _count(self, outcome: Outcome) -> None:
        self.result.new += outcome.new
        self.result.corrected += outcome.corrected
        self.result.known += outcome.known
        for line, reason in outcome.rejected:
            self.result.reject(line, reason)

    def _add_up(self, new: Sequence[ledger.Entry]) -> None:
        for entry, weight in ledger.attributed(new):
            amounts = entry.delta.amounts
            totals = self.result.totals.setdefault(entry.delta.currency, Totals())
            totals.commission += amounts.commission
            totals.sale_amount += amounts.sale_amount
            totals.conversions += amounts.count
            totals.attributed += amounts.commission * weight
            if entry.delta.status == Status.PENDING:
                totals.pending += amounts.commission


@contextmanager
def locked(network_id: int) -> Iterator[None]:
    """Hold the lock of a network and a transaction: one import at a time reads and appends."""
    with transaction.atomic():
        # NO KEY: rows that point to the network, such as new links, do not wait.
        list(Network.objects.select_for_update(no_key=True).filter(pk=network_id).values_list("pk"))
        yield


def _at_intervals(progress: Progress) -> Progress:
    last = 0.0

    def call(done: float) -> None:
        nonlocal last
        if done >= 1 or time.monotonic() - last >= PROGRESS_SECONDS:
            last = time.monotonic()
            progress(done)

    return call


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
    notes = []
    if result.earlier:
        day = timezone.localtime(result.earlier.imported_at).date() if result.earlier.imported_at else ""
        notes.append(
            f"The same rows were imported on {day} ({result.earlier.name}). Nothing is written again."
        )
    if result.damaged_sub_ids:
        count = result.damaged_sub_ids
        notes.append(
            f"{count} sub-ID{'s look' if count > 1 else ' looks'} like ours but arrived cut or changed; "
            "those conversions cannot be joined to a place."
        )
    import_file.message = " ".join(notes)
