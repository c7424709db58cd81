"""BibTeX and BibLaTeX in: bibtexparser finds the entries, macros and cross-references are resolved here."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, ParsingFailedBlock
from bibtexparser.model import Entry as BibEntry

from references.formats.base import Batch, Entry, Problem, beginning
from references.formats.bibtex_fields import to_csl

ENTRY = re.compile(r"@\s*[A-Za-z]+\s*[{(]")
WORD = re.compile(r"[^\s#{}\",]+")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MACROS = {month: str(number) for number, month in enumerate(MONTHS, 1)}
OWN = {"xdata", "set", "control"}  # BibLaTeX's bookkeeping, no works
FROM_PARENT = {
    "title": "booktitle",
    "subtitle": "booksubtitle",
}  # in a part, the parent's title is the container's
PARTS = {"inbook", "incollection", "inproceedings", "conference", "suppbook", "suppcollection", "inreference"}
NOT_INHERITED = {"crossref", "xref", "label", "keywords", "options", "related", "ids", "swhid"}
DEPTH = 5

Fields = Mapping[str, str]

logging.getLogger("bibtexparser").setLevel(logging.ERROR)  # what it warns of is in the batch, with its line


def sniff(text: str) -> float:
    return 0.9 if ENTRY.search(text) else 0.0


def read(text: str) -> Batch:
    """Read every entry that can be read, in order; report the others with their line."""
    library = parse_string(text, parse_stack=[])
    strings = dict(MACROS)
    for string in library.strings:
        strings[string.key.lower()] = expand(str(string.value), strings)
    found: list[tuple[BibEntry, int]] = []
    problems: list[Problem] = []
    for block in library.blocks:
        entry = _entry(block)
        line = (block.start_line or 0) + 1
        if entry is not None:
            found.append((entry, line))
        elif isinstance(block, ParsingFailedBlock):
            message = (
                "This entry cannot be read: a brace, quotation mark or comma is missing or one too many."
            )
            problems.append(Problem(line, message, beginning(block.raw or "")))
    works = [(entry, line) for entry, line in found if entry.entry_type.lower() not in OWN]
    fields = {entry.key.lower(): _fields(entry, strings) for entry, _ in reversed(found)}
    entries = tuple(
        Entry(to_csl(entry.entry_type, entry.key, _inherit(entry, _fields(entry, strings), fields)), line)
        for entry, line in works
    )
    return Batch("bibtex", entries, tuple(problems))


def _entry(block: Block) -> BibEntry | None:
    """Return the entry of a block; a key or field that stands twice is no reason to lose it."""
    if isinstance(block, ParsingFailedBlock):
        inside = block.ignore_error_block
        return inside if isinstance(inside, BibEntry) else None
    return block if isinstance(block, BibEntry) else None


def _fields(entry: BibEntry, strings: Fields) -> dict[str, str]:
    values: dict[str, str] = {}
    for field in entry.fields:
        if value := expand(str(field.value), strings):
            values.setdefault(field.key.lower(), value)
    return values


def expand(value: str, strings: Fields) -> str:
    """Return a field's value without its enclosing marks: `{…}`, `"…"`, a number, a macro, or these joined by #."""
    return " ".join("".join(_pieces(value, strings)).split())


def _pieces(value: str, strings: Fields) -> Iterator[str]:
    position = 0
    while position < len(value):
        letter = value[position]
        if letter in '{"':
            end = _end(value, position)
            yield value[position + 1 : end]
            position = end + 1
        elif word := WORD.match(value, position):
            yield strings.get(word[0].lower(), word[0])
            position = word.end()
        else:
            position += 1


def _end(value: str, start: int) -> int:
    """Return where the group that opens at `start` closes."""
    closing, depth = ("}" if value[start] == "{" else '"'), 0
    for position in range(start + 1, len(value)):
        letter = value[position]
        if letter == closing and depth == 0:
            return position
        depth += {"{": 1, "}": -1}.get(letter, 0)
    return len(value)


def _inherit(entry: BibEntry, own: dict[str, str], known: Mapping[str, Fields]) -> dict[str, str]:
    """Fill what the entry leaves to the one that it refers to by `crossref`."""
    parent_key, kind, seen = own.get("crossref", "").lower(), entry.entry_type.lower(), {entry.key.lower()}
    values = dict(own)
    for _ in range(DEPTH):
        parent = known.get(parent_key)
        if parent is None or parent_key in seen:
            break
        seen.add(parent_key)
        for name, value in parent.items():
            if name not in NOT_INHERITED:
                values.setdefault(FROM_PARENT.get(name, name) if kind in PARTS else name, value)
        parent_key = parent.get("crossref", "").lower()
    return values
