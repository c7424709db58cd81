"""What is read from a text: amounts, whom they are for and what the sentence does with them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from claims.limits import Group

Unit: TypeAlias = Literal["ug", "mg", "g", "IU"]
Bound: TypeAlias = Literal["exact", "max", "min"]
Role: TypeAlias = Literal[
    "advice", "study", "food", "rda", "limit", "warning", "label", "question", "quotation", "none"
]
GroupName: TypeAlias = Literal[
    "general", "men", "women", "older", "pregnancy", "lactation", "child", "kidney"
]


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a passage and lends it a nutrient, a group or a role. `title` is the article's."""

    kind: str = "paragraph"
    heading: str = ""
    lead: str = ""
    column: str = ""
    row: str = ""
    callout: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Whom an amount is for; children have ages. `is_stated` is False for the adults one thinks of by default."""

    name: GroupName = "general"
    age_min: int = 19
    age_max: int = 120
    is_stated: bool = False

    @property
    def group(self) -> Group:
        """The group whose limit is the strictest of this age range."""
        match self.name:
            case "men":
                return Group("male", 40)
            case "women":
                return Group("female", 40)
            case "older":
                return Group("any", 75)
            case "pregnancy" | "lactation":
                return Group("female", 30, self.name)
            case "child":
                return Group("any", self.age_min)
        return Group()


@dataclass(frozen=True, slots=True)
class Dose:
    """One amount with all that the text says of it. `start:end` quotes it; `low` and `high` are as written.

    `low_ug` and `high_ug` are micrograms of the nutrient itself in a day, None where nobody can tell: a compound
    without a known fraction, international units of an unknown form, an amount per kilogram.
    """

    start: int
    end: int
    sentence: tuple[int, int]
    low: Decimal
    high: Decimal
    unit: Unit
    nutrient: str
    form: str
    is_compound: bool
    is_elemental_known: bool
    bound: Bound
    per_day: Decimal
    is_daily: bool
    who: Who
    role: Role
    low_ug: Decimal | None
    high_ug: Decimal | None
    once_low_ug: Decimal | None
    once_high_ug: Decimal | None
    has_mass: bool
    other_unit: str = ""
