"""What a text advises: how much of a nutrient a day, and when. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from claims.doses import groups, names, sentences
from claims.doses.folding import fold
from claims.doses.model import Context, Dose, Who
from claims.doses.names import Term
from claims.doses.parse import doses
from claims.doses.reading import context_of, is_checked
from claims.doses.words import Name, words
from cms.contracts import Passage

_TIMINGS = {
    "morning": re.compile(r"\b(?:(?:in the|each|every|first thing in the) morning|with breakfast)\b"),
    "evening": re.compile(
        r"\b(?:(?:in the|each|every) evening|at (?:night|bedtime)|(?:each|every) night|before (?:bed|sleep)\w*"
        r"|nightly)\b"
    ),
    "with_food": re.compile(
        r"\b(?:with (?:food|a meal|meals|breakfast|lunch|dinner|a snack|your (?:\w+ )?meal)|at mealtimes)\b"
    ),
    "empty_stomach": re.compile(
        r"\b(?:on an empty stomach|without food|between meals|away from (?:food|meals))\b"
    ),
}
_ADVISED = re.compile(
    r"\b(?:tak(?:e|en|ing)|best|use|try|swallow|dose|works? better|absorbs? (?:best|better))\b"
)
_DENIED = re.compile(
    r"\b(?:not|n't|never|avoid|no need|any time|either|whether|whichever)\b|\bmornings? or\b"
)
_ON_THE_WAY = re.compile(
    r"\b(?:start|begin|increase|work(?:ing)? up|build up|raise|then|first|at first|initially|add)\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One piece of advice. Amounts are micrograms a day, None for one on timing alone. `start:end` quotes it."""

    nutrient: str
    form: str
    group: str
    low: Decimal | None
    high: Decimal | None
    timing: str
    start: int
    end: int
    sentence: tuple[int, int] = (0, 0)

    @property
    def key(self) -> tuple[str, str, str]:
        """What must be the same for two statements to be about the same thing."""
        return self.nutrient, self.form, self.group

    @property
    def said(self) -> str:
        """What is advised, without the words: a rewording says the same."""
        return "|".join((*self.key, _plain(self.low), _plain(self.high), self.timing))


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.quantize(Decimal('0.01')):f}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement at its place in the source."""

    statement: Statement
    passage: Passage
    line: int
    quote: str
    sentence: str


def gather(passages: Iterable[Passage], source: str, title: str) -> Iterator[Placed]:
    """Yield what an article advises, in reading order."""
    for passage in passages:
        if not is_checked(passage):
            continue
        for statement in of_passage(passage.text, context_of(passage, title)):
            line, quote = passage.place(source, statement.start, statement.end)
            _, sentence = passage.place(source, *statement.sentence)
            yield Placed(statement, passage, line, quote, sentence)


@lru_cache(maxsize=8192)
def of_passage(text: str, context: Context) -> tuple[Statement, ...]:
    """Return what a passage advises. Cached like the doses of a passage."""
    folded = fold(text)
    amounts = [found for dose in doses(text, context) if (found := _amount(dose, folded))]
    return (*amounts, *_timings(text, folded, context))


def _amount(dose: Dose, folded: str) -> Statement | None:
    """Return a dose as a statement, unless it is a step on the way to another."""
    if dose.role != "advice" or dose.low_ug is None or dose.high_ug is None or dose.bound == "min":
        return None
    if _ON_THE_WAY.search(folded, *dose.sentence):
        return None
    low = Decimal(0) if dose.bound == "max" else dose.low_ug
    return Statement(
        dose.nutrient, _form(dose.form), _group(dose.who), low, dose.high_ug, "", dose.start, dose.end, dose.sentence
    )  # fmt: skip


def _form(form: str) -> str:
    return str(words().same_form.get(form, form))


def _group(who: Who) -> str:
    return f"child {who.age_min}-{who.age_max}" if who.name == "child" else who.name


def _timings(text: str, folded: str, context: Context) -> Iterator[Statement]:
    if context.kind in {"heading", "quotation", "table_header"} or context.callout:
        return
    terms: list[Term] | None = None
    for start, end in sentences.spans(text):
        sentence = folded[start:end]
        cues = _cues(sentence)
        if not cues or sentence.rstrip().endswith("?") or not _ADVISED.search(sentence):
            continue
        if _DENIED.search(sentence) or words().roles["study_strong"].search(sentence):
            continue
        terms = names.find(text, folded) if terms is None else terms
        here = [term for term in terms if start <= term.start < end and term.name.nutrient]
        yield from _of_sentence(sentence, cues, here, (start, end), context, terms)


def _cues(sentence: str) -> list[tuple[int, int, str]]:
    return sorted(
        (match.start(), match.end(), timing)
        for timing, pattern in _TIMINGS.items()
        for match in pattern.finditer(sentence)
    )


def _of_sentence(
    sentence: str,
    cues: Sequence[tuple[int, int, str]],
    here: Sequence[Term],
    span: tuple[int, int],
    context: Context,
    terms: Sequence[Term],
) -> Iterator[Statement]:
    """Give each cue the nutrients since the cue before, else those of the sentence, else what it is about."""
    start, end = span
    said = {timing for _, _, timing in cues}
    before = 0
    since: list[Name] = []
    for first, last, timing in cues:
        if _OPPOSITES[timing] in said and len({term.name.nutrient for term in here}) < 2:
            continue  # "in the morning or at night" advises neither
        if first >= before or not since:  # "with breakfast" is two cues in one place
            since = [term.name for term in here if before <= term.start - start < first]
        since = since or [term.name for term in here]
        if not since and (about := names.inherited(context, terms, start)) and about.nutrient:
            since = [about]
        who = _group(groups.find(sentence, 0, len(sentence), (first, last), (), context))
        for name in dict.fromkeys(since):
            form = _form(name.form)
            yield Statement(name.nutrient, form, who, None, None, timing, start, end, span)
        before = max(before, last)


_OPPOSITES = {
    "morning": "evening",
    "evening": "morning",
    "with_food": "empty_stomach",
    "empty_stomach": "with_food",
}


def clash(one: Statement, other: Statement) -> str:
    """Return "dose" or "timing" if two statements contradict each other, else ""."""
    if one.key != other.key:
        return ""
    if one.timing and other.timing:
        return "timing" if _OPPOSITES[one.timing] == other.timing else ""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return ""
    return "dose" if one.high < other.low or other.high < one.low else ""
