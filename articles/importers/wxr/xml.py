"""The XML of an export, read in pieces: nothing is declared, nothing is fetched, one record is held at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NoReturn
from xml.parsers import expat

from articles.importers.reading import UnreadableFileError

NAMESPACE = b"//wordpress.org/export/"
MAX_FILE_BYTES = 2**31  # an export of 100 MB holds some 20,000 posts
MAX_DEPTH = 20  # an export has 5 levels
MOST_CHARACTERS = 1024 * 1024  # of one post; a text may have 1 MB
MOST_ELEMENTS = 20_000  # of one post, its fields and their fields
RECORDS = 3  # rss, channel, item
_CHUNK = 1 << 16
_SKIPPED = frozenset({"wp:comment"})
# WordPress writes control characters as they stand in its database, where XML has no place for them.
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})


@dataclass(slots=True)
class Record:
    """One element with the elements in it. `is_too_large`: what is beyond the limit was not kept."""

    tag: str
    line: int
    attrs: Mapping[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    children: list[Record] = field(default_factory=list)
    is_too_large: bool = False
    skipped: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, tag: str) -> Iterator[Record]:
        return (child for child in self.children if child.tag == tag)

    def get(self, tag: str) -> str:
        """Return the text of the first element of that name, "" if there is none."""
        return next((child.text.strip() for child in self.all(tag)), "")

    def meta(self, key: str) -> str:
        """Return the last value of a custom field."""
        return next(reversed(self.metas(key)), "")

    def metas(self, key: str) -> list[str]:
        rows = (row for row in self.all("wp:postmeta") if row.get("wp:meta_key") == key)
        return [value for row in rows if (value := row.get("wp:meta_value"))]


class _Refused(ValueError):
    """What we do not read in XML."""


class _Reader:
    """Collects the elements that stand in the channel, and what is in them."""

    def __init__(self) -> None:
        self.done: list[Record] = []
        self.open: list[Record] = []
        self.depth = 0
        self.silent = 0  # the depth below which nothing is kept
        self.left = self.elements = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _Refused(f"it is nested deeper than {MAX_DEPTH} levels")
        if self.depth == 1 and tag != "rss":
            raise _Refused(f"it begins with <{tag[:40]}>, an export with <rss>")
        if self.depth < RECORDS or self.silent:
            return
        if self.depth == RECORDS:
            self.left, self.elements = MOST_CHARACTERS, MOST_ELEMENTS
        elif tag in _SKIPPED:
            self.silent = self.depth
            self.open[0].skipped += 1
            return
        record = Record(tag, self.parser.CurrentLineNumber, attrs)
        self.elements -= 1
        if self.open and self.elements >= 0:
            self.open[-1].children.append(record)
        self.open.append(record)
        if self.elements < 0:
            self.open[0].is_too_large = True

    def end(self, _tag: str) -> None:
        if self.silent:
            self.silent = 0 if self.depth == self.silent else self.silent
        elif self.depth >= RECORDS:
            record = self.open.pop()
            if not self.open:
                self.done.append(record)
        self.depth -= 1

    def data(self, text: str) -> None:
        if not self.open or self.silent:
            return
        self.left -= len(text)
        if self.left >= 0:
            self.open[-1].pieces.append(text)
        else:
            self.open[0].is_too_large = True


def _refuse(*_: Any) -> NoReturn:
    raise _Refused("it declares a document type or entities, which no export of WordPress does")


def records(path: Path) -> Iterator[Record]:
    """Yield what stands in the channel, in its order. Raises UnreadableFileError with the line."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if size > MAX_FILE_BYTES:
                limit = MAX_FILE_BYTES // 2**20
                problem = (
                    f"the file has {size // 2**20} MB; an export may have {limit} MB. Export it in parts."
                )
                raise UnreadableFileError(path, problem)
            yield from _read(file, path)
    except OSError as error:
        raise UnreadableFileError(path, f"the file cannot be opened ({error.strerror or error}).") from error


def _read(file: BinaryIO, path: Path) -> Iterator[Record]:
    reader = _Reader()
    more = True
    while more:
        chunk = file.read(_CHUNK)
        more = bool(chunk)
        try:
            reader.parser.Parse(chunk.translate(None, _CONTROLS), not more)
        except expat.ExpatError as error:
            problem = f"it is no whole XML ({expat.ErrorString(error.code)}). Export it again; nothing was taken over."
            raise UnreadableFileError(path, problem, error.lineno) from error
        except (_Refused, ValueError, LookupError) as error:  # ValueError, LookupError: an unknown encoding
            line = reader.parser.CurrentLineNumber
            raise UnreadableFileError(path, f"this XML is not read: {error}.", line) from error
        yield from reader.done
        reader.done.clear()
