"""What a check of one passage returns, before it gets a line and a quote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from claims.language.lexicon import Lexicon
from claims.language.reading import Reading, is_evidence
from claims.language.sentences import Sentence, Text, read
from cms.contracts import Severity


@dataclass(frozen=True, slots=True)
class Found:
    """`start` and `end` count in the passage's own text."""

    id: str
    severity: Severity
    start: int
    end: int
    message: str
    fix: str = ""
    critical: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One passage, read: what every check of it works on."""

    reading: Reading
    text: Text
    lexicon: Lexicon

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.text.sentences

    def origin(self, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
        """Return where the words `first` up to `last` of a sentence stand in the passage."""
        return self.text.folded.origin(*sentence.span(first, last))

    def found(
        self, identifier: str, severity: Severity, sentence: Sentence, words: tuple[int, int], message: str, fix: str,
        *, critical: bool = False,
    ) -> Found:  # fmt: skip
        start, end = self.origin(sentence, *words)
        return Found(identifier, severity, start, end, message, fix, critical)

    def said(self, sentence: Sentence, first: int, last: int) -> str:
        start, end = self.origin(sentence, first, last)
        return " ".join(self.reading.text[start:end].split())

    def is_cited(self, sentence: Sentence) -> bool:
        """Return whether a citation stands in the sentence, right after its full stop included."""
        first, last = self.text.folded.origin(sentence.start, sentence.end)
        marks = [mark for mark in self.reading.marks if is_evidence(mark)]
        return any(
            first <= mark.start <= last and not (mark.start == first and first) for mark in marks
        ) or any(
            pattern.search(self.reading.text[first:last])
            for pattern in self.lexicon.terms.patterns["citation_markers"]
        )

    def keys(self, sentence: Sentence) -> set[str]:
        first, last = self.text.folded.origin(sentence.start, sentence.end)
        return {
            mark.key for mark in self.reading.marks if mark.kind == "citation" and first <= mark.start <= last
        }

    def is_title(self, start: int, end: int) -> bool:
        return any(first <= start and end <= last for first, last in self.reading.titles)


PassageCheck: TypeAlias = Callable[[Page], Iterator[Found]]


def page_of(reading: Reading, lexicon: Lexicon) -> Page:
    return Page(reading, read(reading.text, lexicon), lexicon)


def is_official(page: Page) -> bool:
    """Return whether the passage is a wording that the FDA prescribes or has let pass."""
    said = " ".join(page.text.folded.text.split())
    if "not intended to diagnose" in said or "not been evaluated by the food and drug administration" in said:
        return True
    return any(wording.lower() in said for wording in page.lexicon.terms.qualified_wordings)
