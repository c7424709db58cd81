"""The limits and intakes of a group, and micrograms in a unit."""

from decimal import Decimal

import pytest

from claims.doses import amounts, bounds
from claims.doses.model import Who
from claims.doses.words import Name, words

ADULTS = Who()


def limit(nutrient, who=ADULTS, places=("US",), form=""):
    found = bounds.strictest(bounds.upper_limits(nutrient, form, who, places))
    return (found.authority, found.amount) if found else None


@pytest.mark.parametrize(
    ("nutrient", "who", "places", "expected"),
    [
        ("magnesium", Who(), ("US",), ("NASEM", 350)),
        ("magnesium", Who(), ("US", "EU"), ("EFSA", 250)),
        ("magnesium", Who("child", 1, 3), ("US",), ("NASEM", 65)),
        ("magnesium", Who("child", 0, 0), ("US",), ("NASEM", 65)),
        ("magnesium", Who("child", 1, 3), ("EU",), ("NASEM", 65)),
        ("copper", Who("pregnancy"), ("EU",), ("NASEM", 10_000)),
        ("calcium", Who("older", 60), ("US",), ("NASEM", 2000)),
        ("vitamin_k", Who(), ("US", "EU"), None),
        ("zinc", Who(), ("AU",), None),
        ("zinc", Who(), (), None),
    ],
)
def test_the_limit_of_a_group(nutrient, who, places, expected):
    assert limit(nutrient, who, places) == expected


@pytest.mark.parametrize(
    ("nutrient", "form", "places", "expected"),
    [
        ("vitamin_a", "carotene", ("US",), None),
        ("vitamin_a", "retinol", ("US",), ("NASEM", 3000)),
        ("niacin", "nicotinamide", ("EU",), ("EFSA", 900)),
        ("niacin", "nicotinic acid", ("EU",), ("EFSA", 10)),
        ("niacin", "nicotinamide", ("US",), ("NASEM", 35)),
    ],
)
def test_the_limit_of_a_form(nutrient, form, places, expected):
    assert limit(nutrient, places=places, form=form) == expected


def test_the_laxest_limit_is_of_no_place():
    assert bounds.laxest_limit("niacin") == 900_000
    assert bounds.laxest_limit("vitamin_b12") is None


@pytest.mark.parametrize(
    ("nutrient", "who", "places", "expected"),
    [
        ("zinc", Who(), ("US",), (8_000, 11_000)),
        ("zinc", Who("men"), ("US",), (11_000, 11_000)),
        ("selenium", Who(), ("US",), (55, 55)),
        ("iodine", Who("lactation"), ("US",), (290, 290)),
        ("magnesium", Who("women"), ("US",), (310_000, 320_000)),
    ],
)
def test_ranges_of_recommended_intakes(nutrient, who, places, expected):
    assert expected in bounds.intake_ranges(nutrient, who, places)


def test_nothing_is_recommended_of_what_has_no_intake():
    assert bounds.intake_ranges("boron", Who(), ("US",)) == frozenset()


@pytest.mark.parametrize(
    ("name", "unit", "is_elemental", "basis", "expected"),
    [
        (Name("zinc"), "mg", False, "", 1_000),
        (Name("zinc"), "IU", False, "", None),
        (Name("vitamin_d"), "IU", False, "", Decimal("0.025")),
        (Name("niacin"), "mg", False, "ne", None),
        (Name("folate"), "ug", False, "dfe", Decimal("0.6")),
        (Name(""), "mg", False, "", None),
        (words().names["zinc oxide"], "mg", False, "", Decimal("803.4")),
        (words().names["zinc oxide"], "mg", True, "", 1_000),
        (words().names["zinc orotate"], "mg", False, "", None),
        (words().names["zinc lozenge"], "mg", False, "", 1_000),
    ],
)
def test_micrograms_in_a_unit(name, unit, is_elemental, basis, expected):
    assert amounts.factor(name, unit, is_elemental=is_elemental, basis=basis) == expected
