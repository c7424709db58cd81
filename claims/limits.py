"""Intake limits, label values, unit conversions and elemental fractions, from a validated table. Pure.

Amounts are Decimals; `micrograms` is the one to compare. A limit says what it may be compared with: magnesium's counts
supplements and medicines only, vitamin A's preformed vitamin A only. No limit is not a statement of safety.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from articles.jurisdictions import touches

DATA = Path(__file__).resolve().parent / "data" / "intake_limits.csv"
MICROGRAMS = {"ug": Decimal(1), "mg": Decimal(1_000), "g": Decimal(1_000_000)}
MEASURES = frozenset({"RDA", "AI", "PRI", "UL", "safe_level", "CDRR", "UL_not_determined", "NRV"})
UPPER = ("UL", "safe_level")
BASES = frozenset(
    {
        "total_intake",
        "supplements_and_medications_only",
        "supplements_and_fortified",
        "preformed_only",
        "label",
    }
)
STATUSES = frozenset({"verified", "verified_partly", "computed", "memory"})

Sex: TypeAlias = Literal["any", "female", "male"]
LifeStage: TypeAlias = Literal["general", "pregnancy", "lactation"]
Row: TypeAlias = Mapping[str, str]


class DataError(ValueError):
    """The table is wrong. The message names the line."""


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a value is for. "any" sex finds the rows of both."""

    sex: Sex = "any"
    age: int = 30
    life_stage: LifeStage = "general"


@dataclass(frozen=True, slots=True)
class Limit:
    """One value for one group. `amount` is in `unit` as the source prints it, or None where no limit was set."""

    authority: str
    jurisdiction: str
    nutrient: str
    form: str
    sex: str
    age_min: int
    age_max: int
    life_stage: str
    measure: str
    amount: Decimal | None
    unit: str
    micrograms: Decimal | None
    applies_to: str
    source: str
    source_status: str
    note: str

    def is_for(self, group: Group) -> bool:
        same_sex = "any" in {self.sex, group.sex} or self.sex == group.sex
        return same_sex and self.age_min <= group.age <= self.age_max and self.life_stage == group.life_stage


@dataclass(frozen=True, slots=True)
class Factor:
    """`amount` in `unit`: micrograms in one IU, or milligrams of the element in one milligram of a compound."""

    nutrient: str
    form: str
    amount: Decimal
    unit: str
    source: str
    source_status: str
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    limits: tuple[Limit, ...]
    conversions: tuple[Factor, ...]
    fractions: tuple[Factor, ...]


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the shipped table. Raises DataError."""
    return parse(DATA.read_text(encoding="utf-8"))


def parse(text: str) -> Table:
    """Read a table. Raises DataError with the line that is wrong."""
    limits: list[Limit] = []
    factors: dict[str, list[Factor]] = {"unit_conversion": [], "elemental_fraction": []}
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            if row["kind"] in factors:
                factors[row["kind"]].append(_factor(row))
            else:
                limits.append(_limit(row))
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise DataError(f"Line {number}: {error}") from error
    return Table(tuple(limits), tuple(factors["unit_conversion"]), tuple(factors["elemental_fraction"]))


def _limit(row: Row) -> Limit:
    _expect(row["kind"] in {"reference_value", "label_reference"}, f"unknown kind {row['kind']!r}")
    _expect(row["measure"] in MEASURES, f"unknown measure {row['measure']!r}")
    _expect(row["applies_to"] in BASES, f"unknown basis {row['applies_to']!r}")
    _expect(row["sex"] in {"any", "female", "male"}, f"unknown sex {row['sex']!r}")
    _expect(
        row["life_stage"] in {"general", "pregnancy", "lactation"}, f"unknown stage {row['life_stage']!r}"
    )
    amount = Decimal(row["value"]) if row["value"] else None
    _expect((amount is None) == (row["measure"] == "UL_not_determined"), "a value is missing or one too many")
    micrograms = Decimal(row["value_ug"]) if row["value_ug"] else None
    if amount is not None and row["unit"] in MICROGRAMS:
        _expect(micrograms == amount * MICROGRAMS[row["unit"]], "value and value_ug differ")
    age_min, age_max = int(row["age_min"]), int(row["age_max"])
    _expect(0 <= age_min <= age_max, "the ages are the wrong way round")
    return Limit(
        authority=row["authority"],
        jurisdiction=row["jurisdiction"],
        nutrient=row["nutrient"],
        form=row["form"],
        sex=row["sex"],
        age_min=age_min,
        age_max=age_max,
        life_stage=row["life_stage"],
        measure=row["measure"],
        amount=amount,
        unit=row["unit"],
        micrograms=micrograms,
        applies_to=row["applies_to"],
        **_provenance(row),
    )


def _factor(row: Row) -> Factor:
    amount = Decimal(row["value"])
    _expect(amount > 0, "a factor is above zero")
    _expect(row["kind"] != "elemental_fraction" or amount < 1, "a fraction is below one")
    return Factor(row["nutrient"], row["form"], amount, row["unit"], **_provenance(row))


def _provenance(row: Row) -> dict[str, str]:
    _expect(bool(row["source"]), "the source is missing")
    _expect(row["source_status"] in STATUSES, f"unknown status {row['source_status']!r}")
    return {"source": row["source"], "source_status": row["source_status"], "note": row["note"]}


def _expect(is_true: bool, problem: str) -> None:
    if not is_true:
        raise ValueError(problem)


def limits(
    nutrient: str,
    jurisdiction: str,
    group: Group = Group(),
    *,
    measures: Iterable[str] = UPPER,
    form: str | None = None,
) -> tuple[Limit, ...]:
    """Return the values of one nutrient that count in a jurisdiction for a group; upper limits unless told otherwise.

    EU members and the UK go by the EU table. Empty means that the table holds none.
    """
    code = "EU" if jurisdiction in {"UK", "GB"} else jurisdiction
    wanted = frozenset(measures)
    return tuple(
        row
        for row in table().limits
        if row.nutrient == nutrient
        and row.measure in wanted
        and touches([row.jurisdiction], code)
        and row.is_for(group)
        and form in {None, row.form}
    )


def strictest(
    nutrient: str, jurisdictions: Iterable[str], group: Group = Group(), *, form: str | None = None
) -> Limit | None:
    """Return the lowest upper limit that counts in any of the jurisdictions, or None if none is known."""
    found = [row for code in jurisdictions for row in limits(nutrient, code, group, form=form)]
    return min(
        (row for row in found if row.micrograms is not None),
        key=lambda row: row.micrograms or 0,
        default=None,
    )


def conversions(nutrient: str) -> tuple[Factor, ...]:
    """Return how units of a nutrient convert, one for each form."""
    return tuple(row for row in table().conversions if row.nutrient == nutrient)


def fractions(nutrient: str) -> tuple[Factor, ...]:
    """Return how much of the element its pure compounds hold."""
    return tuple(row for row in table().fractions if row.nutrient == nutrient)
