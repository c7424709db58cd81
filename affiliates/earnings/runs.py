"""Which process works on an import, how far it is, and what becomes of an import whose process was killed.

Every batch is one transaction that writes its rows, the position and the sums found so far. So whatever kills a run,
the next one goes on behind the last batch and ends with the same ledger and the same numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from affiliates.earnings.errors import ReportError
from affiliates.models import ImportFile, Network

State = ImportFile.State
PIECE = 1024 * 1024


class TakenOver(Exception):
    """Another run goes on with this import; this one, thought dead, has written its last batch."""


def begin(import_file: ImportFile, state: str) -> None:
    """Make this run the one that works on an import, from where the last one stopped, and save the record."""
    import_file.state, import_file.seen_at = state, timezone.now()
    with transaction.atomic():
        stored = ImportFile.objects.select_for_update().filter(pk=import_file.pk).first()
        if stored is not None:
            import_file.attempt = stored.attempt
            import_file.position, import_file.progress = stored.position, stored.progress
            import_file.sha256, import_file.rows_digest = stored.sha256, stored.rows_digest
        import_file.attempt += 1
        import_file.save()


def keep(import_file: ImportFile, **values: Any) -> None:
    """Say that this run lives and keep how far it is. Raises TakenOver."""
    own = ImportFile.objects.filter(pk=import_file.pk, attempt=import_file.attempt)
    if not own.update(seen_at=timezone.now(), **values):
        raise TakenOver
    for name, value in values.items():
        setattr(import_file, name, value)


def end(import_file: ImportFile, state: str) -> None:
    """Save the record at its end. Raises TakenOver."""
    with transaction.atomic():
        keep(import_file, state=state, position="", progress={})
        import_file.save()


def beat(import_file: ImportFile, progress: Callable[[float], None]) -> Callable[[float], None]:
    """Return a progress function that also keeps the run alive and shows its page how far it is."""

    def call(done: float) -> None:
        keep(import_file, bytes_read=int(done * import_file.size_bytes))
        progress(done)

    return call


def ahead_of(import_file: ImportFile) -> ImportFile | None:
    """Return the import that broke off in mid-write and must be ended first: the reports of a network correct each
    other, so the rest of an earlier one must not come after a later one."""
    others = ImportFile.objects.half_written().filter(network=import_file.network_id)
    return others.exclude(pk=import_file.pk).first()


def refuse_out_of_order(import_file: ImportFile) -> None:
    """Raise ReportError if this import has not begun and another one of the network is half written."""
    if not import_file.position and (other := ahead_of(import_file)):
        raise ReportError(
            f"The import of “{other}” broke off in the middle. Go on with it or undo it first: a later report must "
            "not come before the rest of an earlier one."
        )


def same_file(network: Network, files: Sequence[BinaryIO]) -> ImportFile | None:
    """Return the import of these very files that has begun and not ended. Leaves the files at their start."""
    begun = ImportFile.objects.filter(network=network, state__in=(State.WRITING, State.FAILED))
    begun = begun.exclude(sha256="").exclude(state=State.FAILED, position="")
    return begun.filter(sha256=sha256_of(files)).first() if begun.exists() else None


def sha256_of(files: Sequence[BinaryIO]) -> str:
    """Return what tells the files of a report apart from any others: the hash of the one, or of the hashes of two."""
    digests = []
    for file in files:
        file.seek(0)
        digest = hashlib.sha256()
        while piece := file.read(PIECE):
            digest.update(piece)
        file.seek(0)
        digests.append(digest)
    whole = digests[0] if len(digests) == 1 else hashlib.sha256(b"".join(one.digest() for one in digests))
    return whole.hexdigest()
