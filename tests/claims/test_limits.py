from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import limits
from claims.limits import DataError, Group

HEADER = limits.DATA.read_text(encoding="utf-8").splitlines()[0]
ROW = "reference_value,NASEM,US,zinc,,any,19,120,general,UL,40,mg,40000,total_intake,Table,verified,"
FACTOR = (
    "elemental_fraction,,,zinc,zinc oxide,,,,,fraction,0.8034,mg element per mg compound,,,Masses,computed,"
)


def amounts(nutrient, code, **options):
    group = Group(**{name: options.pop(name) for name in ("sex", "age", "life_stage") if name in options})
    return {row.amount for row in limits.limits(nutrient, code, group, **options)}


def test_the_whole_table_is_valid():
    table = limits.table()

    assert (len(table.limits), len(table.conversions), len(table.fractions)) == (746, 15, 39)


@pytest.mark.parametrize(
    ("nutrient", "us", "eu"),
    [
        ("magnesium", 350_000, 250_000),
        ("zinc", 40_000, 25_000),
        ("selenium", 400, 255),
        ("vitamin_b6", 100_000, 12_000),
        ("vitamin_d", 100, 100),
    ],
)
def test_the_strictest_jurisdiction_wins(nutrient, us, eu):
    assert limits.strictest(nutrient, ["US"]).micrograms == us
    assert limits.strictest(nutrient, ["EU"]).micrograms == eu
    assert limits.strictest(nutrient, ["US", "EU"]).micrograms == min(us, eu)


@pytest.mark.parametrize("code", ["EU", "DE", "UK", "GB"])
def test_europe_goes_by_the_eu_table(code):
    assert limits.strictest("magnesium", [code]).authority == "EFSA"


def test_a_limit_says_what_it_counts():
    assert limits.strictest("magnesium", ["US"]).applies_to == "supplements_and_medications_only"
    assert limits.strictest("vitamin_a", ["US"]).applies_to == "preformed_only"
    assert limits.strictest("zinc", ["US"]).applies_to == "total_intake"


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ({"sex": "male", "age": 40}, {420}),
        ({"sex": "female", "age": 40}, {320}),
        ({"age": 40}, {420, 320}),
        ({"sex": "female", "age": 40, "life_stage": "pregnancy"}, {360}),
        ({"sex": "male", "age": 40, "life_stage": "pregnancy"}, set()),
    ],
)
def test_a_value_is_for_its_group(group, expected):
    assert amounts("magnesium", "US", measures=["RDA"], **group) == expected


def test_children_have_their_own_limits():
    assert amounts("magnesium", "US", age=2) == {65}
    assert amounts("magnesium", "US", age=10) == {350}


def test_forms_have_their_own_limits():
    assert amounts("niacin", "EU") == {10, 900}
    assert amounts("niacin", "EU", form="nicotinic acid") == {10}
    assert limits.strictest("niacin", ["EU"], form="nicotinamide").amount == 900


def test_a_limit_that_was_not_determined_is_no_number():
    [row] = limits.limits("vitamin_k", "US", measures=["UL_not_determined"])

    assert (row.amount, row.micrograms) == (None, None)
    assert "not a statement of safety" in row.note


@pytest.mark.parametrize(("nutrient", "code"), [("unobtainium", "US"), ("zinc", "AU"), ("vitamin_k", "US")])
def test_no_limit_is_none_and_not_zero(nutrient, code):
    assert limits.strictest(nutrient, [code]) is None


def test_the_european_label_value_is_there():
    [row] = limits.limits("magnesium", "EU", measures=["NRV"])

    assert (row.amount, row.applies_to) == (375, "label")


def test_vitamin_d_units_convert():
    [factor] = limits.conversions("vitamin_d")

    assert 40 * factor.amount == 1


def test_a_compound_holds_a_fraction_of_its_element():
    found = {factor.form: factor.amount for factor in limits.fractions("magnesium")}

    assert found["magnesium bisglycinate (pure, anhydrous)"] == Decimal("0.1410")
    assert found["magnesium oxide"] == Decimal("0.6030")


@pytest.mark.parametrize(
    ("row", "change", "message"),
    [
        (ROW, ("40000", "40"), "Line 2: value and value_ug differ"),
        (ROW, ("UL", "XL"), "Line 2: unknown measure 'XL'"),
        (ROW, (",40,", ",,"), "Line 2: a value is missing"),
        (ROW, ("UL,40,", "UL_not_determined,40,"), "Line 2: a value is missing or one too many"),
        (ROW, ("total_intake", "everything"), "Line 2: unknown basis"),
        (ROW, ("any", "both"), "Line 2: unknown sex"),
        (ROW, ("general", "menopause"), "Line 2: unknown stage"),
        (ROW, ("19,120", "120,19"), "Line 2: the ages are the wrong way round"),
        (ROW, ("verified", "guessed"), "Line 2: unknown status"),
        (ROW, ("Table", ""), "Line 2: the source is missing"),
        (ROW, (",40,", ",forty,"), "Line 2:"),
        (ROW, ("reference_value", "rumour"), "Line 2: unknown kind 'rumour'"),
        (ROW, (",verified,", ""), "Line 2:"),
        (FACTOR, ("0.8034", "1.2"), "Line 2: a fraction is below one"),
        (FACTOR, ("0.8034", "0"), "Line 2: a factor is above zero"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row, change, message):
    assert limits.parse(f"{HEADER}\n{row}") != limits.parse(HEADER)

    with pytest.raises(DataError, match=message):
        limits.parse(f"{HEADER}\n{row.replace(*change)}")


@given(
    st.sampled_from(sorted({row.nutrient for row in limits.table().limits})),
    st.builds(
        Group,
        sex=st.sampled_from(["any", "female", "male"]),
        age=st.integers(1, 120),
        life_stage=st.sampled_from(["general", "pregnancy", "lactation"]),
    ),
)
def test_more_jurisdictions_are_never_less_strict(nutrient, group):
    alone = limits.strictest(nutrient, ["US"], group)
    both = limits.strictest(nutrient, ["US", "EU"], group)

    if alone is not None:
        assert both is not None
        assert both.micrograms <= alone.micrograms


@pytest.mark.shared
def test_the_table_is_that_of_the_facts(shared_dir):
    assert (
        limits.parse((shared_dir / "facts" / "intake_limits.csv").read_text(encoding="utf-8"))
        == limits.table()
    )
