"""Reading single doses: amount, nutrient, form, how often, for whom, and what the sentence does with them."""

from decimal import Decimal

import pytest

from claims.doses.model import Context
from claims.doses.parse import LONGEST, doses

MG = Decimal(1_000)


def one(text, **context):
    [found] = doses(text, Context(**context))
    return found


def said(text, **context):
    return [text[found.start : found.end] for found in doses(text, Context(**context))]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Take 400 mg of zinc.", 400, 400, "mg"),
        ("Take 400mg of zinc.", 400, 400, "mg"),
        ("Take a 400-mg zinc pill.", 400, 400, "mg"),
        ("Take 400 milligrams of zinc.", 400, 400, "mg"),
        ("Take 0.4 g of zinc.", Decimal("0.4"), Decimal("0.4"), "g"),
        ("Take 1,250 mg of zinc.", 1250, 1250, "mg"),
        ("Take 1\u202f250 mg of zinc.", 1250, 1250, "mg"),
        ("Take 200-400 mg of zinc.", 200, 400, "mg"),
        ("Take 200–400 mg of zinc.", 200, 400, "mg"),
        ("Take 200 to 400 mg of zinc.", 200, 400, "mg"),
        ("Take 200 mg to 400 mg of zinc.", 200, 400, "mg"),
        ("Take between 200 and 400 mg of zinc.", 200, 400, "mg"),
        ("Take 200 or 400 mg of zinc.", 200, 400, "mg"),
        ("Take 55 mcg of zinc.", 55, 55, "ug"),
        ("Take 55 µg of zinc.", 55, 55, "ug"),
        ("Take 55 μg of zinc.", 55, 55, "ug"),
        ("Take 55 ug of zinc.", 55, 55, "ug"),
        ("Take 55 micrograms of zinc.", 55, 55, "ug"),
        ("Take 5k IU of vitamin D.", 5000, 5000, "IU"),
        ("Take 5,000 I.U. of vitamin D.", 5000, 5000, "IU"),
        ("Take 400 international units of vitamin D.", 400, 400, "IU"),
    ],
)
def test_amounts(text, low, high, unit):
    found = one(text)

    assert (found.low, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Serum magnesium was 2.1 mg/dL.",
        "Zinc fell to 70 ug/dl.",
        "The mice got 60 mg of zinc per kg.",
        "Water held 30 mg of magnesium per litre.",
        "Version 2.4 of the zinc guide costs $25.",
        "Zinc covers 40 % of the daily value.",
        "Magnesium serves 300 enzymes.",
        "Zinc per 100 g is rare.",
        "Take 400 mg of ashwagandha with your magnesium.",
        "Magnesium stack. Rhodiola: 300 mg.",
        "Fry 300 g of beans in an iron pan.",
        "Omega-3: 1,000 mg a day.",
    ],
)
def test_what_is_no_dose_of_a_nutrient(text):
    assert doses(text, Context()) == ()


@pytest.mark.parametrize(
    ("text", "nutrient", "form"),
    [
        ("400 mg of elemental magnesium", "magnesium", ""),
        ("Magnesium: 400 mg", "magnesium", ""),
        ("400 mg daily of vitamin C", "vitamin_c", ""),
        ("Take 20 mg, ideally zinc picolinate", "zinc", "picolinate"),
        ("magnesium bisglycinate, 400 mg", "magnesium", "bisglycinate"),
        ("400 mg magnesium L-threonate", "magnesium", "l-threonate"),
        ("65 mg ferrous sulphate", "iron", "sulfate"),
        ("200 mcg of selenomethionine", "selenium", "selenomethionine"),
        ("225 mcg potassium iodide", "iodine", "iodide"),
        ("1,000 mcg methylcobalamin", "vitamin_b12", ""),
        ("50 mg niacinamide", "niacin", "nicotinamide"),
        ("400 mg of Mg", "magnesium", ""),
        ("Mg2+ at 400 mg", "magnesium", ""),
        ("Mg citrate 400 mg", "magnesium", "citrate"),
        ("15 mg Zn", "zinc", ""),
        ("Magnesium glycinate: 200 mg of elemental magnesium", "magnesium", "glycinate"),
    ],
)
def test_nutrient_and_form(text, nutrient, form):
    found = one(text)

    assert (found.nutrient, found.form) == (nutrient, form)


def test_mg_after_a_number_is_a_unit_and_not_magnesium():
    assert doses("Take 400 Mg of it", Context()) == ()


@pytest.mark.parametrize(
    ("context", "nutrient"),
    [
        ({"row": "Zinc", "kind": "table_cell"}, "zinc"),
        ({"column": "Zinc (mg)", "kind": "table_cell"}, "zinc"),
        ({"lead": "How much zinc to take:", "kind": "list_item"}, "zinc"),
        ({"heading": "Zinc in winter"}, "zinc"),
        ({"title": "All about zinc"}, "zinc"),
        ({"row": "Zinc", "heading": "Magnesium", "kind": "table_cell"}, "zinc"),
    ],
)
def test_a_nutrient_is_inherited(context, nutrient):
    assert one("15 mg", **context).nutrient == nutrient


