"""One line a paragraph, or lines broken by hand."""

import pytest

from articles.importers.shape import find_lost_marks, is_wrapped, paragraphs, separate
from tests.articles.importers.helpers import OTHER, SENTENCE, draft_of, text_of

WRAPPED = """
    Copper is carried in the blood by a protein that also moves iron
    from the liver. Most people get enough of it from nuts, beans and
    whole grains on an ordinary day, and need nothing else.
    """
ONE_LINE = f"""
    {SENTENCE}
    {OTHER}
    Understanding Copper
    {SENTENCE}
    """


def marked(text):
    return find_lost_marks(draft_of(text))


def test_broken_sentences_are_wrapped():
    assert is_wrapped(draft_of(WRAPPED).lines)


@pytest.mark.parametrize(
    "text",
    [
        ONE_LINE,
        SENTENCE,
        "",
        f"{SENTENCE}\n\n{OTHER}",
        f"You May Also Like:\nOne Title\nAnother Title\n{SENTENCE}",
        f"Good sources are:\n{SENTENCE}",
    ],
)
def test_one_line_a_paragraph_is_not_wrapped(text):
    assert not is_wrapped(draft_of(text).lines)


def test_one_odd_line_does_not_make_a_text_wrapped():
    text = "\n".join([*[SENTENCE] * 12, "Good sources are nuts and", "grains.", *[OTHER] * 12])

    assert not is_wrapped(draft_of(text).lines)


def test_a_text_with_a_heading_has_its_marks():
    assert not marked(f"## Copper\n{SENTENCE}\n{OTHER}").has_lost_marks


def test_a_wrapped_text_has_its_marks():
    assert not marked(WRAPPED).has_lost_marks


def test_one_line_paragraphs_without_headings_have_lost_them():
    assert marked(ONE_LINE).has_lost_marks


def test_a_heading_in_code_does_not_count():
    assert marked(f"{SENTENCE}\n{OTHER}\n```\n# comment\n```").has_lost_marks


def test_each_line_is_a_paragraph_where_marks_are_lost():
    assert list(paragraphs(marked(f"{SENTENCE}\n{OTHER}\n\n- item\nLast one."))) == [(0, 1), (1, 2), (4, 5)]


def test_neighbouring_lines_are_one_paragraph_in_markdown():
    assert list(paragraphs(marked(f"## A\n{SENTENCE}\n{OTHER}\n\nLast one."))) == [(1, 3), (4, 5)]


def test_separate_puts_blank_lines_between_paragraphs():
    draft = separate(marked(f"{SENTENCE}\n{OTHER}\n- one\n- two\n{SENTENCE}"))

    assert [line.text for line in draft.lines] == [SENTENCE, "", OTHER, "", "- one", "- two", "", SENTENCE]


@pytest.mark.parametrize(
    "text",
    [
        "- one\n  goes on\n- two",
        "- one\n    goes on",
        "A line with a hard break  \nand its other half.",
        "A line with a hard break\\\nand its other half.",
        "> one\n> two",
        "| a | b |\n| - | - |\n| 1 | 2 |",
        ":::note\nInside.\n:::",
    ],
)
def test_separate_leaves_what_belongs_together(text):
    draft = separate(draft_of(text, has_lost_marks=True))

    assert "" not in [line.text for line in draft.lines]


def test_separate_leaves_markdown_alone():
    draft = separate(marked(f"## A\n{SENTENCE}\n{OTHER}"))

    assert text_of(draft) == ["## A", SENTENCE, OTHER]
    assert "" not in [line.text for line in draft.lines]
