"""Reading the doses of a passage. Pure: text and context in, `Dose` values out; never raises, never changes text."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from claims.doses import amounts, frequency, groups, names, quantities, roles, sentences
from claims.doses.folding import fold
from claims.doses.model import Context, Dose
from claims.doses.names import Term
from claims.doses.quantities import Quantity

_DIGIT = re.compile(r"\d")
_ELEMENTAL = re.compile(r"\belemental\b|\bproviding \d|\bpure (?:magnesium|zinc|iron|calcium)\b")
_ELEMENT_FOLLOWS = re.compile(r"[\s,]*\(?(?:elemental\b|of the element\b|as\b|from\b|in the form of\b)")
LONGEST = 20_000  # characters of one passage; a longer one is no prose


@lru_cache(maxsize=8192)
def doses(text: str, context: Context) -> tuple[Dose, ...]:
    """Return the doses of a passage in reading order. Cached, so that typing costs one passage and not the article."""
    if not _DIGIT.search(text):
        return ()
    text = text[:LONGEST]
    folded = fold(text)
    terms = names.find(text, folded)
    found: list[Dose] = []
    for start, end in sentences.spans(text):
        if _DIGIT.search(folded, start, end):
            found.extend(_sentence(folded, terms, start, end, context))
    return tuple(found)


def _sentence(folded: str, terms: list[Term], start: int, end: int, context: Context) -> list[Dose]:
    sentence = folded[start:end]
    found = quantities.find(sentence, _column(context))
    read = (_dose(folded, terms, (start, end), quantity, found, context) for quantity in found)
    return _with_elemental([dose for dose in read if dose])


def _column(context: Context) -> str:
    return fold(context.column) if context.kind == "table_cell" else ""


def _with_elemental(found: list[Dose]) -> list[Dose]:
    """Let the elemental amount of a compound share its role: "take 1,000 mg of citrate, which is 160 mg elemental"."""
    for place in range(1, len(found)):
        first, second = found[place - 1], found[place]
        if first.is_compound and not second.is_compound and second.nutrient == first.nutrient:
            per_day = max(first.per_day, second.per_day)
            found[place - 1] = replace(first, low_ug=None, high_ug=None)
            found[place] = replace(
                second,
                role=first.role,
                who=first.who,
                is_daily=first.is_daily or second.is_daily,
                per_day=per_day,
                low_ug=_times(second.once_low_ug, per_day),
                high_ug=_times(second.once_high_ug, per_day),
            )
    return found


def _dose(
    folded: str,
    terms: list[Term],
    span: tuple[int, int],
    quantity: Quantity,
    found: list[Quantity],
    context: Context,
) -> Dose | None:
    start, end = span
    sentence = folded[start:end]
    here = [Term(t.start - start, t.end - start, t.name) for t in terms if t.start >= start and t.end <= end]
    attached = names.attach(sentence, quantity, here, 0, len(sentence))
    name = attached.name if attached else names.inherited(context, terms, start + quantity.start)
    if name is None or not name.nutrient or quantity.is_per_kilo:
        return None
    often = _frequency(sentence, quantity, found, _column(context))
    role = roles.find(sentence, quantity, found, context) or ("advice" if often.is_daily else "none")
    is_elemental = _is_elemental(sentence, quantity, attached, context)
    micrograms = amounts.factor(name, quantity.unit, is_elemental=is_elemental, basis=quantity.basis)
    per_day = often.per_day * quantity.count
    others = tuple(other.start for other in found if other is not quantity)
    once_low, once_high = _times(quantity.low, micrograms), _times(quantity.high, micrograms)
    return Dose(
        start=start + quantity.start,
        end=start + _end(quantity, attached, often.end),
        sentence=span,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        nutrient=name.nutrient,
        form=names.form_nearby(name, terms, start, end),
        is_compound=name.is_compound and not is_elemental,
        is_elemental_known=is_elemental or _says_elemental(folded, span),
        bound=quantity.bound,
        per_day=per_day,
        is_daily=often.is_daily,
        who=groups.find(sentence, 0, len(sentence), (quantity.start, quantity.end), others, context),
        role=role,
        low_ug=_times(once_low, per_day),
        high_ug=_times(once_high, per_day),
        once_low_ug=once_low,
        once_high_ug=once_high,
        has_mass=quantity.unit != "IU",
        other_unit=quantity.other_unit,
    )


def _times(value: Decimal | None, factor: Decimal | None) -> Decimal | None:
    return None if value is None or factor is None else value * factor


def _frequency(sentence: str, quantity: Quantity, found: list[Quantity], column: str) -> frequency.Frequency:
    place = found.index(quantity)
    before = found[place - 1].end if place else 0
    after = found[place + 1].start if place + 1 < len(found) else len(sentence)
    own = frequency.find(sentence, quantity.start, quantity.end, after, before)
    if not own.is_daily and len(found) == 1 and column:
        own = replace(frequency.find(column, 0, 0, len(column), 0), end=None)
    if own.is_daily or place + 1 == len(found):
        return own
    following = found[place + 1]
    joined = sentence[quantity.end : following.start]
    if re.fullmatch(r"(?:[\s,]+[\w-]+){0,5}[\s,]+(?:and|plus|with)\s", joined):
        shared = _frequency(sentence, following, found, column)
        return frequency.Frequency(shared.per_day, shared.is_daily)
    return own


def _is_elemental(
    sentence: str, quantity: Quantity, attached: names.Attached | None, context: Context
) -> bool:
    """Return whether the amount is said to be the element's: "56 mg elemental", a column of elemental amounts."""
    if attached and attached.end and "elemental" in sentence[quantity.end : attached.end]:
        return True
    after = sentence[quantity.end : quantity.end + 20]
    return bool(_ELEMENT_FOLLOWS.match(after)) or "elemental" in fold(f"{context.column} {context.row}")


def _says_elemental(folded: str, span: tuple[int, int]) -> bool:
    """Return whether this sentence or the next one gives the elemental amount of a compound."""
    start, end = span
    following = folded[end : end + 200].lstrip()
    stop = following.find(". ")
    following = following[: stop if stop >= 0 else len(following)]
    return bool(_ELEMENTAL.search(folded, start, end)) or bool(_ELEMENTAL.search(following))


def _end(quantity: Quantity, attached: names.Attached | None, often_end: int | None) -> int:
    """Return where the words of the dose end: after its nutrient and "twice daily" if they follow at once."""
    end = quantity.end
    if attached and attached.end:
        end = attached.end
    if often_end is not None and 0 <= often_end - end <= 16:
        end = often_end
    return end
