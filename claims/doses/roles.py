"""What a sentence does with an amount: advise it, report a trial, state a limit, warn. Pure.

Cues compete for each amount by their distance from it: a cue across a clause or another amount is far away, and
words that follow are farther than words before. A trial's participants, a question and a quotation win outright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.doses.folding import fold
from claims.doses.model import Context, Role
from claims.doses.quantities import Quantity
from claims.doses.words import words

_WEIGHTS: dict[Role, float] = {
    "limit": 0.25, "rda": 0.6, "food": 0.6, "warning": 0.7, "study": 0.8, "label": 0.9, "advice": 1.0,
}  # fmt: skip
_CLAUSE = re.compile(r";|—|\.\s|:\s|\b(?:while|whereas|but|although|though|however|yet|instead|because)\b|,")
_COMPARED = re.compile(
    r"\b(?:twice|times|above|below|over|under|exceed\w*|within|than|half|double|near|close|beyond|more|less|past|"
    r"toward\w*|against)\b"
)
_IS_THE = re.compile(
    r"\W*(?:[\w.]+\W+){0,7}?(?:is|as|remains|being|was|counts as|\()\W*(?:(?:considered|set as|given as|called|"
    r"the|a|its|their|current|official|safe|us|eu|adult|daily)\W+)*$"
)
_STUDY_CALLOUTS = {"statistic", "clinical-evidence", "research-highlight", "study-insight"}
_QUOTED = re.compile(r'"[^"]{3,60}"')
FARTHEST = 130.0


@dataclass(frozen=True, slots=True)
class Cue:
    role: Role
    start: int
    end: int


@lru_cache(maxsize=2048)
def cues(text: str) -> tuple[Cue, ...]:
    """Return the cues of a folded sentence or phrase."""
    return tuple(
        Cue("study" if name == "study_strong" else name, match.start(), match.end())  # type: ignore[arg-type]  # the names of the groups are the kinds
        for name, pattern in words().roles.items()
        for match in pattern.finditer(text)
    )


def find(sentence: str, quantity: Quantity, others: Sequence[Quantity], context: Context) -> Role | None:
    """Return the role of an amount in a folded sentence (offsets are the sentence's), or None without any cue."""
    if outright := _outright(sentence, quantity, context):
        return outright
    if context.kind == "table_cell" and (role := of_phrase(context.column)):
        return role
    nearest = _nearest(sentence, quantity, others)
    if quantity.bound == "max" and nearest == "warning":
        return "advice"  # "do not take more than 350 mg" caps a dose
    return nearest or _around(context)


def _outright(sentence: str, quantity: Quantity, context: Context) -> Role | None:
    if context.kind == "quotation":
        return "quotation"
    if context.callout in _STUDY_CALLOUTS:
        return "study"
    if sentence.rstrip().endswith("?"):
        return "question"
    if _is_quoted(sentence, quantity):
        return "quotation"
    if quantity.is_above:
        return "warning"
    return "study" if _is_of_a_trial(sentence, quantity) else None


def _is_quoted(sentence: str, quantity: Quantity) -> bool:
    """Return whether an amount stands in a few quoted words: what people search for, what a label shouts."""
    return any(
        match.start() < quantity.start and quantity.end < match.end() for match in _QUOTED.finditer(sentence)
    )


def _around(context: Context) -> Role | None:
    """Return the role that the surroundings lend. A heading on limits makes no limit of every amount in its prose."""
    for phrase in (context.row, context.column, context.lead, context.heading):
        role = of_phrase(phrase)
        if role and not (role == "limit" and context.kind == "paragraph"):
            return role
    return None


@lru_cache(maxsize=512)
def of_phrase(phrase: str) -> Role | None:
    """Return the role that a header, a lead or a heading gives to what follows. The most telling cue wins."""
    found = {cue.role for cue in cues(fold(phrase).strip())} if phrase else set()
    return min(found, key=lambda role: _WEIGHTS[role], default=None)


def _is_of_a_trial(sentence: str, quantity: Quantity) -> bool:
    """Return whether the amount is what a trial's participants got: said in its own clause or the one before."""
    for match in words().roles["study_strong"].finditer(sentence):
        first, last = sorted((match.end(), quantity.start))
        between = sentence[first:last]
        if not re.search(r";|\.\s|\b(?:but|so|instead|we)\b", between):
            return True
    return False


def _nearest(sentence: str, quantity: Quantity, others: Sequence[Quantity]) -> Role | None:
    costs = [
        (cost, cue.role)
        for cue in cues(sentence)
        if (cost := _cost(sentence, cue, quantity, others)) is not None and cost <= FARTHEST
    ]
    return min(costs, default=(0.0, None))[1]


def _cost(sentence: str, cue: Cue, quantity: Quantity, others: Sequence[Quantity]) -> float | None:
    if cue.end <= quantity.start:
        between, factor = sentence[cue.end : quantity.start], 1.0
    elif cue.start >= quantity.end:
        between, factor = sentence[quantity.end : cue.start], 1.4
        if cue.role == "limit" and (_COMPARED.search(between) or not _links(between)):
            return None  # "200 mg is well below the upper limit" states no limit
    else:
        return 0.0
    low, high = sorted((cue.start, quantity.start))
    amounts = sum(low < other.start < high for other in others)
    return (len(between) * factor + 45 * amounts + _boundaries(between)) * _WEIGHTS[cue.role]


def _links(between: str) -> bool:
    return bool(_IS_THE.match(between)) or not between.strip(" ()")


def _boundaries(between: str) -> float:
    return sum(8.0 if match[0] == "," else 35.0 for match in _boundary_matches(between))


def _boundary_matches(between: str) -> Iterator[re.Match[str]]:
    return (match for match in _CLAUSE.finditer(between) if match[0] != ": ")
