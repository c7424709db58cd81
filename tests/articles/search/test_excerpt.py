"""The part of a text that is shown below a title, and what is marked in it."""

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from articles.search.excerpt import LENGTH, excerpt, marked
from articles.search.question import ask

FILLER = "Nothing of note stands here. " * 20


def shown(text, asked, language="en"):
    return str(excerpt(text, ask(asked), language))


def test_words_found_are_marked():
    assert shown("Zinc and copper.", "copper") == "Zinc and <mark>copper</mark>."


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("Two capsules", "capsule", "capsules"),
        ("Zwei Präparate", "praparat", "Präparate"),
        ("β-carotene", "beta carotene", "β"),
        ("Cholecalciferol is", "vit d", "Cholecalciferol"),
        ("Magnesium is", "magn", "Magnesium"),
        ("Take vitamin D now", "vitamin d", "vitamin D"),
        ("cafe\u0301 noir", "café", "café"),
        ("the body’s iron", "body", "body’s"),
    ],
)
def test_what_the_index_finds_is_marked(text, asked, found):
    assert f"<mark>{found}</mark>" in shown(text, asked, "de" if "Prä" in text else "en")


def test_half_a_phrase_is_not_marked():
    assert shown("Fish and oil, fish oil.", '"fish oil"') == "Fish and oil, <mark>fish oil</mark>."


def test_the_excerpt_is_the_place_where_most_words_stand_together():
    text = f"Zinc first. {FILLER} Zinc lowers copper in the blood. {FILLER}"

    assert "<mark>Zinc</mark> lowers <mark>copper</mark>" in shown(text, "zinc copper")


def test_an_excerpt_is_short_and_says_that_it_is_a_part():
    found = shown(f"{FILLER} zinc {FILLER}", "zinc")

    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < LENGTH + 40


def test_words_are_not_cut():
    found = shown(f"{FILLER} zinc {FILLER}", "zinc")

    assert set(re.findall(r"\w+", found)) <= {*FILLER.replace(".", "").split(), "zinc", "mark"}


def test_without_a_word_there_is_no_excerpt():
    assert shown("Zinc", "copper") == ""


def test_lines_become_one():
    assert shown("Zinc\n\nin copper", "zinc") == "<mark>Zinc</mark> in copper"


def test_text_is_escaped():
    assert (
        shown("<b>zinc</b> & <script>", "zinc") == "&lt;b&gt;<mark>zinc</mark>&lt;/b&gt; &amp; &lt;script&gt;"
    )


def test_a_title_is_shown_whole():
    title = f"{FILLER}<i> zinc"

    assert str(marked(title, ask("zinc"), "en")) == f"{escape(FILLER)}&lt;i&gt; <mark>zinc</mark>"


@given(st.text(max_size=400), st.text(max_size=40))
def test_no_text_and_no_question_put_markup_on_the_page(text, asked):
    bare = re.sub(r"</?mark>", "", shown(text, asked))

    assert "<" not in bare
    assert ">" not in bare
    assert shown(text, asked).count("<mark>") == shown(text, asked).count("</mark>")
