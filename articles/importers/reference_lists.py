"""A "References" section of a text becomes references of the article; the page writes the list itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from articles.importers import csl
from articles.importers.draft import Draft, told
from articles.importers.lines import Kind, Line
from articles.importers.words import fold, quote

HEADINGS = frozenset(
    {
        "reference",
        "references",
        "sources",
        "bibliography",
        "literature",
        "citations",
        "works cited",
        "list of references",
    }
)
MOST_CHARACTERS = 2_000  # an entry longer than this is no reference


def take_reference_lists(draft: Draft) -> Draft:
    """Take every list below a heading such as "References" out of the text."""
    lines = list(draft.lines)
    position = 0
    while position < len(lines):
        if not _is_heading(lines[position]):
            position += 1
            continue
        entries, end = _entries(draft.but(lines=tuple(lines)), position + 1)
        if not entries:
            message = f"Line {lines[position].number}: no list was found below {quote(lines[position].text)}."
            draft = draft.wonder(message)
            position += 1
            continue
        draft = _take(draft, lines[position], entries)
        del lines[position:end]
    return draft.with_lines(lines)


def add_reference(draft: Draft, item: Mapping[str, Any]) -> Draft:
    """Add a reference unless the article lists the same work already."""
    for known in draft.references:
        if _same_work(known, item):
            return draft
    return draft.but(references=(*draft.references, item))


def taken_keys(draft: Draft) -> set[str]:
    return {str(item.get("id")) for item in draft.references}


def _is_heading(line: Line) -> bool:
    return line.kind in {Kind.PROSE, Kind.HEADING} and fold(line.text) in HEADINGS and len(line.text) < 60


def _entries(draft: Draft, start: int) -> tuple[list[tuple[Line, str]], int]:
    """Return the entries with their first lines, and where the text goes on."""
    entries: list[tuple[Line, str]] = []
    position = end = start
    while position < len(draft.lines):
        line = draft.lines[position]
        follows_entry = bool(entries) and end == position
        if line.is_blank:
            position += 1
            continue
        if line.kind is Kind.ITEM and len(line.text) <= MOST_CHARACTERS:
            entries.append((line, line.content))
        elif follows_entry and _continues(draft, line):
            entries[-1] = (entries[-1][0], f"{entries[-1][1]} {line.text.strip()}")
        elif line.is_prose and _is_entry(line.text):
            entries.append((line, line.text.strip()))
        else:
            break
        position += 1
        end = position
    return entries, end


def _continues(draft: Draft, line: Line) -> bool:
    """Return whether a line goes on with the entry right above it."""
    if line.kind is Kind.INDENTED or (line.is_prose and line.text.startswith("  ")):
        return True
    return line.is_prose and not draft.has_lost_marks


def _is_entry(text: str) -> bool:
    """Return whether a line without a bullet is a reference: it has an address, or authors and a year first."""
    if len(text) > MOST_CHARACTERS:
        return False
    item = csl.from_entry(text, ())
    return bool(item.keys() & {"URL", "DOI", "PMID"}) or ("issued" in item and bool(csl.family_names(item)))


def _take(draft: Draft, heading: Line, entries: Sequence[tuple[Line, str]]) -> Draft:
    for line, entry in entries:
        item = csl.from_entry(entry, taken_keys(draft))
        before = len(draft.references)
        draft = add_reference(draft, item)
        if len(draft.references) == before:
            message = "This reference is listed already; the second one was left out."
            draft = draft.tell(told("IMP06", message, line=line, quote=entry))
        elif not item.keys() & {"URL", "DOI", "PMID", "issued"}:
            message = f"Line {line.number}: only a title was understood of the reference {quote(entry)}."
            draft = draft.wonder(message)
    count = "One reference was" if len(entries) == 1 else f"{len(entries)} references were"
    message = f"{count} taken out of the text; the page lists them itself."
    return draft.tell(told("IMP06", message, line=heading, quote=heading.text.strip()))


def _same_work(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    for name in ("DOI", "PMID", "URL"):
        if one.get(name) and str(one[name]).casefold() == str(other.get(name, "")).casefold():
            return True
    same_title = fold(str(one.get("title", ""))) == fold(str(other.get("title", "")))
    return same_title and one.get("URL") == other.get("URL") and csl.year_of(one) == csl.year_of(other)
