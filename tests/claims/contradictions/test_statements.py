"""What a text advises on amounts and timing, and when two pieces of advice cannot both be followed."""

from decimal import Decimal

import pytest

from claims.contradictions.statements import clash, gather, of_passage
from claims.doses.model import Context
from tests.claims.gold.score import snapshot_of


def amounts(text, **context):
    found = of_passage(text, Context(**context))
    return [(one.nutrient, one.form, one.group, one.low, one.high) for one in found if not one.timing]


def timings(text, **context):
    return [(one.nutrient, one.timing) for one in of_passage(text, Context(**context)) if one.timing]


def one(text):
    [found] = of_passage(text, Context())
    return found


def test_advice_is_kept_in_micrograms_a_day():
    found = amounts("Take 100 mg of elemental magnesium twice daily.")

    assert found == [("magnesium", "", "general", Decimal(200_000), Decimal(200_000))]


def test_a_compound_counts_as_its_element_and_keeps_its_form():
    [(nutrient, form, _, low, high)] = amounts("Take 1,000 mg of magnesium glycinate daily.")

    assert (nutrient, form, low, high) == ("magnesium", "bisglycinate", Decimal(141_000), Decimal(141_000))


def test_up_to_begins_at_nothing():
    assert amounts("Take up to 200 mg of magnesium daily.")[0][3:] == (Decimal(0), Decimal(200_000))


@pytest.mark.parametrize(
    "text",
    [
        "The upper limit for zinc is 40 mg a day.",
        "Participants received 50 mg of zinc a day.",
        "Start with 100 mg of magnesium a day.",
        "Work up to 300 mg of magnesium a day.",
        "Take at least 10 mg of zinc a day.",
        "Is 400 mg of magnesium a day too much?",
    ],
)
def test_what_is_no_advice_for_good_is_no_statement(text):
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take magnesium in the evening.", [("magnesium", "evening")]),
        ("Zinc and selenium can be taken with meals.", [("zinc", "with_food"), ("selenium", "with_food")]),
        ("Iron is best taken on an empty stomach.", [("iron", "empty_stomach")]),
        (
            "Take magnesium in the evening and zinc with breakfast.",
            [("magnesium", "evening"), ("zinc", "morning"), ("zinc", "with_food")],
        ),
        ("Do not take zinc on an empty stomach.", []),
        ("Take magnesium in the morning or at night.", []),
        ("Should you take iron with food?", []),
        ("Magnesium levels in the blood fall in the evening.", []),
        ("Volunteers were given zinc with food, as they usually take it.", []),
        ("Take a walk in the evening.", []),
    ],
)
def test_timing(text, expected):
    assert timings(text) == expected


def test_timing_takes_its_nutrient_from_around():
    assert timings("Take it in the evening.", heading="How to use magnesium") == [("magnesium", "evening")]


def test_a_callout_and_a_quotation_advise_nothing():
    assert timings("Take zinc with food.", callout="study-insight") == []
    assert timings("Take zinc with food.", kind="quotation") == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Take 100 mg of magnesium a day.", "Take 200–300 mg of magnesium a day.", "dose"),
        ("Take 100–200 mg of magnesium a day.", "Take 200–300 mg of magnesium a day.", ""),
        ("Take up to 200 mg of magnesium a day.", "Take 100 mg of magnesium a day.", ""),
        ("Take 100 mg of magnesium a day.", "Take 15 mg of zinc a day.", ""),
        ("Women should take 10 mg of zinc a day.", "Men should take 15 mg of zinc a day.", ""),
        ("Take magnesium in the evening.", "Take magnesium in the morning.", "timing"),
        ("Take iron with food.", "Take iron on an empty stomach.", "timing"),
        ("Take magnesium in the evening.", "Take magnesium with food.", ""),
        ("Take zinc picolinate with food.", "Take zinc gluconate on an empty stomach.", ""),
    ],
)
def test_only_advice_on_the_same_thing_clashes(first, second, expected):
    assert clash(one(first), one(second)) == expected
    assert clash(one(second), one(first)) == expected


def test_a_rewording_says_the_same():
    assert one("Take 15 mg of zinc daily.").said == one("Adults: take 15 mg zinc each day.").said
    assert one("Take 15 mg of zinc daily.").said != one("Take 16 mg of zinc daily.").said


def test_statements_quote_the_source_at_their_line():
    snapshot = snapshot_of({"text": "Zinc matters.\n\n- Take **15 mg** of zinc a day.\n"})

    [placed] = gather(snapshot.document.passages, snapshot.source.text, "")

    assert (placed.line, placed.quote) == (3, "15 mg** of zinc a day")
