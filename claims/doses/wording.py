"""Amounts, groups and limits in an editor's words. Pure."""

from __future__ import annotations

from decimal import Decimal

from claims.doses.model import Dose, Who
from claims.limits import Limit

_BASES = {
    "supplements_and_medications_only": "from supplements and medicines, food not counted",
    "supplements_and_fortified": "from supplements and fortified food",
    "preformed_only": "of retinol, carotene not counted",
    "total_intake": "from food and supplements together",
}
_STAGES = {"pregnancy": "in pregnancy", "lactation": "while breastfeeding"}


def amount(micrograms: Decimal) -> str:
    """Return "350 mg" or "55 µg": milligrams from one milligram on."""
    if micrograms >= 1_000_000_000:
        return f"{number(micrograms / 1_000_000)} g"
    if micrograms >= 1_000:
        return f"{number(micrograms / 1_000)} mg"
    return f"{number(micrograms)} µg"


def number(value: Decimal) -> str:
    """Return a number as one would write it: "1,000", "0.9", "66.7"."""
    rounded = value.quantize(Decimal("0.1")) if value >= 10 else value.quantize(Decimal("0.01"))
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def nutrient(name: str) -> str:
    """Return "vitamin B12" for "vitamin_b12"."""
    words = name.split("_")
    return f"vitamin {words[1].upper()}" if words[0] == "vitamin" else " ".join(words)


def people(row: Limit) -> str:
    """Return whom a row is for: "adults", "children of 4 to 8", "in pregnancy"."""
    if row.life_stage in _STAGES:
        return _STAGES[row.life_stage]
    if row.age_max < 19:
        return f"for children of {row.age_min} to {row.age_max}"
    return "for adults"


def basis(row: Limit) -> str:
    return _BASES.get(row.applies_to, row.applies_to)


def limit(row: Limit) -> str:
    """Return "350 mg of magnesium a day for adults, from supplements and medicines, food not counted (NASEM, US)"."""
    what = "safe level" if row.measure == "safe_level" else "limit"
    return (
        f"{what} of {amount(row.micrograms or Decimal(0))} of {nutrient(row.nutrient)} a day {people(row)}, "
        f"{basis(row)} ({row.authority}, {row.jurisdiction})"
    )


def source(row: Limit) -> str:
    """Return where a row was read, and how sure we are if it was not."""
    doubt = {"memory": ", to be checked", "verified_partly": ", cell to be checked"}.get(
        row.source_status, ""
    )
    return f"{row.source}{doubt}"


def per_day(dose: Dose) -> str:
    return amount(dose.high_ug or Decimal(0))


def whom(who: Who) -> str:
    match who.name:
        case "child":
            return f"children of {who.age_min} to {who.age_max}"
        case "pregnancy":
            return "pregnancy"
        case "lactation":
            return "breastfeeding"
        case "kidney":
            return "people with kidney disease"
    return "adults"
