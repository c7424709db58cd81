"""How often a day an amount is taken. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_TIMES = {"once": 1, "one": 1, "twice": 2, "two": 2, "thrice": 3, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = r"(?<![\w.,-])(?P<{0}>once|twice|thrice|one|two|three|four|five|six|\d{{1,2}})"
_HOURS, _COUNT = _NUMBER.format("hours"), _NUMBER.format("times")
_TIMES_A = r"(?:(?:\s?x| times|-times)?\s?(?:/|a |per |each |every )|(?:\s?x|(?<=e)| times|-times)\s)"
_MORNING_AND_EVENING = (
    r"(?:in the )?mornings? and (?:again )?(?:in the |at )?(?:evenings?|nights?|bedtime)"
    r"|(?:with|at) (?:breakfast|lunch) and (?:with |at )?(?:dinner|supper|lunch)"
)
_ONCE = (
    r"\bdaily\b|/\s?d(?:ay)?\b|\b(?:per|a|each|every) (?:day|night|evening|morning)\b|\bnightly\b"
    r"|\bacross the day\b|\bin the (?:morning|evening)\b|\bat (?:night|bedtime)\b"
    r"|\bbefore (?:bed|sleep)\b|\bwith (?:breakfast|lunch|dinner)\b"
)
_CUES = re.compile(
    r"(?P<alternate>every (?:other|second) (?:day|night)|on alternate days)"
    rf"|every {_HOURS} hours"
    rf"|{_COUNT}{_TIMES_A}\s?(?P<unit>day|daily|week|weekly|month)\b"
    r"|\b(?P<bid>bid|b\.i\.d\.)(?!\w)"
    r"|\b(?P<tid>tid|t\.i\.d\.)(?!\w)"
    r"|(?P<meals>(?:with|before|after|at) (?:each|every) meal)"
    rf"|(?P<both>{_MORNING_AND_EVENING})"
    r"|(?P<weekly>(?:\b(?:per|each|every)|/|\bonce a)\s?week\b|\bweekly\b)"
    r"|(?P<monthly>(?:\b(?:per|each|every)|/|\bonce a)\s?month\b|\bmonthly\b)"
    rf"|(?P<daily>{_ONCE})"
)
_DIVIDED = re.compile(
    r"\b(?:divided|split|spread|in (?:two|three) (?:doses|portions|servings)|in total|total)\b"
)


@dataclass(frozen=True, slots=True)
class Frequency:
    """`per_day` multiplies one amount into that of a day. `end` is where the words that say so end."""

    per_day: Decimal = Decimal(1)
    is_daily: bool = False
    end: int | None = None


UNKNOWN = Frequency()


def find(text: str, start: int, end: int, after: int, before: int) -> Frequency:
    """Return how often the amount at `start:end` is taken, from its own part of the sentence.

    `before` and `after` are where the amounts around it end and begin.
    """
    own = text[end:after]
    if found := _choose(own):
        is_divided = bool(_DIVIDED.search(text[before:after]))
        return _frequency(found, is_divided=is_divided, offset=end)
    if found := _choose(text[before:start]):
        return _frequency(found, is_divided=bool(_DIVIDED.search(text[before:after])), offset=None)
    return UNKNOWN


def _choose(text: str) -> re.Match[str] | None:
    """Return the first cue, but prefer one that multiplies: "with dinner, twice daily"."""
    found = list(_CUES.finditer(text))
    return next((match for match in found if match.lastgroup != "daily"), None) or next(iter(found), None)


def _frequency(match: re.Match[str], *, is_divided: bool, offset: int | None) -> Frequency:
    per_day = _per_day(match)
    if is_divided and per_day > 1:
        per_day = Decimal(1)
    return Frequency(per_day, True, offset + match.end() if offset is not None else None)


def _per_day(match: re.Match[str]) -> Decimal:
    groups = match.groupdict()
    if groups["times"]:
        times = Decimal(_number(groups["times"]))
        return {"week": times / 7, "weekly": times / 7, "month": times / 30}.get(groups["unit"], times)
    if groups["hours"]:
        return Decimal(24) / max(_number(groups["hours"]), 1)
    fixed = {
        "alternate": Decimal(1) / 2, "bid": Decimal(2), "tid": Decimal(3), "meals": Decimal(3),
        "both": Decimal(2), "weekly": Decimal(1) / 7, "monthly": Decimal(1) / 30,
    }  # fmt: skip
    return next((number for name, number in fixed.items() if groups[name]), Decimal(1))


def _number(text: str) -> int:
    return _TIMES.get(text) or int(text)
