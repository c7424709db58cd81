"""Which rows of the table an amount is compared with. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from claims import limits
from claims.doses.model import Dose, Who
from claims.limits import Group, Limit

EVERYWHERE = ("US", "EU")


def upper_limits(nutrient: str, form: str, who: Who, jurisdictions: Iterable[str]) -> tuple[Limit, ...]:
    """Return the upper limits of a group in the jurisdictions.

    A group that none of them has a limit for (children in the EU, infants anywhere) goes by the other table or by
    the next age that has one: the message names whose limit it is.
    """
    return _upper_limits(nutrient, form, who, tuple(jurisdictions))


@lru_cache(maxsize=1024)
def _upper_limits(nutrient: str, form: str, who: Who, jurisdictions: tuple[str, ...]) -> tuple[Limit, ...]:
    group = who.group
    if who.name == "child" and group.age < 1:
        group = Group("any", 1)
    found = _rows(nutrient, form, group, jurisdictions)
    if not found and who.name in {"child", "pregnancy", "lactation"}:
        found = _rows(nutrient, form, group, EVERYWHERE)
    return found


def _rows(nutrient: str, form: str, group: Group, jurisdictions: tuple[str, ...]) -> tuple[Limit, ...]:
    rows = (row for code in jurisdictions for row in limits.limits(nutrient, code, group))
    return tuple(dict.fromkeys(row for row in rows if row.micrograms is not None and _is_of_form(row, form)))


def _is_of_form(row: Limit, form: str) -> bool:
    """Return whether a row counts a form: carotene is no retinol, nicotinamide is not nicotinic acid."""
    if form == "carotene":
        return row.applies_to != "preformed_only"
    if form in {"nicotinic acid", "nicotinamide"}:
        return form in row.form
    return True


def strictest(rows: Iterable[Limit]) -> Limit | None:
    return min(rows, key=lambda row: row.micrograms or Decimal(0), default=None)


def limit_of(dose: Dose, jurisdictions: Iterable[str]) -> Limit | None:
    return strictest(upper_limits(dose.nutrient, dose.form, dose.who, jurisdictions))


@lru_cache(maxsize=256)
def adult_intakes(nutrient: str, jurisdictions: tuple[str, ...]) -> frozenset[Decimal]:
    """Return every recommended or adequate intake of adults, in micrograms."""
    return frozenset(
        row.micrograms
        for code in jurisdictions
        for age in (25, 40, 60, 75)
        for row in limits.limits(nutrient, code, Group("any", age), measures=("RDA", "AI", "PRI"))
        if row.micrograms
    )


@lru_cache(maxsize=256)
def laxest_limit(nutrient: str) -> Decimal | None:
    """Return the highest upper limit of adults in any table: what no slip of a unit could mean."""
    found = [row.micrograms for row in _rows(nutrient, "", Group(), EVERYWHERE) if row.micrograms]
    return max(found, default=None)


@lru_cache(maxsize=256)
def intake_ranges(
    nutrient: str, who: Who, jurisdictions: tuple[str, ...]
) -> frozenset[tuple[Decimal, Decimal]]:
    """Return the ranges that a table of recommended intakes gives a group: of each age, and of all adults."""
    ranges: set[tuple[Decimal, Decimal]] = set()
    for code in jurisdictions:
        by_age = [_intakes(nutrient, code, group) for group in _groups(who)]
        whole = [value for values in by_age for value in values]
        ranges.update((min(values), max(values)) for values in [*by_age, whole[: 2 * len(by_age)]] if values)
    return frozenset(ranges)


def _groups(who: Who) -> list[Group]:
    group = who.group
    if who.name in {"general", "men", "women"}:
        return [Group(group.sex, age) for age in (25, 40)]
    return [group]


def _intakes(nutrient: str, code: str, group: Group) -> list[Decimal]:
    rows = limits.limits(nutrient, code, group, measures=("RDA", "AI", "PRI"))
    return [row.micrograms for row in rows if row.micrograms]
