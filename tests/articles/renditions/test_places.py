"""Widths of the boxes in the pages. The browser test holds them against the style sheets."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.renditions import places
from articles.renditions.places import PLACES, enough, sizes

RATIOS = st.floats(0.02, 50)


@pytest.mark.parametrize(
    ("place", "ratio", "expected"),
    [
        ("hero", 16 / 9, "(min-width:1310px) 1216px,93vw"),
        ("hero", 4, "(min-width:1310px) 1946px,209vw"),
        ("text", 4, "(min-width:1280px) 832px,(min-width:650px) 592px,93vw"),
        ("thumb", 16 / 9, "171px"),
        ("thumb", 0.5, "96px"),
        ("card", 1.5, "(min-width:672px) 340px,144px"),
        ("box", 9, "128px"),
    ],
)
def test_sizes(place, ratio, expected):
    assert sizes(place, ratio) == expected


@pytest.mark.parametrize(
    ("place", "pixels"), [("thumb", 96 * 3), ("box", 128 * 3), ("hero", 1216 * 2), ("text", 832 * 2)]
)
def test_enough_is_what_the_densest_screen_shows(place, pixels):
    assert round(enough(place, 1.0)) in range(pixels, pixels + 10)


@given(st.sampled_from(sorted(PLACES)), RATIOS)
def test_sizes_are_always_a_valid_list(place, ratio):
    *conditional, last = sizes(place, ratio).split(",")

    assert re.fullmatch(r"[1-9]\d*(px|vw)", last)
    assert all(re.fullmatch(r"\(min-width:\d+px\) [1-9]\d*(px|vw)", part) for part in conditional)
    assert enough(place, ratio) >= 96


@given(st.sampled_from(sorted(PLACES)), RATIOS, RATIOS)
def test_a_wider_picture_never_needs_less(place, one, other):
    low, high = sorted((one, other))

    assert enough(place, low) <= enough(place, high)


def test_every_place_ends_with_a_step_for_every_window():
    assert all(steps[-1].from_px == 0 for steps in PLACES.values())
    assert all(
        [step.from_px for step in steps] == sorted((step.from_px for step in steps), reverse=True)
        for steps in PLACES.values()
    )
    assert places.HERO in PLACES
