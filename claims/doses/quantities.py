"""Amounts in a folded sentence: "1,000-2,000 iu", "200 mg to 400 mg", "two 200 mg capsules". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.doses.model import Bound, Unit
from claims.limits import MICROGRAMS

_NUMBER = r"(?:\d{1,3}(?:[,\u00a0]\d{3})+|\d{1,9})(?:\.\d{1,6})?"
_UNIT = (
    r"(?:milligrams?|micrograms?|international units?|grams?|mcgs?|mgs?|ugs?|i\.u\.|ius?|ie|g)"
    r"(?![\w])(?!\s?/\s?(?:dl|l|ml|100|mmol|mol|m3)\b)(?!\.\w)"
)
_QUANTITY = re.compile(
    rf"(?P<between>\bbetween\s)?(?<![\w.,/$€£#-])(?P<low>{_NUMBER})(?P<low_k>k)?"
    rf"(?:[ \u00a0-]?(?P<low_unit>{_UNIT}))?"
    rf"(?:\s?(?:-|\bto\b|(?(between)\band\b|\bor\b))\s?(?P<high>{_NUMBER})(?P<high_k>k)?)?"
    rf"[ \u00a0-]?(?P<unit>{_UNIT})"
)
_BARE = re.compile(rf"\W*(?P<low>{_NUMBER})(?:\s?(?:-|—|to)\s?(?P<high>{_NUMBER}))?\W*$")
_IN_COLUMN = re.compile(rf"[(\[,]\s*(?:in )?(?P<unit>{_UNIT})")
_UNITS: dict[str, Unit] = {"g": "g", "gram": "g", "mg": "mg", "milligram": "mg", "iu": "IU", "ie": "IU"}
_COUNTS = {word: number for number, word in enumerate("one two three four five six".split(), start=1)}
_PIECES = (
    r"(?:capsules|tablets|softgels|pills|gummies|lozenges|caps|scoops|sachets|drops|servings|doses|sprays)"
)
_COUNT = r"(?P<count>one|two|three|four|five|six|\d{1,2})"
_BEFORE = re.compile(rf"\b{_COUNT}(?:\s?[x\u00d7]\s?|\s)$")
_TIMES_BEFORE = re.compile(rf"\b{_COUNT}\s?[x\u00d7]\s?$")
_PIECES_AFTER = re.compile(rf"[\s-](?:(?!with\b|and\b|of water\b)[\w'-]+\s){{0,4}}?{_PIECES}\b")
_PIECES_OF = re.compile(rf"\b{_COUNT}\s(?:\w+\s){{0,2}}?{_PIECES}\s(?:of|with|at)\s(?:about\s)?$")
_PIECES_BEFORE = re.compile(rf"\b{_COUNT}\s(?:\w+\s){{0,2}}?{_PIECES}\W+$")
_EACH = re.compile(r"(?:\s\w+){0,3}?\s(?:each|apiece)\b")
_PER_KILO = re.compile(
    r"[^.;]{0,40}?(?:/\s?kg\b|\bper (?:kg|kilo(?:gram)?|pound|lit(?:re|er)|dl|ml|decilit(?:re|er)|gram)\b|\bkg of body)"
)
_MAX = re.compile(
    r"(?:no more than|not more than|not exceed\w*|n't exceed|never exceed|not go (?:over|above|beyond)|at most|"
    r"never (?:more than|go (?:over|above))|n't go (?:over|above)|up to|(?:a )?maximum of|max\.?|under|below|"
    r"less than|without exceeding|not take more than|n't take more than|capped at|"
    r"(?:avoid|instead of) (?:exceeding|going (?:over|above)))\s*(?:about |a daily )?$"
)
_MIN = re.compile(r"(?:at least|a minimum of|no less than|not less than|minimum)\s*$")
_ABOVE = re.compile(
    r"(?:more than|above|over|exceed\w*|greater than|beyond|higher than|in excess of)\s*(?:about |roughly )?$"
)
_SHARE = re.compile(r"\b(?:per|every|each)\s$")  # "40 mg of calcium in every 100 mg"
MOST = 60  # amounts a sentence; beyond that it is a table in disguise


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount. `count` is the number of pieces that it is the amount of; `is_above` says "more than" it."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: Unit
    basis: str = ""
    count: int = 1
    bound: Bound = "exact"
    is_above: bool = False
    is_per_kilo: bool = False  # or per litre: no amount that anybody takes
    is_each: bool = False
    other_unit: str = ""

    @property
    def high_in_ug(self) -> Decimal | None:
        return self.high * MICROGRAMS[self.unit] if self.unit in MICROGRAMS else None


_BASIS = re.compile(r"\s?\b(dfe|ne|rae|re|ate)\b")


def find(text: str, column: str = "") -> list[Quantity]:
    """Return the amounts in a folded sentence, in order. `column` may lend a bare number its unit: "Dose (mg)"."""
    matches = _limited(_QUANTITY.finditer(text))
    found = [_quantity(text, match) for match in matches if not _SHARE.search(text[: match.start()][-12:])]
    if not found and column and (unit := _IN_COLUMN.search(column)) and (bare := _BARE.match(text)):
        low, high = _number(bare["low"]), _number(bare["high"] or bare["low"])
        start = bare.start("low")
        found = [Quantity(start, bare.end("high" if bare["high"] else "low"), low, high, _unit(unit["unit"]))]
    return _paired(text, found)


def _limited(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    for _, match in zip(range(MOST), matches, strict=False):
        yield match


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    unit = _unit(match["unit"])
    low = _number(match["low"]) * (1000 if match["low_k"] else 1)
    high = _number(match["high"]) * (1000 if match["high_k"] else 1) if match["high"] else low
    if match["high"] and match["low_unit"] and _unit(match["low_unit"]) != unit:
        low = high
    begin = match.start("low")
    before, after = text[:begin], text[match.end() :]
    count, start, is_each = _count(before, after, begin)
    bound, is_above = _bound(text[:start])
    basis = _BASIS.match(after)
    return Quantity(
        start, match.end(), min(low, high), max(low, high), unit, basis[1] if basis else "", count, bound,
        is_above, bool(_PER_KILO.match(after)), is_each,
    )  # fmt: skip


def _count(before: str, after: str, start: int) -> tuple[int, int, bool]:
    """Return how many pieces of this amount are meant, where that is said, and whether each piece holds it."""
    tail = before[-40:]
    if times := _TIMES_BEFORE.search(tail):
        return _as_count(times["count"]), start - len(tail) + times.start(), True
    if (pieces := _BEFORE.search(tail)) and _PIECES_AFTER.match(after):
        return _as_count(pieces["count"]), start - len(tail) + pieces.start(), True
    of = _PIECES_OF.search(tail) or (_EACH.match(after) and _PIECES_BEFORE.search(tail))
    if of:
        return _as_count(of["count"]), start, True
    return 1, start, False


def _as_count(text: str) -> int:
    return _COUNTS.get(text) or max(int(text), 1)


def _bound(before: str) -> tuple[Bound, bool]:
    tail = before[-40:]
    if _MAX.search(tail):
        return "max", False
    if _MIN.search(tail):
        return "min", False
    return "exact", bool(_ABOVE.search(tail))


def _unit(text: str) -> Unit:
    if text.startswith(("international", "i")):
        return "IU"
    if text.startswith("microgram") or text.rstrip("s") in {"mcg", "ug"}:
        return "ug"
    return _UNITS[text.rstrip("s")]


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("\u00a0", ""))


_BETWEEN = re.compile(
    r"\s?(?:[(\[/=,]|\bor\b)\s?(?:or|about|equal to|equals|which is|that is|roughly|i\.e\.,?|=|\s)*$"
)


def _paired(text: str, found: list[Quantity]) -> list[Quantity]:
    """Merge an amount with the same one in another unit: "2,000 IU (50 mcg)" is one dose."""
    merged: list[Quantity] = []
    for quantity in found:
        last = merged[-1] if merged else None
        if last and quantity.unit != last.unit and not last.other_unit and _is_same(text, last, quantity):
            merged[-1] = _merged(last, quantity)
        else:
            merged.append(quantity)
    return merged


def _is_same(text: str, first: Quantity, second: Quantity) -> bool:
    between = text[first.end : second.start]
    if "IU" in {first.unit, second.unit}:
        return len(between) < 60 and bool(_BETWEEN.search(between)) and between.strip() != ","
    return first.high_in_ug == second.high_in_ug


def _merged(first: Quantity, second: Quantity) -> Quantity:
    """Keep the place of the first and the amount that is a mass."""
    if first.unit == "IU":
        return replace(first, low=second.low, high=second.high, unit=second.unit, other_unit="IU")
    return replace(first, other_unit=second.unit)
