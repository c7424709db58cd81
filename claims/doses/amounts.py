"""From what is written to micrograms of the nutrient. Pure."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from claims import limits
from claims.doses.words import Name

# Bases that an upper limit does not count in: niacin's is in mg of the compound, not NE; folic acid's not in DFE.
_UNCOUNTED = {"ne"}
DFE = Decimal("0.6")  # 1 ug DFE is 0.6 ug of folic acid taken with food


def factor(name: Name, unit: str, *, is_elemental: bool, basis: str = "") -> Decimal | None:
    """Return the micrograms of a nutrient in one `unit` of what is named, or None if nobody can tell."""
    if not name.nutrient or basis in _UNCOUNTED:
        return None
    if unit == "IU":
        return _international(name.nutrient)
    micrograms = limits.MICROGRAMS[unit]
    if name.is_compound and not is_elemental and not name.form.startswith("lozenge"):
        share = _fraction(name.nutrient, name.fraction)
        return share * micrograms if share is not None else None
    if basis == "dfe":
        return micrograms * DFE
    return micrograms


@lru_cache(maxsize=64)
def _international(nutrient: str) -> Decimal | None:
    """Return the micrograms in one IU; of an unknown form, the first in the table: retinol, natural vitamin E."""
    for row in limits.conversions(nutrient):
        if row.unit.endswith("per IU"):
            return row.amount * limits.MICROGRAMS[row.unit.split()[0]]
    return None


@lru_cache(maxsize=128)
def _fraction(nutrient: str, form: str) -> Decimal | None:
    return (
        next((row.amount for row in limits.fractions(nutrient) if row.form == form), None) if form else None
    )
