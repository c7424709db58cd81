import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclaimers import advice


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 200 mg of magnesium a day.", {"magnesium"}),
        ("Try a zinc supplement in winter.", {"zinc"}),
        ("We recommend selenium capsules.", {"selenium"}),
        ("Choose magnesium glycinate before bed.", {"magnesium"}),
        ("Start with 25 µg of vitamin D3.", {"vitamin_d"}),
        ("Aim for 10 MG of ZINC and 1 mg of copper.", {"zinc", "copper"}),
        ("Take fish oil capsules with a meal.", {"omega_3"}),
        ("Rest well.\nTake iron tablets.", {"iron"}),
    ],
)
def test_a_supplement_is_advised(text, expected):
    assert advice.supplements_advised(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "For an adult, 100 to 200 mg of elemental magnesium a day, taken with food, is plenty.",
            {"magnesium"},
        ),
        ("A supplement of about 50 µg of selenium a day stays far below both limits.", {"selenium"}),
        ("1,000 µg of B12 twice a week closes the gap.", {"vitamin_b12"}),
        (
            "If you do not drink that much: 150 µg of iodine a day, as potassium iodide.",
            set(),
        ),  # "not" refuses
        ("75 to 150 µg of iodine daily, as potassium iodide, closes the gap.", {"iodine"}),
    ],
)
def test_so_much_a_day_is_advice_without_a_verb(text, expected):
    assert advice.supplements_advised(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The US upper limit for adults is 350 mg of magnesium a day from supplements.",
        "Adults need 8 mg of zinc a day.",
        "36,282 women took 1,000 mg of calcium a day, or a placebo.",
        "In a trial, 200 µg of selenium a day brought no benefit.",
        "The reference intake is 150 µg of iodine per day.",
        "The tablet holds 99 mg of potassium, a quarter of what a day needs.",
        "More than 40 mg of zinc a day is too much.",
        "Is 400 mg of magnesium a day enough?",
        "200 mg of magnesium.",
    ],
)
def test_reporting_an_amount_a_day_is_not_advising_it(text):
    assert advice.supplements_advised(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If you use a mineral tablet for bone, read our guide to calcium first.", set()),
        ("Ask a pharmacist when you take zinc tablets.", set()),
        ("If you use magnesium tablets, take them with food.", {"magnesium"}),
        ("Before you buy iron tablets, have your blood tested.", set()),
    ],
)
def test_a_condition_tells_nobody_to_take_anything(text, expected):
    assert advice.supplements_advised(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Potassium iodide tablets", {"iodine"}),
        ("Potassium and iodide", {"potassium", "iodine"}),
        ("Chromium picolinate", {"chromium"}),
        ("CALCIUM\u00a0citrate", {"calcium"}),
        ("Ironing board", set()),
    ],
)
def test_of_names_within_names_the_longest_counts(text, expected):
    assert advice.nutrients_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zinc is a mineral.",
        "Zinc supplements are sold everywhere.",
        "The study gave 200 mg of magnesium a day.",
        "Eat more foods with magnesium.",
        "Take a walk. Zinc supplements exist.",
        "Take care: magnesium is in nuts.",
    ],
)
def test_naming_a_supplement_is_not_advising_it(text):
    assert advice.supplements_advised(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Do not take zinc supplements.",
        "Never take 500 mg of magnesium.",
        "Avoid taking iron tablets.",
        "Stop taking selenium capsules.",
        "Get enough sleep instead of magnesium tablets.",
    ],
)
def test_refusing_a_supplement_is_not_advising_it(text):
    assert advice.supplements_advised(text) == frozenset()


@pytest.mark.parametrize("text", ["Should you take zinc supplements?", "Which magnesium tablets are best? "])
def test_asking_is_not_advising(text):
    assert advice.supplements_advised(text) == frozenset()


def test_a_refusal_holds_for_its_own_sentence_only():
    assert advice.supplements_advised("Do not take iron tablets. Take zinc tablets.") == {"zinc"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The study gave 200 mg of magnesium.", {"magnesium"}),
        ("Vitamin D: 2,000 IU.", {"vitamin_d"}),
        ("30\u00a0\u03bcg of selenium", {"selenium"}),
        ("Zinc. 200 mg of it.", set()),
        ("Zinc in 300 enzymes.", set()),
        ("Zinc for 5 games.", set()),
        ("Magnesium.", set()),
    ],
)
def test_an_amount_belongs_to_the_nutrient_of_its_sentence(text, expected):
    assert advice.doses_named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("400 mg magnesium citrate", True),
        ("400 mg of magnesium bisglycinate", True),
        ("50 mg zinc-rich picolinate", True),
        ("400 mg of magnesium", False),
        ("magnesium citrate", False),
        ("400 mg magnesium citrated", False),
    ],
)
def test_an_amount_of_a_compound_is_seen(text, expected):
    assert advice.has_compound_dose(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask first if you are pregnant.", {"pregnancy"}),
        ("With kidney disease, and for Children.", {"kidney", "children"}),
        ("Childish kidneys.", set()),
        ("Kidney beans.", set()),
    ],
)
def test_groups_are_named(text, expected):
    assert advice.groups_named(text) == expected


def test_the_longer_name_is_found_in_a_list_of_names():
    assert advice.words(["a", "a b"]).findall("a b, a, ab") == ["a b", "a"]


@given(st.text())
def test_no_text_makes_it_fail(text):
    known = set(advice.terms()["nutrients"])

    assert advice.supplements_advised(text) <= known
    assert advice.doses_named(text) <= known
    assert advice.groups_named(text) <= set(advice.terms()["groups"])
    assert advice.has_compound_dose(text) in {True, False}
