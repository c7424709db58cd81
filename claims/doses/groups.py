"""Whom an amount is for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from claims.doses.folding import fold
from claims.doses.model import Context, GroupName, Who
from claims.doses.words import words

DEFAULT = Who()
_AGES = re.compile(
    r"(?:\bage[sd]?\s|\b)(?:between\s)?(?P<low>\d{1,2})(?:\s?(?:-|to|and|through)\s?(?P<high>\d{1,2}))?"
    r"(?P<unit>[\s-](?:years?|yrs?|months?)(?:[\s-]olds?)?|\b)"
)
_AGED = re.compile(r"\b(?:age[sd]?|between)\s|[\s-](?:years?|yrs?|months?)\b|year-old")
_OLDER_THAN = re.compile(r"\b(?:over|above|past|older than)\s(?:the age of )?(?P<age>[5-9]\d)\b")
# Without an age: the youngest of them that the tables have a limit for; "children" are of school age.
_DEFAULT_AGES = {"infant": (0, 0), "toddler": (1, 3), "child": (4, 8), "teen": (14, 18)}
_NAMES: dict[str, GroupName] = {
    "pregnancy": "pregnancy", "lactation": "lactation", "kidney": "kidney", "men": "men", "women": "women",
    "adult": "general",
}  # fmt: skip
_RANK = (
    "pregnancy",
    "lactation",
    "kidney",
    "infant",
    "toddler",
    "child",
    "teen",
    "older",
    "men",
    "women",
    "adult",
)
NEAR = 40


def find(
    text: str, start: int, end: int, places: tuple[int, int], others: tuple[int, ...], context: Context
) -> Who:
    """Return whom the amount at `places` in the folded sentence `text[start:end]` is for.

    `others` are the starts of the other amounts of the sentence: a group beyond one of them belongs to that one.
    """
    said = list(_said(text, start, end))
    if said:
        _, _, who = min(said, key=lambda cue: _cost(cue, places, others))
        return who
    for around in (context.row, context.column, context.lead, context.heading):
        if around and (lent := of_phrase(around)):
            return lent
    return DEFAULT


@lru_cache(maxsize=512)
def of_phrase(phrase: str) -> Who | None:
    """Return whom a heading, a lead or a table header is about, if it names one group."""
    folded = fold(phrase)
    said = list(_said(folded, 0, len(folded)))
    return min(said, key=lambda cue: _RANK.index(cue[1]))[2] if said else None


def _said(text: str, start: int, end: int) -> Iterator[tuple[int, str, Who]]:
    for name, pattern in words().groups.items():
        for match in pattern.finditer(text, start, end):
            if not words().group_negation.search(text[max(start, match.start() - 40) : match.start()]):
                yield match.start(), name, _who(name, text, match.start(), match.end(), end)
    if older := _OLDER_THAN.search(text, start, end):
        yield older.start(), "older", Who("older", int(older["age"]), 120, is_stated=True)


def _cost(cue: tuple[int, str, Who], places: tuple[int, int], others: tuple[int, ...]) -> tuple[int, int]:
    """Return how far a group is from an amount; one that comes first is nearer than one that follows."""
    where, name, _ = cue
    between = sum(min(where, places[0]) < other < max(where, places[0]) for other in others)
    distance = places[0] - where if where < places[0] else (where - places[1]) * 2
    return between, distance // NEAR * len(_RANK) + _RANK.index(name)


def _who(name: str, text: str, start: int, end: int, limit: int) -> Who:
    if name == "older":
        return Who("older", 65, 120, is_stated=True)
    if name not in _DEFAULT_AGES:
        return Who(_NAMES[name], is_stated=name != "adult")
    low, high = _DEFAULT_AGES[name]
    for match in _AGES.finditer(text, max(start - 20, 0), min(end + 30, limit)):
        if _AGED.search(match[0]) or text[: match.start()].endswith((" ages ", " aged ", " age ")):
            years = (int(match["low"]), int(match["high"] or match["low"]))
            low, high = (0, 1) if "month" in match[0] else (min(years), max(years))
            break
    return Who("child", low, max(high, low), is_stated=True)
