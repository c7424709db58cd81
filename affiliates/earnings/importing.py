"""One report file, read and settled with the ledger: first only looked at, then written, by the same code."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, BinaryIO

from django.db import transaction

from affiliates.earnings import clicks, ledger, runs
from affiliates.earnings.attribution import Places
from affiliates.earnings.errors import ReportError, RowError
from affiliates.earnings.reconcile import Outcome, reconcile
from affiliates.earnings.refunds import brought_forward
from affiliates.earnings.results import SETTLED, VERSION, Result, Totals
from affiliates.earnings.rows import Reader, Row
from affiliates.earnings.rules import Mode, Rules, signature
from affiliates.earnings.staging import Staging
from affiliates.earnings.tables import Table
from affiliates.models import ImportFile, Network, ReportKind, Status
from affiliates.turns import give_way

AT_ONCE = 50  # conversions of one transaction: it holds the write lock of SQLite for 25 to 50 ms
READING = 0.4  # of the whole work
PROGRESS_SECONDS = 0.5
SPOILED = "Another line of the same tracking ID and day cannot be read, so this day is left as it is."
Progress = Callable[[float], None]


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
        self.read_rejected = 0, 0  # while reading: how many, and how many of them are kept
        self.progress = _at_intervals(progress)

    def run(self, files: Sequence[BinaryIO]) -> Result:
        """Read the files and settle them. Raises ReportError if nothing of them can be read."""
        if len(files) != (2 if self.rules.second else 1):
            wanted = "two files" if self.rules.second else "one file"
            raise ReportError(f"The report “{self.rules.name}” comes in {wanted}.")
        with Staging() as staging:
            self._read(files, staging)
            self.result.rows_digest = f"{staging.digest:064x}"
            if self.file.position and self.file.rows_digest != self.result.rows_digest:
                raise ReportError("These are not the rows of the import that broke off.")
            if self.commit:
                runs.keep(self.file, sha256=self.result.sha256, rows_digest=self.result.rows_digest)
            self.result.earlier = None if self.again or self.file.position else self._earlier()
            if self.result.earlier:
                self.result.known = self.result.read - self.result.rejected_count
            elif self.rules.report == ReportKind.CLICKS:
                with self._locked():
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
                self._refuse(line, cells, error, reader)
                continue
            staging.add(row)
            self.result.saw(row)

    def _added(self, reader: Reader, cells: Sequence[str], staging: Staging) -> Mapping[str, str]:
        if self.rules.second is None:
            return {}
        return {"sub_id": staging.second(reader.text(cells, "external_id", "/"))}

    def _refuse(self, line: int, cells: Sequence[str], error: RowError, reader: Reader) -> None:
        """Keep why a line cannot be read. Raises ReportError for one that shows that other lines are misread."""
        if reader.is_total(cells):
            self.result.read -= 1
            self.result.total_lines += 1
            return
        if date := reader.swapped_date(cells):
            raise ReportError(
                f"Line {line}: in “{date}” day and month stand the other way round than expected, so other days may be "
                "exchanged. Nothing was read. Say how dates look under “Say what the columns mean”."
            )
        self.result.reject(line, str(error), " | ".join(cells))
        self._spoil(reader, cells)

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
        result = self.result
        self.read_rejected = result.rejected_count, len(result.rejected)
        result.go_on_from(self.file.progress)
        done, total = self.file.progress.get("lines", 0), max(1, result.read)
        for batch in staging.conversions(AT_ONCE, after=self.file.position):
            done += sum(map(len, batch.values()))
            with self._locked():
                self._settle(batch)
                if self.commit:
                    self._keep(max(batch), done)
            if self.commit:
                give_way()
            self.progress(READING + (1 - READING) * min(1.0, done / total))

    def _keep(self, position: str, lines: int) -> None:
        """Keep with the rows of a batch what another run needs to go on behind it."""
        result, (count, kept) = self.result, self.read_rejected
        progress: dict[str, Any] = {name: getattr(result, name) for name in SETTLED} | {"lines": lines}
        progress |= {"rejected_count": result.rejected_count - count, "rejected": result.rejected[kept:]}
        progress["totals"] = {currency: found.as_text() for currency, found in result.totals.items()}
        runs.keep(self.file, position=position, progress=progress)

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
            if self.rules.mode is Mode.EVENTS:
                outcome.deltas += brought_forward(known.get(external_id, ()), outcome.deltas)
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
