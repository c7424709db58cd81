"""The doses of a compiled article, with their places in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.doses.folding import fold
from claims.doses.model import Context, Dose
from claims.doses.parse import doses
from cms.contracts import Finding, Passage, Severity, Snapshot

_UNCHECKED_HEADINGS = {"references", "sources", "bibliography", "further reading", "citations", "literature"}


@dataclass(frozen=True, slots=True)
class Read:
    """One dose at its place. `said` is the folded passage."""

    dose: Dose
    passage: Passage
    source: str

    @property
    def said(self) -> str:
        return fold(self.passage.text)

    @property
    def sentence(self) -> str:
        start, end = self.dose.sentence
        return self.said[start:end]

    def finding(self, check: str, severity: Severity, message: str, fix: str) -> Finding:
        line, quote = self.passage.place(self.source, self.dose.start, self.dose.end)
        return Finding(check, severity, message, line=line, quote=quote, fix=fix)


def context_of(passage: Passage, title: str) -> Context:
    return Context(
        kind=passage.kind,
        heading=passage.heading,
        lead=passage.lead,
        column=passage.column,
        row=passage.row,
        callout=passage.callout,
        title=title,
    )


def read(snapshot: Snapshot) -> Iterator[Read]:
    """Yield the doses of an article in reading order. Lists of references are not read."""
    title = str(snapshot.source.front_matter.get("title") or "")
    for passage in snapshot.document.passages:
        if is_checked(passage):
            for dose in doses(passage.text, context_of(passage, title)):
                yield Read(dose, passage, snapshot.source.text)


def is_checked(passage: Passage) -> bool:
    return passage.heading.strip().casefold() not in _UNCHECKED_HEADINGS
