"""Nutrients and other substances named in a text, and which of them an amount belongs to. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.doses.folding import fold
from claims.doses.model import Context
from claims.doses.quantities import Quantity
from claims.doses.words import Name, words

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[a-z][\w'-]*")
_CLAUSE_END = re.compile(r"[;—]|\.\s")
_OF = re.compile(r"\s+of\s+(?P<word>[a-z][\w'-]*)")
_LABEL = re.compile(r"(?:^|\. )\W*(?P<label>\w[^:.\s]*(?:\s[^:.\s]+){0,2}):\W*$")
_IS_GRAMS_OF = re.compile(r"\s?[:(=]?\s?$")
REACH = 100


@dataclass(frozen=True, slots=True)
class Term:
    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class Attached:
    """What an amount is of. `end` is where the name ends if it follows the amount directly, else None."""

    name: Name
    end: int | None = None


NOTHING = Attached(Name(""))


def find(text: str, folded: str) -> list[Term]:
    """Return the names in `text`, in order; `folded` is the same text folded. "Mg" is a name, "mg" is a unit."""
    found = words()
    terms = [
        Term(match.start(), match.end(), found.names[match[0]])
        for match in found.name_pattern.finditer(folded)
    ]
    taken = {place for term in terms for place in range(term.start, term.end)}
    for match in found.symbol_pattern.finditer(text):
        is_unit = text[max(match.start() - 1, 0) : match.start()].isdigit() or re.search(
            r"\d\s$", text[: match.start()][-3:]
        )
        if not is_unit and match.start() not in taken:
            symbol = match[0].removesuffix("2+").removesuffix("²⁺")
            terms.append(_symbol_term(folded, match, symbol))
    return sorted(terms, key=lambda term: term.start)


def _symbol_term(folded: str, match: re.Match[str], symbol: str) -> Term:
    """Read "Mg glycinate" as the compound."""
    nutrient = words().symbols[symbol]
    after = re.match(r"\s([a-z-]+)", folded[match.end() : match.end() + 30])
    name = words().names.get(f"{nutrient} {after[1]}") if after else None
    if after and name and name.is_compound:
        return Term(match.start(), match.end() + after.end(), name)
    return Term(match.start(), match.end(), Name(nutrient))


def attach(text: str, quantity: Quantity, terms: Sequence[Term], start: int, end: int) -> Attached | None:
    """Return what an amount in the folded sentence `text[start:end]` is of, or None if the sentence does not say.

    A name that follows directly wins, then one before in the same clause, then one after. NOTHING is some other
    substance: "400 mg of ashwagandha" is not of the magnesium that the article is about.
    """
    here = [term for term in terms if start <= term.start and term.end <= end]
    if directly := _directly_after(text, quantity, here):
        return directly
    of = _OF.match(text, quantity.end)
    if of and of["word"] not in words().generic:
        return NOTHING
    before = [term for term in here if term.end <= quantity.start]
    if before and not _CLAUSE_END.search(text, before[-1].end, quantity.start):
        gap = text[before[-1].end : quantity.start]
        if _IS_GRAMS_OF.match(gap) if quantity.unit == "g" else len(gap) <= REACH:
            return Attached(before[-1].name)
    if quantity.unit == "g":
        return NOTHING
    return _by_label_or_after(text, quantity, here, start)


def _by_label_or_after(text: str, quantity: Quantity, here: Sequence[Term], start: int) -> Attached | None:
    label = _LABEL.search(text[start : quantity.start])
    is_named = any(term.end <= quantity.start for term in here)
    if label and not is_named and not words().labels.intersection(_WORD.findall(label["label"])):
        return NOTHING
    after = next((term for term in here if term.start >= quantity.end), None)
    if (
        after
        and after.start - quantity.end <= REACH
        and not _CLAUSE_END.search(text, quantity.end, after.start)
    ):
        return Attached(after.name)
    return None


def _directly_after(text: str, quantity: Quantity, here: Sequence[Term]) -> Attached | None:
    for term in here:
        if term.start >= quantity.end:
            between = _IN_BRACKETS.sub(" ", text[quantity.end : term.start])
            gap = _WORD.findall(between)
            if len(gap) <= 5 and all(word in words().fillers for word in gap) and "," not in between:
                return Attached(term.name, term.end)
            return None
    return None


def form_nearby(attached: Name, terms: Sequence[Term], start: int, end: int) -> str:
    """Return the form of a nutrient that the sentence names elsewhere: "Magnesium glycinate: 200 mg of magnesium"."""
    if attached.form:
        return attached.form
    return next(
        (
            term.name.form
            for term in terms
            if start <= term.start < end and term.name.nutrient == attached.nutrient and term.name.form
        ),
        "",
    )


def inherited(context: Context, terms: Sequence[Term], start: int) -> Name | None:
    """Return the nutrient that a sentence without one is about: said before, or in the row, lead or heading."""
    said = [term.name for term in terms if term.end <= start]
    if said:
        return _as_element(said[-1])
    for place in (context.row, context.column, context.lead, context.heading, context.title):
        found = find(place, fold(place)) if place else []
        if len({term.name.nutrient for term in found}) == 1:
            is_whole = place == context.row and found[0].end - found[0].start > len(place) * 0.6
            return found[0].name if is_whole else _as_element(found[0].name)
        if found:
            return None
    return None


def _as_element(name: Name) -> Name:
    """Return a name as that of its element: an amount said elsewhere need not be the compound's."""
    return replace(name, is_compound=False) if name.nutrient else name
