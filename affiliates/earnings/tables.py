"""CSV as networks write it: any delimiter and encoding, title lines before the header. Read as a stream."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from affiliates.earnings.errors import ReportError, UnknownHeader
from affiliates.earnings.rules import Rules, plain

DELIMITERS = (",", ";", "\t", "|")
HEAD_BYTES = 64 * 1024
HEAD_LINES = 40  # title lines, blank lines and the header stand among these
PROGRESS_ROWS = 1_000
_FALLBACK = "chelate-cp1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows does: what spreadsheets save without asking."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    return piece.decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK, _as_windows)


def encoding_of(head: bytes) -> str:
    """Return the encoding that the first bytes declare; UTF-8 without a mark is the rule."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Some programs leave the mark out; then every other byte of a Western text is zero.
    odd, even = head[1:200:2].count(0), head[0:200:2].count(0)
    if max(odd, even) > len(head[:200]) // 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8-sig"


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a file, cut up with each delimiter."""

    rows: dict[str, list[list[str]]]

    def header(self, rules: Rules) -> tuple[str, int, list[str]]:
        """Return delimiter, line index and columns of the header. Raises UnknownHeader with the likeliest one."""
        for delimiter in (rules.delimiter,) if rules.delimiter else DELIMITERS:
            for index, row in enumerate(self.rows[delimiter]):
                try:
                    rules.positions(row)
                except UnknownHeader:
                    continue
                return delimiter, index, row
        try:
            rules.positions(self.likely()[2])
        except UnknownHeader as error:
            raise UnknownHeader(error.found, error.missing, rules.name) from None
        raise ReportError(f"The columns are not parted by “{rules.delimiter}”.")

    def likely(self) -> tuple[str, int, list[str]]:
        """Return what most looks like a header: the first of the widest rows without an empty or repeated name."""
        candidates = [
            (len(row), -index, delimiter, row)
            for delimiter in DELIMITERS
            for index, row in enumerate(self.rows[delimiter])
            if len({plain(name) for name in row} - {""}) == len(row)
        ]
        if not candidates:
            return ",", 0, []
        _, index, delimiter, row = max(candidates, key=lambda found: found[:2])
        return delimiter, -index, row


def _refuse_other_kinds(data: bytes) -> None:
    """Raise ReportError for a file that is chosen by mistake; what it is tells what to do."""
    start = data[:256].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    if data.startswith(b"\xd0\xcf\x11\xe0") or (
        data.startswith(b"PK\x03\x04") and b"[Content_Types]" in data
    ):
        raise ReportError("This is a spreadsheet, not CSV. Open it and save it as CSV first.")
    if data.startswith((b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")):
        raise ReportError("This file is compressed. Unpack it and choose the CSV file inside.")
    if start.startswith(b"%pdf"):
        raise ReportError("This is a PDF, not CSV. Download the report as CSV.")
    if start.startswith((b"<!doctype html", b"<html")):
        raise ReportError("This is a web page, perhaps the one to sign in. Download the report as CSV.")
    if start.startswith((b"<?xml", b"{", b"[{")):
        raise ReportError("This is XML or JSON, not CSV. Download the report as CSV.")


def read_head(data: bytes) -> Head:
    """Cut the first lines up with each delimiter. Raises ReportError if it is no text."""
    _refuse_other_kinds(data)
    text = codecs.getincrementaldecoder(encoding_of(data))(_FALLBACK).decode(data[:HEAD_BYTES])
    if text.count("\x00") > len(text) // 100:
        raise ReportError("This is no text file.")
    lines = list(io.StringIO(text, newline=""))  # parts lines as the csv module does, splitlines() does not
    if len(data) >= HEAD_BYTES:
        lines = lines[:-1]  # may be cut
    shown = lines[:HEAD_LINES]
    rows = {}
    for delimiter in DELIMITERS:
        try:
            rows[delimiter] = [
                [cell.strip() for cell in row] for row in csv.reader(shown, delimiter=delimiter)
            ]
        except csv.Error:
            rows[delimiter] = []
    return Head(rows)


class Table(io.RawIOBase):
    """One file of rows. Counts and hashes the bytes while they are read, and never holds more than a piece of them."""

    def __init__(self, source: BinaryIO, progress: Callable[[int], None] = lambda _: None) -> None:
        super().__init__()
        self.source = source
        self.progress = progress
        self.bytes_read = 0
        self.sha256 = hashlib.sha256()
        self.line = 0
        self.header: Sequence[str] = ()
        self._ahead = _read_up_to(source, HEAD_BYTES)
        self.head = read_head(self._ahead)
        self._encoding = encoding_of(self._ahead)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than RawIOBase says
        piece = self._ahead[: len(buffer)] if self._ahead else self.source.read(len(buffer))
        self._ahead = self._ahead[len(piece) :]
        buffer[: len(piece)] = piece
        self.bytes_read += len(piece)
        self.sha256.update(piece)
        return len(piece)

    def rows(self, delimiter: str, header_index: int) -> Iterator[tuple[int, list[str]]]:
        """Yield the number of the line that a row ends on, and its cells; blank rows and those up to the header not."""
        text = io.TextIOWrapper(io.BufferedReader(self), self._encoding, _FALLBACK, newline="")
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for index, cells in enumerate(reader):
                if index % PROGRESS_ROWS == 0:
                    self.progress(self.bytes_read)
                if index > header_index and any(cell.strip() for cell in cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            raise ReportError(f"Line {reader.line_num} cannot be read as CSV: {error}.") from error
        self.progress(self.bytes_read)


def _read_up_to(source: BinaryIO, count: int) -> bytes:
    pieces = []
    while count > 0 and (piece := source.read(count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
