"""The pieces that a dose is read with, each on its own: amounts, names, how often."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.doses import frequency, names, quantities
from claims.doses.folding import fold
from claims.doses.model import Context
from claims.doses.words import Name


def quantity(text):
    [found] = quantities.find(fold(text))
    return found


def attached(text):
    folded = fold(text)
    [found] = quantities.find(folded)
    return names.attach(folded, found, names.find(text, folded), 0, len(text))


# --- amounts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count", "start"),
    [
        ("take two 200 mg capsules", 2, 5),
        ("take 2 x 200 mg", 2, 5),
        ("take 2 \u00d7 200 mg", 2, 5),
        ("take three 200 mg zinc tablets", 3, 5),
        ("two tablets of 200 mg", 2, 15),
        ("two tablets (200 mg each)", 2, 13),
        ("two tablets (200 mg)", 1, 13),
        ("chapter two 200 mg of zinc", 1, 12),
        ("take 200 mg capsules", 1, 5),
    ],
)
def test_pieces_are_counted(text, count, start):
    found = quantity(text)

    assert (found.count, found.start) == (count, start)


@pytest.mark.parametrize(
    ("text", "bound", "is_above"),
    [
        ("up to 40 mg", "max", False),
        ("not exceed 40 mg", "max", False),
        ("stay under 40 mg", "max", False),
        ("at least 40 mg", "min", False),
        ("more than 40 mg", "exact", True),
        ("no more than 40 mg", "max", False),
        ("above 40 mg", "exact", True),
        ("doses exceeding 40 mg", "exact", True),
        ("about 40 mg", "exact", False),
    ],
)
def test_bounds_of_an_amount(text, bound, is_above):
    found = quantity(text)

    assert (found.bound, found.is_above) == (bound, is_above)


@pytest.mark.parametrize(
    ("text", "is_per_kilo"),
    [
        ("60 mg per kg", True),
        ("60 mg/kg", True),
        ("60 mg of zinc per kilogram", True),
        ("30 mg per litre", True),
        ("60 mg per day", False),
    ],
)
def test_amounts_by_weight_and_volume(text, is_per_kilo):
    found = quantities.find(fold(text))

    assert not found or found[0].is_per_kilo == is_per_kilo


@pytest.mark.parametrize(
    ("column", "text", "amounts_found"),
    [
        ("dose (mg)", "400", [(400, 400, "mg")]),
        ("dose (mg)", "200–400", [(200, 400, "mg")]),
        ("amount, mcg", "55", [(55, 55, "ug")]),
        ("dose in mg", "400", []),
        ("dose", "400", []),
        ("dose (mg)", "twice 400 or so", []),
        ("dose (mg)", "55 mcg", [(55, 55, "ug")]),
    ],
)
def test_a_column_lends_its_unit(column, text, amounts_found):
    assert [(one.low, one.high, one.unit) for one in quantities.find(fold(text), column)] == amounts_found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2,000 iu (50 mcg)", 1),
        ("50 mcg (2,000 iu)", 1),
        ("25 mcg/1,000 iu", 1),
        ("1,000 iu, or 25 mcg", 1),
        ("1 mg (1,000 mcg)", 1),
        ("1 mg (100 mcg)", 2),
        ("400 mg (65 mg elemental)", 2),
        ("2,000 iu of vitamin d and 50 mcg of vitamin k", 2),
    ],
)
def test_the_same_amount_in_another_unit_is_one(text, count):
    assert len(quantities.find(fold(text))) == count


def test_the_age_before_an_amount_is_no_range():
    found = quantity("after the age of 50 and 2,000 mg before")

    assert (found.low, found.high) == (2000, 2000)


def test_a_sentence_full_of_numbers_is_read_in_part():
    assert len(quantities.find("1 mg; " * 500)) == quantities.MOST


@given(st.integers(1, 999_999), st.sampled_from(["mg", "mcg", "g"]))
def test_what_is_written_is_what_is_read(value, unit):
    found = quantity(f"take {value:,} {unit} now")

    assert found.low == found.high == value
    assert found.high_in_ug == value * {"mg": 1_000, "mcg": 1, "g": 1_000_000}[unit]


# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "nutrients"),
    [
        ("Zinc and Magnesium", ["zinc", "magnesium"]),
        ("an iron pan", [""]),
        ("iron out the details", [""]),
        ("zinc oxide cream", [""]),
        ("magnesium stearate", [""]),
        ("zincs irony leadership", []),
        ("vitamin B12 and B6", ["vitamin_b12", "vitamin_b6"]),
        ("Mg glycinate, mg, Mg2+", ["magnesium", "magnesium"]),
        ("350 Mg", []),
        ("Se habla español", ["selenium"]),
    ],
)
def test_names_in_a_text(text, nutrients):
    assert [term.name.nutrient for term in names.find(text, fold(text))] == nutrients


def test_the_longest_name_wins():
    [term] = names.find("magnesium L-threonate", "magnesium l-threonate")

    assert term.name.form == "l-threonate"


@pytest.mark.parametrize(
    ("text", "nutrient"),
    [
        ("400 mg of pure elemental magnesium with zinc", "magnesium"),
        ("zinc with 400 mg of magnesium", "magnesium"),
        ("zinc: 15 mg, with magnesium", "zinc"),
        ("15 mg a day, ideally as zinc", "zinc"),
        ("zinc is a metal; 15 mg is little", None),
        ("400 mg of kelp powder with iodine", ""),
        ("400 mg of it, the magnesium", "magnesium"),
        ("Rhodiola: 300 mg", ""),
        ("Adults: 300 mg", None),
        ("Tofu with calcium, 126 g", ""),
        ("Calcium: 1 g", "calcium"),
    ],
)
def test_whose_amount_it_is(text, nutrient):
    found = attached(text)

    assert (found.name.nutrient if found else None) == nutrient


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (Context(row="Zinc"), Name("zinc")),
        (
            Context(row="Magnesium taurate"),
            Name("magnesium", "taurate", is_compound=True, fraction="magnesium taurate"),
        ),
        (
            Context(row="A tablet with magnesium taurate"),
            Name("magnesium", "taurate", is_compound=False, fraction="magnesium taurate"),
        ),
        (Context(row="Evening", heading="Zinc"), Name("zinc")),
        (Context(row="Zinc and copper", heading="Iron"), None),
        (Context(), None),
    ],
)
def test_what_surroundings_lend(context, expected):
    assert names.inherited(context, [], 0) == expected


# --- how often ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "per_day", "is_daily"),
    [
        ("daily", 1, True),
        ("twice daily", 2, True),
        ("two times per day", 2, True),
        ("4 times a day", 4, True),
        ("3/day", 3, True),
        ("every 8 hours", 3, True),
        ("every three hours", 8, True),
        ("every 0 hours", 24, True),
        ("three times a week", Decimal(3) / 7, True),
        ("weekly", Decimal(1) / 7, True),
        ("once a month", Decimal(1) / 30, True),
        ("on alternate days", Decimal("0.5"), True),
        ("with breakfast and dinner", 2, True),
        ("b.i.d.", 2, True),
        ("twice daily in divided doses", 1, True),
        ("for two weeks", 1, False),
        ("a 12-week trial", 1, False),
        ("for no longer than a month", 1, False),
        ("", 1, False),
    ],
)
def test_how_often(text, per_day, is_daily):
    found = frequency.find(f"5 mg {text}", 0, 4, len(text) + 5, 0)

    assert (found.per_day, found.is_daily) == (per_day, is_daily)
