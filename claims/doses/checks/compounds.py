"""DOS02: the mass of a compound without that of its element."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from claims.doses import wording
from claims.doses.model import Dose
from claims.doses.reading import read
from cms.contracts import Finding, Snapshot

_ROLES = {"advice", "label", "none"}


def compound_mass(snapshot: Snapshot) -> Iterator[Finding]:
    """DOS02: readers cannot tell how much of the element they get from "400 mg magnesium bisglycinate"."""
    for found in read(snapshot):
        dose = found.dose
        if dose.is_compound and not dose.is_elemental_known and dose.role in _ROLES:
            yield found.finding(
                "DOS02",
                "warning",
                f"Give the elemental amount: {_what(dose)}.",
                f"{_computed(dose)}Write what the label states, such as “N mg of elemental "
                f"{wording.nutrient(dose.nutrient)}”.",
            )


def _what(dose: Dose) -> str:
    nutrient = wording.nutrient(dose.nutrient)
    if dose.form.startswith("lozenge"):
        return f"nothing says which salt of {nutrient} the lozenge holds"
    return f"this is the mass of {nutrient} {dose.form}, not of {nutrient}"


def _computed(dose: Dose) -> str:
    if dose.once_high_ug is None or dose.form.startswith("lozenge"):
        return ""
    low, high = wording.amount(dose.once_low_ug or Decimal(0)), wording.amount(dose.once_high_ug)
    amount = low if low == high else f"{low} to {high}"
    return (
        f"The pure compound would hold about {amount} of {wording.nutrient(dose.nutrient)}; products differ. "
    )
