"""The place of a text that answers, with the words found marked. Escaped here; the only markup is `<mark>`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.search.question import Question, Slot, Terms
from articles.search.words import WORD, Word, composed, terms

LENGTH = 220  # characters, about three lines
BEFORE = 60
MOST_FOUND = 200  # places in one text that are compared

Span = tuple[int, int]


@dataclass(slots=True)
class Finder:
    """Recognises what a question asks for, term by term."""

    question: Question
    longest: int = field(init=False)
    asked: frozenset[str] = field(init=False)
    known: dict[Terms, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.longest = max(map(len, self.question.sequences), default=0)
        self.asked = frozenset(chain.from_iterable(self.question.sequences))

    def spans(self, text: str, language: str) -> Iterator[tuple[Span, Terms]]:
        """Yield where something asked for stands, and which of it."""
        window: list[Word] = []
        for found in WORD.finditer(text):
            # Nearly every word of a text is none that was asked for: a page of results spends its time here.
            called = terms(found[0], language)
            if not self._is_asked(called):
                window = []
                continue
            window = [*window, Word(found.start(), found.end(), called)][-self.longest :]
            yield from self._ending_here(window)

    def _is_asked(self, called: Terms) -> bool:
        if (known := self.known.get(called)) is None:
            begins = any(slot.prefix and self._begins(called, slot) for slot in self.question.slots)
            known = self.known[called] = begins or (bool(called) and self.asked.issuperset(called))
        return known

    def _begins(self, called: Terms, slot: Slot) -> bool:
        return any(term.startswith(slot.prefix) for term in called)

    def _ending_here(self, window: Sequence[Word]) -> Iterator[tuple[Span, Terms]]:
        for first in range(len(window)):
            together = tuple(chain.from_iterable(word.terms for word in window[first:]))
            if together in self.question.sequences:
                yield (window[first].start, window[-1].end), together
                return
        for slot in self.question.slots:
            if slot.prefix and self._begins(window[-1].terms, slot):
                yield (window[-1].start, window[-1].end), (slot.prefix,)
                return


def marked(text: str, question: Question, language: str) -> SafeString:
    """Return a short text as a whole, with the words found marked."""
    text = composed(text)
    return _html(text, [span for span, _ in Finder(question).spans(text, language)])


def excerpt(text: str, question: Question, language: str) -> SafeString:
    """Return the part of `text` where most of what was asked for stands together; nothing if none of it does."""
    text = " ".join(composed(text).split())
    found = list(_first_of_each(text, question, language))
    if not found:
        return SafeString("")
    start = _from(text, _densest(found))
    end = _until(text, start + LENGTH)
    part = text[start:end]
    html = _html(part, [span for span, _ in Finder(question).spans(part, language)])
    return mark_safe(f"{'… ' if start else ''}{html}{' …' if end < len(text) else ''}")  # noqa: S308  escaped in _html


def _first_of_each(text: str, question: Question, language: str) -> Iterator[tuple[Span, Terms]]:
    """Yield what is found up to the place where every slot has been met: reading on costs and seldom pays."""
    missing = set(question.slots)
    for count, (span, met) in enumerate(Finder(question).spans(text, language)):
        yield span, met
        missing -= {slot for slot in missing if met in slot.alternatives or met == (slot.prefix,)}
        if not missing or count > MOST_FOUND:
            return


def _densest(found: Sequence[tuple[Span, Terms]]) -> int:
    """Return where the excerpt with the most different words begins; the first of equals."""

    def different(first: int) -> int:
        start = found[first][0][0]
        return len({met for (begin, _), met in found[first:] if begin < start + LENGTH - BEFORE})

    return found[max(range(len(found)), key=lambda first: (different(first), -first))][0][0]


def _from(text: str, place: int) -> int:
    """Return the beginning of the sentence, or of a word, a little before `place`."""
    earliest = max(place - BEFORE, 0)
    sentence = text.rfind(". ", earliest, place)
    if sentence >= 0:
        return sentence + 2
    if not earliest:
        return 0
    blank = text.find(" ", earliest, place)
    return blank + 1 if blank >= 0 else place


def _until(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", place - BEFORE, place)
    return blank if blank >= 0 else place


def _html(text: str, spans: Sequence[Span]) -> SafeString:
    pieces, at = [], 0
    for start, end in _joined(spans):
        pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return mark_safe("".join([*pieces, escape(text[at:])]))  # noqa: S308  every piece is escaped


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
