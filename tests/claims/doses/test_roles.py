"""What a sentence does with an amount, and whom the amount is for."""

import pytest

from claims.doses.model import Context
from claims.doses.parse import doses


def role(text, **context):
    return [found.role for found in doses(text, Context(**context))]


def who(text, **context):
    return [
        (found.who.name, found.who.age_min, found.who.age_max) for found in doses(text, Context(**context))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 15 mg of zinc.", "advice"),
        ("We suggest 15 mg of zinc.", "advice"),
        ("15 mg of zinc a day is plenty.", "advice"),
        ("Do not take more than 15 mg of zinc.", "advice"),
        ("Participants received 15 mg of zinc.", "study"),
        ("Volunteers who took 15 mg of zinc slept well.", "study"),
        ("A 2019 trial tested 15 mg of zinc.", "study"),
        ("Doctors prescribe 150 mg of zinc for Wilson's disease.", "study"),
        ("A cup of lentils has 3 mg of zinc.", "food"),
        ("The body holds 2 g of zinc.", "food"),
        ("The RDA for zinc is 11 mg.", "rda"),
        ("Adults need about 11 mg of zinc a day.", "rda"),
        ("The upper limit for zinc is 40 mg.", "limit"),
        ("40 mg is the upper limit for zinc.", "limit"),
        ("20 mg of zinc is well below the upper limit.", "none"),
        ("More than 40 mg of zinc can cause nausea.", "warning"),
        ("Never take 100 mg of zinc.", "warning"),
        ("Each capsule contains 15 mg of zinc.", "label"),
        ("Is 15 mg of zinc enough?", "question"),
        ('People search for "15 mg of zinc" a lot.', "quotation"),
    ],
)
def test_a_sentence_gives_an_amount_its_role(text, expected):
    assert role(text) == [expected]


def test_each_amount_of_a_sentence_has_its_own():
    text = "The RDA for zinc is 11 mg, the upper limit is 40 mg, and we suggest 15 mg a day."

    assert role(text) == ["rda", "limit", "advice"]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({"kind": "table_cell", "row": "Zinc", "column": "RDA"}, "rda"),
        ({"kind": "table_cell", "row": "Zinc", "column": "UL (mg)"}, "limit"),
        ({"kind": "table_cell", "row": "Zinc", "column": "Daily dose"}, "advice"),
        ({"kind": "table_cell", "row": "Upper limit", "column": "Zinc"}, "limit"),
        ({"kind": "list_item", "lead": "Recommended dietary allowance of zinc:"}, "rda"),
        ({"kind": "list_item", "lead": "What to take of zinc:"}, "advice"),
        ({"heading": "Zinc: upper limits"}, "none"),
        ({"heading": "Zinc", "callout": "study-insight"}, "study"),
        ({"heading": "Zinc", "kind": "quotation"}, "quotation"),
    ],
)
def test_surroundings_give_a_bare_amount_its_role(context, expected):
    assert role("40 mg", **context) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 15 mg of zinc.", ("general", 19, 120)),
        ("Adults can take 15 mg of zinc.", ("general", 19, 120)),
        ("Men can take 15 mg of zinc.", ("men", 19, 120)),
        ("Women can take 15 mg of zinc.", ("women", 19, 120)),
        ("Pregnant women can take 15 mg of zinc.", ("pregnancy", 19, 120)),
        ("While breastfeeding, take 15 mg of zinc.", ("lactation", 19, 120)),
        ("Toddlers can take 3 mg of zinc.", ("child", 1, 3)),
        ("Children can take 5 mg of zinc.", ("child", 4, 8)),
        ("Children aged 9 to 13 can take 5 mg of zinc.", ("child", 9, 13)),
        ("For 6-year-old kids, take 5 mg of zinc.", ("child", 6, 6)),
        ("Babies of 9 months can have a dose of 3 mg zinc.", ("child", 0, 1)),
        ("Teens can take 10 mg of zinc.", ("child", 14, 18)),
        ("Adults over 70 can take 10 mg of zinc.", ("older", 70, 120)),
        ("People on dialysis can take 10 mg of zinc.", ("kidney", 19, 120)),
        ("Take 15 mg of zinc; it is not meant for children.", ("general", 19, 120)),
        ("Take 15 mg of zinc and keep it out of reach of children.", ("general", 19, 120)),
        ("Unless you are pregnant, take 15 mg of zinc.", ("general", 19, 120)),
    ],
)
def test_whom_an_amount_is_for(text, expected):
    assert who(text) == [expected]


def test_each_amount_has_its_own_group():
    found = who("Men can take 11 mg of zinc, women 8 mg.")

    assert [name for name, _, _ in found] == ["men", "women"]


@pytest.mark.parametrize("place", ["row", "column", "lead", "heading"])
def test_a_group_is_inherited(place):
    found = who("5 mg of zinc", kind="table_cell", **{place: "For toddlers"})

    assert found == [("child", 1, 3)]
