""" "You may also like" leaves the text; its titles become pins."""

import pytest

from articles.importers.recommendations import take_recommendations, unglue
from tests.articles.importers.helpers import OTHER, SENTENCE, draft_of, ids_of, text_of

ONE, TWO = "Copper and Bone Health: A Closer Look", "How Iron and Copper Meet in the Blood of Everyone"


def test_glued_titles_become_pins():
    draft = take_recommendations(draft_of(f"{SENTENCE}\nYou May Also Like:\n{ONE}\n{TWO}\n{OTHER}"))

    assert draft.pins == (ONE, TWO)
    assert text_of(draft) == [SENTENCE, OTHER]
    assert (draft.findings[0].id, draft.findings[0].line) == ("IMP02", 2)
    assert draft.findings[0].quote == f"You May Also Like:\n{ONE}\n{TWO}"


@pytest.mark.parametrize(
    "marker",
    [
        "You may also like",
        "You may also like:",
        "**You May Also Like:**",
        "## You might also enjoy",
        "> Recommended for you",
        "Related articles",
        "READ NEXT:",
    ],
)
def test_markers(marker):
    draft = take_recommendations(draft_of(f"{marker}\n{ONE}\n\n{SENTENCE}"))

    assert draft.pins == (ONE,)
    assert text_of(draft) == [SENTENCE]


@pytest.mark.parametrize(
    "text",
    [
        "You may also like copper.",
        "Related articles of clothing",
        "If this is recommended for you, take it.",
        "Further reading",
        "```\nYou may also like\n```",
    ],
)
def test_no_markers(text):
    draft = draft_of(text)

    assert text_of(take_recommendations(draft)) == text_of(draft)


@pytest.mark.parametrize("text", [f"You may also like\n\n{SENTENCE}", f"{SENTENCE}\n\nYou may also like"])
def test_an_empty_marker_goes_and_is_reported(text):
    draft = take_recommendations(draft_of(text))

    assert draft.pins == ()
    assert text_of(draft) == [SENTENCE]
    assert ids_of(draft.findings) == ["IMP03"]
    assert "is followed by no titles" in draft.not_understood[0]


@pytest.mark.parametrize(
    ("items", "pins"),
    [
        (f"- {ONE}\n- {TWO}", (ONE, TWO)),
        (f"\n- {ONE}\n- {TWO}", (ONE, TWO)),
        (f"1. [{ONE}](/copper-bone/)\n2. [{TWO}](https://example.org/x)", (ONE, TWO)),
        ("- how copper works\n- [all about iron](/iron/)", ("how copper works", "all about iron")),
        (f"[{ONE}](/a/)\n[{TWO}](/b/)", (ONE, TWO)),
    ],
)
def test_lists_and_links(items, pins):
    draft = take_recommendations(draft_of(f"You may also like:\n{items}\n\n{SENTENCE}"))

    assert draft.pins == pins
    assert text_of(draft) == [SENTENCE]


def test_items_that_are_sentences_are_no_titles():
    draft = take_recommendations(draft_of("You may also like:\n- Copper pans, which last a lifetime."))

    assert draft.pins == ()
    assert text_of(draft) == ["- Copper pans, which last a lifetime."]


def test_a_title_behind_the_colon():
    draft = take_recommendations(draft_of(f"{SENTENCE}\nYou May Also Like: {ONE}\n{OTHER}"))

    assert draft.pins == (ONE,)
    assert text_of(draft) == [SENTENCE, OTHER]


def test_the_list_ends_at_the_house_line():
    house = "Copper for Everyone is an original (Acme) article."
    draft = take_recommendations(draft_of(f"You May Also Like:\n{ONE}\n{house}"))

    assert draft.pins == (ONE,)
    assert text_of(draft) == [house]


def test_a_short_last_title_above_a_sentence_is_its_heading():
    draft = take_recommendations(draft_of(f"You May Also Like:\n{ONE}\nUnderstanding Copper\n{SENTENCE}"))

    assert draft.pins == (ONE,)
    assert text_of(draft) == ["Understanding Copper", SENTENCE]


def test_a_long_last_title_above_a_sentence_is_a_title():
    draft = take_recommendations(draft_of(f"You May Also Like:\n{ONE}\n{TWO}\n{SENTENCE}"))

    assert draft.pins == (ONE, TWO)


def test_pins_are_told_once():
    draft = take_recommendations(
        draft_of(f"You May Also Like:\n{ONE}\n\nRead next\n{ONE}\n{TWO}", pins=("first",))
    )

    assert draft.pins == ("first", ONE, TWO)


@pytest.mark.parametrize("glue", ["", " ", "  "])
@pytest.mark.parametrize("marker", ["Recommended for you", "You May Also Like:"])
def test_a_marker_glued_to_a_sentence_is_parted(glue, marker):
    draft = unglue(draft_of(f"It treats no disease.{glue}{marker}"))

    assert text_of(draft) == ["It treats no disease.", marker]
    assert {line.number for line in draft.lines} == {1}


def test_a_marker_glued_before_a_sentence_is_parted():
    draft = unglue(draft_of("Recommended for youFor ages, people wore copper."))

    assert text_of(draft) == ["Recommended for you", "For ages, people wore copper."]


@pytest.mark.parametrize(
    "text",
    ["This dose is recommended for you", "Recommended for young adults.", "```\nEnd.You may also like\n```"],
)
def test_sentences_are_not_parted(text):
    draft = draft_of(text)

    assert text_of(unglue(draft)) == text_of(draft)
