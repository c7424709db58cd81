"""Uploaded reports between upload and import: compressed pieces in the database."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from datetime import timedelta
from typing import BinaryIO

from django.utils import timezone

from affiliates.models import FileChunk, ImportFile

CHUNK = 1024 * 1024
KEPT_DAYS = 7


def keep(import_file: ImportFile, pieces: Iterable[bytes], part: int = 0) -> int:
    """Store an uploaded file piece by piece and return its size."""
    size = number = 0
    for piece in pieces:
        for start in range(0, len(piece), CHUNK):
            data = piece[start : start + CHUNK]
            FileChunk.objects.create(
                import_file=import_file, part=part, number=number, data=zlib.compress(data, 3)
            )
            size, number = size + len(data), number + 1
    return size


class Stored(io.RawIOBase):
    """A kept file, read one piece at a time."""

    def __init__(self, import_file: ImportFile, part: int = 0) -> None:
        super().__init__()
        self._chunks = FileChunk.objects.filter(import_file=import_file, part=part)
        self._next = 0
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than RawIOBase says
        if not self._rest:
            data = self._chunks.filter(number=self._next).values_list("data", flat=True).first()
            self._next += 1
            self._rest = zlib.decompress(data) if data is not None else b""
        piece = self._rest[: len(buffer)]
        self._rest = self._rest[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def files_of(import_file: ImportFile) -> list[BinaryIO]:
    """Return the kept files of a report, to be read from the start."""
    parts = import_file.chunks.order_by("part").values_list("part", flat=True).distinct()
    return [io.BufferedReader(Stored(import_file, part)) for part in parts]


def forget(import_file: ImportFile) -> None:
    import_file.chunks.all().delete()


def forget_old() -> int:
    """Give up uploads that nobody has imported for a week, and return how many. Runs once a day.

    Those that broke off in mid-write stay until somebody goes on with them or undoes them.
    """
    old = ImportFile.objects.filter(
        state__in=(ImportFile.State.UPLOADED, ImportFile.State.CHECKED, ImportFile.State.FAILED),
        position="",
        created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS),
        chunks__isnull=False,
    ).distinct()
    given_up = list(old)
    for import_file in given_up:
        forget(import_file)
        if not import_file.conversions.exists():
            import_file.delete()
    return len(given_up)
