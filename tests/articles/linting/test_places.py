"""Lines and quotes of the file as its author sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.linting.places import NEAR, Original, folded
from cms.contracts import Finding

TEXT = """---
title: Copper
author: Ana Weiß
affiliate_link: "https://shop.example/copper"
colour: red
---

Copper “moves iron”
from the liver.

Zinc does not. Zinc never did.
"""


def place(message="Look here.", text=TEXT, front_matter=None, **finding):
    return Original(text, front_matter or {}).place(Finding("X01", "warning", message, **finding))


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ({"line": 11, "quote": "Zinc"}, (11, "Zinc")),
        ({"quote": "Zinc"}, (11, "Zinc")),
        ({"line": 8, "quote": 'Copper "moves iron" from'}, (8, 'Copper "moves iron" from')),
        ({"line": 8, "quote": "from the liver"}, (9, "from the liver")),
        ({"line": 8}, (8, "")),
        ({"line": 0}, (1, "")),
        ({"line": 400}, (12, "")),
        ({}, (1, "")),
        ({"quote": "nowhere"}, (1, "")),
        ({"line": 11, "quote": "never d…"}, (11, "never d")),
    ],
)
def test_lines_and_quotes(finding, expected):
    assert place(**finding) == expected


def test_words_that_the_import_rewrote_give_way_to_the_line():
    assert place(line=11, quote="[@zinc2013]") == (11, "Zinc does not. Zinc never did.")


def test_the_nearest_of_equal_words_counts():
    text = "Zinc.\n\nIron.\n\nZinc.\n"

    assert place(text=text, line=4, quote="Zinc") == (5, "Zinc")


def test_equal_words_far_away_are_others():
    text = "Iron.\n" + "\n" * (NEAR + 1) + "Zinc."

    assert place(text=text, line=1, quote="Zinc") == (1, "Iron.")


@pytest.mark.parametrize("quote", ["aff:shop-copper", "shop-copper"])
def test_a_stored_value_leads_to_its_key(quote):
    stored = {"affiliate_link": "shop-copper"}

    assert place(front_matter=stored, quote=quote) == (4, 'affiliate_link: "https://shop.example/copper"')


def test_a_key_of_another_system_is_found_under_our_name():
    assert place(front_matter={"authors": ["ana-weiss"]}, quote="ana-weiss") == (3, "author: Ana Weiß")


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("The front matter’s “colour” is no key of ours.", 5),
        ("The author “Ana Weiß” was added.", 3),
        ("“from the liver” is said twice.", 9),
        ("“Nothing of this” is here.", 1),
        ("The article has no title.", 2),
    ],
)
def test_the_message_names_the_place(message, line):
    assert place(message) == (line, "")


def test_a_value_deep_inside_a_key_is_found():
    stored = {"colour": [{"shade": "crimson"}]}

    assert place(front_matter=stored, quote="crimson") == (5, "colour: red")


def test_a_file_that_is_no_text_keeps_what_its_importer_said():
    assert place(text="", line=7, quote="Zinc") == (7, "Zinc")


def test_front_matter_that_never_ends_has_no_keys():
    assert place("“title” is odd.", text="---\ntitle: A\nText.") == (2, "")


def test_a_title_that_is_missing_without_front_matter():
    assert place("The article has no title.", text="Text.") == (1, "")


@given(st.text(max_size=200), st.text(max_size=20), st.none() | st.integers(-3, 300))
def test_the_line_lies_in_the_file_and_the_quote_stands_there(text, quote, line):
    number, words = place(text=text, quote=quote, line=line)

    if text:
        assert 1 <= number <= len(text.split("\n"))
        following = " ".join(folded("\n".join(text.split("\n")[number - 1 :])).split())
        assert " ".join(folded(words).split()) in following