def test_a_heading_that_names_two_nutrients_lends_none():
    assert doses("Take 15 mg.", Context(heading="Zinc and copper")) == ()


def test_the_sentence_before_lends_its_nutrient_but_not_its_compound():
    found = doses("We like magnesium glycinate. Take 200 mg at night.", Context())

    assert [(dose.nutrient, dose.is_compound) for dose in found] == [("magnesium", False)]


@pytest.mark.parametrize(
    ("text", "per_day"),
    [
        ("Take 100 mg of zinc.", 1),
        ("Take 100 mg of zinc a day.", 1),
        ("Take 100 mg of zinc twice daily.", 2),
        ("Take 100 mg of zinc two times a day.", 2),
        ("Twice a day, take 100 mg of zinc.", 2),
        ("Take 100 mg of zinc 3x daily.", 3),
        ("Take 100 mg of zinc TID.", 3),
        ("Take 100 mg of zinc with each meal.", 3),
        ("Take 100 mg of zinc every 6 hours.", 4),
        ("Take 100 mg of zinc in the morning and at night.", 2),
        ("Take 100 mg of zinc every other day.", Decimal("0.5")),
        ("Take 70 mg of zinc once a week.", Decimal(1) / 7),
        ("Take 100 mg of zinc a day in two divided doses.", 1),
        ("Take two 100 mg zinc capsules.", 2),
        ("Take 2 x 100 mg of zinc.", 2),
        ("Take three capsules of 100 mg zinc twice daily.", 6),
        ("Take two tablets (100 mg zinc each) daily.", 2),
        ("Take two tablets (100 mg zinc) daily.", 1),
        ("Take 100 mg of zinc a day for no longer than a month.", 1),
        ("In a 12-week plan, take 100 mg of zinc.", 1),
        ("Take 100 mg of vitamin D3 a day.", 1),
    ],
)
def test_what_a_day_adds_up_to(text, per_day):
    found = one(text)

    assert found.per_day == per_day
    assert found.high_ug == found.high * MG * per_day


def test_doses_of_one_sentence_have_a_frequency_each():
    found = doses("Take 200 mg of magnesium in the morning, 10 mg of zinc twice daily.", Context())

    assert [dose.per_day for dose in found] == [1, 2]


def test_doses_that_are_joined_share_their_frequency():
    found = doses("Take 10 mg of zinc and 100 mg of magnesium twice daily.", Context())

    assert [dose.per_day for dose in found] == [2, 2]


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("1,000 mg magnesium bisglycinate", Decimal("141.0")),
        ("1,000 mg magnesium oxide", Decimal("603.0")),
        ("100 mg zinc picolinate", Decimal("21.12")),
        ("200 mg of magnesium (as magnesium glycinate)", 200),
        ("200 mg magnesium from magnesium citrate", 200),
        ("200 mg elemental magnesium citrate", 200),
        ("zinc citrate: 10 mg of the element", 10),
        ("15 mg zinc lozenge", 15),
    ],
)
def test_compounds_count_as_their_element(text, milligrams):
    assert one(text).high_ug == milligrams * MG


def test_a_compound_without_a_known_share_counts_for_nothing():
    found = one("100 mg of zinc orotate")

    assert (found.is_compound, found.high_ug) == (True, None)


def test_the_element_named_beside_its_compound_is_what_counts():
    compound, element = doses("Take 1,000 mg of magnesium citrate (160 mg elemental) twice daily.", Context())

    assert compound.high_ug is None
    assert (element.high_ug, element.role) == (320 * MG, "advice")


@pytest.mark.parametrize(
    ("text", "micrograms"),
    [
        ("4,000 IU of vitamin D", 100),
        ("1,000 IU of retinol", 300),
        ("100 IU of vitamin E", 67_000),
        ("500 mcg DFE of folate", 300),
    ],
)
def test_units_of_a_nutrient_convert(text, micrograms):
    assert one(text).high_ug == micrograms


def test_units_of_unknown_worth_count_for_nothing():
    assert one("400 IU of zinc").high_ug is None
    assert one("16 mg NE of niacin").high_ug is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Take 2,000 IU (50 mcg) of vitamin D3 a day.", "2,000 IU (50 mcg) of vitamin D3 a day"),
        ("Take 50 µg (2,000 IU) of vitamin D3.", "50 µg (2,000 IU) of vitamin D3"),
        ("Take 1 mg (1,000 mcg) of B12.", "1 mg (1,000 mcg) of B12"),
    ],
)
def test_one_dose_in_two_units_is_one_dose(text, quote):
    assert said(text) == [quote]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Take up to 20 mg of zinc.", "max"),
        ("Take no more than 20 mg of zinc.", "max"),
        ("Take at least 20 mg of zinc.", "min"),
        ("Take 20 mg of zinc.", "exact"),
    ],
)
def test_bounds(text, bound):
    assert one(text).bound == bound


def test_a_passage_without_a_number_costs_nothing():
    assert doses("Take magnesium twice daily.", Context()) == ()


def test_an_endless_passage_is_read_as_far_as_anybody_would():
    text = "Take 15 mg of zinc. " + "x" * LONGEST + " Take 16 mg of zinc."

    assert said(text) == ["15 mg of zinc"]
