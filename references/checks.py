"""What references have to say before an article goes live. Ids and severities: EVD04 to EVD06."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from articles.importers.citations import linked, written_out
from cms.contracts import CITATIONS, Check, CitationUse, Finding, Snapshot
from references.complaints import standing_of
from references.works import Work

LIKELY = 0.85  # how alike two keys are, 0 to 1, for one to be offered for the other
CODE = {"fence", "code_block"}
LISTED = "references.listed"  # record kind: ListedWork
UNREADABLE = "references.unreadable"  # record kind: str, the beginning of an item that could not be read


@dataclass(frozen=True, slots=True)
class ListedWork:
    """One entry of the page's reference list; `key` is how the article names it."""

    work: Work
    key: str
    is_cited: bool
    is_in_front_matter: bool


def unknown_citation(key: str, line: int | None = None, *, known: Iterable[str] = ()) -> Finding:
    """Report a key that leads nowhere. The one of the `known` with nearly the same name and the same year is meant."""
    message = f"There is no reference “{key}”."
    fix = "Add the reference to the library, or choose another one."
    same_year = [one for one in known if _year_on(one) == _year_on(key.casefold())]
    meant = next(iter(get_close_matches(key.casefold(), same_year, n=1, cutoff=LIKELY)), None)
    if meant:
        fix = f"Write @{meant} if that is the one you mean, or add the reference to the library."
    return Finding(
        "EVD04",
        "error",
        message,
        line=line,
        quote=f"@{key}",
        fix=fix,
        replacement=f"@{meant}" if meant else None,
    )


def _year_on(key: str) -> str:
    """Return a key from its first digit on: liu2021b is another work than liu2021a, and liu2012 is one, too."""
    return key.lstrip("".join(char for char in key if not char.isdigit()))


def unknown_word(key: str, line: int | None) -> Finding:
    message = f"“@{key}” looks like a citation, but there is no such reference; it is shown as text."
    fix = f"Write \\@{key} if it is none, or add the reference."
    quote = f"@{key}"
    return Finding("EVD04", "warning", message, line=line, quote=quote, fix=fix, replacement=f"\\{quote}")


def plain(snapshot: Snapshot) -> Iterator[Finding]:
    """EVD04: "(Liu et al., 2021)" in plain words leads the reader nowhere."""
    lines = snapshot.source.text.split("\n")
    listed = [{**one.work.csl, "id": one.key} for one in _listed(snapshot)]
    for block in snapshot.document.blocks:
        if block.kind in CODE:
            continue
        for words in written_out(block.text):
            numbers = range(block.first_line, block.last_line + 1)
            line = next(
                (number for number in numbers if words in lines[number - 1]), block.first_line or None
            )
            yield _in_words(words, line, lines[line - 1] if line else "", listed)


def _in_words(words: str, line: int | None, written: str, listed: Sequence[Mapping[str, Any]]) -> Finding:
    bracket = f"({words})"
    link = linked(bracket, listed)
    message = f"{bracket} is cited but not listed among the references."
    fix = "Add the reference, then cite it as [@key]."
    if link:
        message = f"{bracket} leads nowhere: it is plain words."
        fix = f"The work is listed: write {link}."
    is_whole = link is not None and bracket in written  # not one of several, nor broken over two lines
    quote = bracket if is_whole else words
    replacement = link if is_whole else None
    return Finding("EVD04", "error", message, line=line, quote=quote, fix=fix, replacement=replacement)


def _listed(snapshot: Snapshot) -> Iterable[ListedWork]:
    found: tuple[ListedWork, ...] = snapshot.document.records.get(LISTED, ())
    return found


def reliable(snapshot: Snapshot) -> Iterator[Finding]:
    """EVD05: a retracted work supports nothing, nor one that is not what it says; what nobody can find, little."""
    uses = {use.reference_id: use for use in reversed(snapshot.document.records.get(CITATIONS, ()))}
    lines = snapshot.source.text.split("\n")
    for listed in _listed(snapshot):
        use = uses.get(listed.work.id)
        line, quote = (use.line, _as_written(lines, use, listed.key)) if use else (None, listed.key)
        for complaint in standing_of(listed.work):
            yield Finding(
                "EVD05", complaint.severity, complaint.message, line=line, quote=quote, fix=complaint.fix
            )
    for beginning in snapshot.document.records.get(UNREADABLE, ()):
        message = "A reference in the front matter cannot be read; readers do not see it."
        yield Finding("EVD05", "warning", message, quote=beginning, fix="Give it an id and a title.")


def _as_written(lines: Sequence[str], use: CitationUse, key: str) -> str:
    """Return the key as it stands in the text: keys are read without case."""
    line = lines[use.line - 1] if use.line and use.line <= len(lines) else ""
    found = re.search(rf"@\{{?{re.escape(use.key or key)}", line, re.IGNORECASE)
    return found[0] if found else f"@{key}"


def cited(snapshot: Snapshot) -> Iterator[Finding]:
    """EVD06: the article lists a work and never cites it."""
    for listed in _listed(snapshot):
        if listed.is_in_front_matter and not listed.is_cited:
            message = f"“{listed.work.title}” is listed but never cited."
            yield Finding(
                "EVD06", "info", message, quote=listed.key, fix=f"Cite it as [@{listed.key}] or drop it."
            )


CHECKS = (
    Check(
        "EVD04", "error", plain,
        about="A citation without an entry among the references", why="Readers must be able to look it up",
    ),
    Check(
        "EVD05", "error", reliable,
        about="A reference that is retracted, is not the work it claims to be, or has no address",
        why="A withdrawn study supports nothing",
    ),
    Check(
        "EVD06", "info", cited,
        about="A reference that the text never cites", why="It pads the list",
    ),
)  # fmt: skip
