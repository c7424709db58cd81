"""What references have to say before an article goes live. Ids and severities: EVD04 to EVD06."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from articles.importers.citations import written_out
from cms.contracts import CITATIONS, Check, CitationUse, Finding, Snapshot
from references.complaints import standing_of
from references.works import Work

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


def unknown_citation(key: str, line: int | None = None) -> Finding:
    message = f"There is no reference “{key}”."
    fix = "Add the reference to the library, or choose another one."
    return Finding("EVD04", "error", message, line=line, quote=f"@{key}", fix=fix)


def unknown_word(key: str, line: int | None) -> Finding:
    message = f"“@{key}” looks like a citation, but there is no such reference; it is shown as text."
    fix = f"Write \\@{key} if it is none, or add the reference."
    return Finding("EVD04", "warning", message, line=line, quote=f"@{key}", fix=fix)


def plain(snapshot: Snapshot) -> Iterator[Finding]:
    """EVD04: "(Liu et al., 2021)" in plain words leads the reader nowhere."""
    lines = snapshot.source.text.split("\n")
    for block in snapshot.document.blocks:
        if block.kind in CODE:
            continue
        for words in written_out(block.text):
            numbers = range(block.first_line, block.last_line + 1)
            line = next(
                (number for number in numbers if words in lines[number - 1]), block.first_line or None
            )
            message = f"({words}) is cited but not listed among the references."
            fix = "Add the reference, then cite it as [@key]."
            yield Finding("EVD04", "error", message, line=line, quote=words, fix=fix)


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
