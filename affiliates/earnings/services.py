"""Importing a report, taking an import back. Command, admin and tasks all come through here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date
from itertools import islice
from typing import Any, BinaryIO

import structlog
from django.db import transaction
from django.utils import timezone

from affiliates.earnings import days, ledger, refunds, runs, uploads
from affiliates.earnings.attribution import Places, attributions
from affiliates.earnings.errors import ReportError
from affiliates.earnings.importing import AT_ONCE, Import, Progress, locked
from affiliates.earnings.presets import choose
from affiliates.earnings.reconcile import unwind
from affiliates.earnings.results import Result, store
from affiliates.earnings.rules import load
from affiliates.earnings.tables import HEAD_BYTES, Head, read_head
from affiliates.models import Attribution, Conversion, ImportFile, Network, NetworkClickDay, TagPool
from affiliates.turns import give_way

log = structlog.get_logger("chelate.earnings")
State = ImportFile.State
REATTRIBUTED = 100
BROKEN_OFF = "The import broke off. What was written counts; go on with the rest, or undo it."


def head_of(source: BinaryIO) -> Head:
    """Return the first lines of a file that is read from its start."""
    pieces = []
    left = HEAD_BYTES
    while left > 0 and (piece := source.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return read_head(b"".join(pieces))


def use_mapping(import_file: ImportFile, entry: Mapping[str, Any]) -> None:
    """Remember on the record how its columns are read. Raises RulesError."""
    rules = load(entry)
    import_file.mapping = dict(entry)
    import_file.mapping_name = rules.name[:80]
    import_file.report_kind = rules.report


def recognise(import_file: ImportFile, head: Head) -> None:
    """Choose how the file is read by its columns. Raises UnknownHeader."""
    use_mapping(import_file, choose(import_file.network, head))


def preview(
    import_file: ImportFile,
    files: Sequence[BinaryIO],
    progress: Progress = lambda _: None,
    *,
    again: bool = False,
) -> Result:
    """Say on the record, which is not saved, what importing the files would change. Raises ReportError."""
    return _run(import_file, files, progress, commit=False, again=again)


def check(import_file: ImportFile, files: Sequence[BinaryIO], progress: Progress = lambda _: None) -> Result:
    """Keep on the record what importing the files would change. Raises ReportError."""
    runs.begin(import_file, State.CHECKING)
    with _failing(import_file):
        result = preview(import_file, files, runs.beat(import_file, progress))
    runs.end(import_file, State.CHECKED)
    return result


def write(
    import_file: ImportFile,
    files: Sequence[BinaryIO],
    progress: Progress = lambda _: None,
    *,
    again: bool = False,
) -> Result:
    """Write the files to the ledger and rebuild the days they touch. Raises ReportError, TakenOver.

    Broken off, even by a killed process, and run again it goes on behind the last batch that was written. `again`
    writes a file although its rows were imported before: a network that went back to an earlier state.
    """
    runs.begin(import_file, State.WRITING)
    with _failing(import_file):
        runs.refuse_out_of_order(import_file)
        try:
            result = _run(import_file, files, runs.beat(import_file, progress), commit=True, again=again)
        finally:
            days.rebuild(days.days_of(import_file))  # what was written counts, also if the rest is missing
    import_file.imported_at = timezone.now()
    runs.end(import_file, State.DONE)
    uploads.forget(import_file)
    log.info("earnings_imported", file=import_file.name, new=result.new, corrected=result.corrected)
    return result


@contextmanager
def _failing(import_file: ImportFile) -> Iterator[None]:
    """Keep on the record why a file was refused, or that the work broke off."""
    try:
        yield
    except runs.TakenOver:
        raise  # the record is another run's now
    except BaseException as error:  # a person's Ctrl-C, too
        message = str(error) if isinstance(error, ReportError) else BROKEN_OFF
        runs.keep(import_file, state=State.FAILED, message=message)
        raise


def _run(
    import_file: ImportFile,
    files: Sequence[BinaryIO],
    progress: Progress,
    *,
    commit: bool,
    again: bool = False,
) -> Result:
    rules = load(import_file.mapping)
    result = Import(import_file, rules, commit=commit, again=again, progress=progress).run(files)
    store(import_file, result)
    return result


def later_imports(import_file: ImportFile) -> list[ImportFile]:
    """Return the imports that have corrected what this one wrote: they must be undone first."""
    own = Conversion.objects.filter(import_file=import_file)
    first = own.order_by("pk").values_list("pk", flat=True).first()
    if first is None:
        return []
    since = Conversion.objects.filter(
        network=import_file.network_id, external_id__in=own.values("external_id"), pk__gt=first
    ).exclude(import_file=import_file)
    newer = since.filter(import_file__undone_at=None).order_by().values("import_file").distinct()
    return list(ImportFile.objects.filter(pk__in=newer))


def undo(import_file: ImportFile, *, by: Any = None, progress: Progress = lambda _: None) -> int:
    """Take an import back by writing the opposite of its rows; return how many. Raises ReportError, TakenOver.

    Nothing is deleted: the ledger shows both. Broken off and run again it goes on where it stopped.
    """
    if import_file.state not in (State.DONE, State.UNDOING, State.FAILED) and not import_file.is_broken_off:
        raise ReportError("Only an import that was written can be undone.")
    if newer := later_imports(import_file):
        names = ", ".join(str(found) for found in newer)
        raise ReportError(f"Later imports have corrected the same conversions. Undo these first: {names}.")
    import_file.undone_by = by
    runs.begin(import_file, State.UNDOING)
    tell = runs.beat(import_file, progress)
    written = 0
    own = Conversion.objects.filter(import_file=import_file).order_by()
    ids = list(own.values_list("external_id", flat=True).distinct())
    for start in range(0, len(ids), AT_ONCE):
        written += _unwind(import_file, ids[start : start + AT_ONCE])
        give_way()
        tell(min(1.0, (start + AT_ONCE) / len(ids)))
    NetworkClickDay.objects.filter(import_file=import_file).delete()
    days.rebuild(days.days_of(import_file))
    import_file.undone_at = timezone.now()
    runs.end(import_file, State.UNDONE)
    uploads.forget(import_file)
    log.info("earnings_undone", file=import_file.name, rows=written)
    return written


def _unwind(import_file: ImportFile, external_ids: Sequence[str]) -> int:
    with locked(import_file.network_id):
        runs.keep(import_file)
        known = ledger.known_rows(import_file.network_id, external_ids)
        planned = {external_id: unwind(rows, import_file.pk) for external_id, rows in known.items()}
        entries = ledger.entries(planned, known, Places(import_file.network))
        ledger.append(import_file, entries, known)
    return len(entries)


def reattribute(network: Network, tracking_ids: Iterable[str]) -> int:
    """Work out again whose the earnings of these tracking IDs are, and return how many rows of the ledger have them."""
    wanted = {tracking_id for tracking_id in tracking_ids if tracking_id}
    rows = Conversion.objects.filter(network=network, tracking_id__in=wanted).order_by("pk")
    places = Places(network)
    touched: set[date] = set()
    count = 0
    remaining = rows.iterator(chunk_size=REATTRIBUTED)
    while batch := list(islice(remaining, REATTRIBUTED)):
        otherwise = refunds.told_otherwise(batch)
        shares = places.find([ledger.clue_of(row) for row in batch])
        with transaction.atomic():
            Attribution.objects.filter(conversion__in=[row.pk for row in batch]).delete()
            new = [
                found
                for row, own in zip(batch, shares, strict=True)
                for found in attributions(row, refunds.surest((own, otherwise.get(row.external_id, own))))
            ]
            Attribution.objects.bulk_create(new, batch_size=ledger.WRITE_BATCH)
        give_way()
        touched |= {row.event_at.astimezone(UTC).date() for row in batch}
        count += len(batch)
    days.rebuild(touched)
    return count


def overlapping(tag: TagPool) -> list[TagPool]:
    """Return the other assignments of the same tracking ID to an article in the same days: they share its earnings."""
    if not tag.article_id:
        return []
    others = TagPool.objects.filter(
        network=tag.network, tracking_id__iexact=tag.tracking_id, article__isnull=False
    )
    return [
        other
        for other in others.exclude(pk=tag.pk).select_related("article")
        if (tag.valid_until is None or other.valid_from is None or other.valid_from <= tag.valid_until)
        and (other.valid_until is None or tag.valid_from is None or tag.valid_from <= other.valid_until)
    ]
