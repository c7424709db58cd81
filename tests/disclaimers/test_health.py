import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclaimers import health


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium glycinate is a chelated form.",
        "How VITAMIN D is made in the skin",
        "Beta\u2011carotene in carrots",
        "Living with type 2 diabetes",
        "Alzheimer\u2019s research this year",
        "Which dietary supplements are tested?",
        "Iron deficiency in runners",
        "Sleep and your diet",
        "Iron\nEat well for better health",
    ],
)
def test_health_articles_are_seen(text):
    assert health.is_about_health(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Iron gates of the old town",
        "The Sunday supplement has a crossword.",
        "A stroke of luck in the lottery",
        "Copper pipes and how to solder them",
        "Cancer, the fourth sign of the zodiac",
        "Zincite and magnesiumless alloys",
        "Choosing a domain name",
    ],
)
def test_other_articles_are_left_alone(text):
    assert not health.is_about_health(text)


@pytest.mark.parametrize(
    ("text", "sells", "count"),
    [
        ("Zinc supplements support immune function.", False, 1),
        ("Magnesium glycinate promotes relaxation. Zinc picolinate aids digestion!", False, 2),
        ("The capsules help maintain normal bones", False, 1),
        ("Zinc supports immune function.", False, 0),
        ("Zinc supports immune function.", True, 1),
        ("Zinc supplements do not support immune function.", False, 0),
        ("There is no evidence for it: zinc supplements never support sleep.", False, 0),
        ("Do zinc supplements support immune function?", False, 0),
        ("Supporters of zinc supplements met in May.", False, 0),
        ("Supplements are sold in shops.\nThe law supports this.", False, 0),
        ("", True, 0),
    ],
)
def test_statements_about_supplements_are_counted(text, sells, count):
    assert health.count_supplement_claims(text, sells=sells) == count


@given(st.text())
def test_any_text_can_be_read(text):
    health.is_about_health(text)

    assert health.count_supplement_claims(text, sells=True) >= 0


def test_a_sentence_without_end_is_read_in_linear_time():
    started = time.perf_counter()

    health.count_supplement_claims("zinc " * 40_000, sells=True)

    assert time.perf_counter() - started < 2
