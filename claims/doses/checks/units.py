"""DOS03 and DOS07: slips of a unit, and international units alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from claims.doses import amounts, bounds, wording
from claims.doses.folding import fold
from claims.doses.model import Dose
from claims.doses.reading import Read, read
from claims.doses.words import Name
from claims.limits import MICROGRAMS
from cms.contracts import Finding, Snapshot

_ROLES = {"advice", "study", "rda", "label", "none"}
_MASS = re.compile(r"(?:\d\s?|\b)(?:ug|mcg|micrograms?)\b")
_SMALLER = {"g": "mg", "mg": "µg"}
_LEAST, _MOST = Decimal("0.8"), Decimal("1.25")
_FACTOR = 50


def unit_slip(snapshot: Snapshot) -> Iterator[Finding]:
    """DOS03: the same number in the next smaller unit would be the recommended intake, or no limit comes near it."""
    for found in read(snapshot):
        dose = found.dose
        if dose.role not in _ROLES:
            continue
        if intake := _is_intake_in_smaller_unit(dose):
            smaller = _SMALLER[dose.unit]
            yield found.finding(
                "DOS03",
                "error",
                f"Unit slip? Adults are to get about {wording.amount(intake)} of {wording.nutrient(dose.nutrient)} "
                f"a day, a thousandth of this.",
                f"If it is {smaller} that you mean, write {_written(dose)} {smaller}.",
            )
        elif limit := _is_far_above_every_limit(dose):
            yield found.finding(
                "DOS03",
                "error",
                f"Unit slip? This is more than {_FACTOR} times the highest upper limit of "
                f"{wording.nutrient(dose.nutrient)}, {wording.amount(limit)}.",
                "Check the unit against the source.",
            )


def _is_intake_in_smaller_unit(dose: Dose) -> Decimal | None:
    if dose.unit not in _SMALLER:
        return None
    intakes = bounds.adult_intakes(dose.nutrient, bounds.EVERYWHERE)
    values = {value * MICROGRAMS[dose.unit] / 1000 for value in (dose.low, dose.high)}
    near = (intake for intake in intakes for value in values if _LEAST <= value / intake < _MOST)
    return min(near, default=None)


def _is_far_above_every_limit(dose: Dose) -> Decimal | None:
    limit = bounds.laxest_limit(dose.nutrient)
    mass = dose.once_high_ug
    if mass is None and dose.unit in MICROGRAMS:
        mass = dose.high * MICROGRAMS[dose.unit]
    if limit is None or mass is None or dose.form == "carotene":
        return None
    return limit if mass > limit * _FACTOR else None


def _written(dose: Dose) -> str:
    low, high = wording.number(dose.low), wording.number(dose.high)
    return low if low == high else f"{low}–{high}"


def international_units_only(snapshot: Snapshot) -> Iterator[Finding]:
    """DOS07: international units without the mass; once a passage and nutrient."""
    said: set[tuple[int, str]] = set()
    for found in read(snapshot):
        dose, key = found.dose, (id(found.passage), found.dose.nutrient)
        if dose.has_mass or dose.role in {"question", "quotation"} or key in said or _gives_mass(found):
            continue
        factor = amounts.factor(Name(dose.nutrient), "IU", is_elemental=False)
        if factor is not None:
            said.add(key)
            yield _without_mass(found, factor)


def _gives_mass(found: Read) -> bool:
    """Return whether the sentence, or the first cell of the row, gives a mass somewhere."""
    return bool(_MASS.search(found.sentence) or _MASS.search(fold(found.passage.row)))


def _without_mass(found: Read, factor: Decimal) -> Finding:
    dose = found.dose
    low, high = wording.amount(dose.low * factor), wording.amount(dose.high * factor)
    mass = low if low == high else f"{low} to {high}"
    doubt = "" if dose.nutrient == "vitamin_d" else ", if it is the natural form"
    return found.finding(
        "DOS07", "info", "Add micrograms: labels outside the US give no IU.", f"Add “({mass})”{doubt}."
    )
