"""Markup of other systems stays as text and is named."""

import pytest

from articles.importers.residue import mark_bullets, report_residue
from tests.articles.importers.helpers import draft_of, text_of


@pytest.mark.parametrize(
    "text",
    [
        "<div class='x'>",
        "Copper<br>iron",
        "H<sub>2</sub>O",
        "</p>",
        "Text <!-- open",
        '<img src="x.png" />',
    ],
)
def test_html_is_named(text):
    draft = report_residue(draft_of(f"First.\n{text}"))

    assert text_of(draft) == ["First.", text]
    assert draft.not_understood[0].startswith("Line 2:")
    assert "HTML" in draft.not_understood[0]


@pytest.mark.parametrize(
    "text", ['{{< figure src="x.png" >}}', "{% include ad.html %}", "{{ page.title }}", "[gallery ids=1]"]
)
def test_shortcodes_are_named(text):
    draft = report_residue(draft_of(text))

    assert text_of(draft) == [text]
    assert "shortcode" in draft.not_understood[0]


@pytest.mark.parametrize(
    "text",
    [
        "<https://example.org>",
        "<jane@example.org>",
        "a < b and c > d",
        "`<div>` is a tag",
        "```\n<div>\n```",
        "5 <6",
    ],
)
def test_other_angles_are_left_in_peace(text):
    assert report_residue(draft_of(text)).not_understood == ()


def test_a_comment_of_one_line_goes_and_is_told():
    draft = report_residue(draft_of("First.\n<!-- more -->\nSecond."))

    assert text_of(draft) == ["First.", "Second."]
    assert (draft.findings[0].id, draft.findings[0].quote) == ("IMP13", "<!-- more -->")


@pytest.mark.parametrize("bullet", "•·▪●‣◦")
def test_letters_that_stand_for_bullets(bullet):
    assert text_of(mark_bullets(draft_of(f"{bullet} zinc"))) == ["- zinc"]


def test_a_point_inside_a_line_is_no_bullet():
    assert text_of(mark_bullets(draft_of("zinc • copper\n•zinc"))) == ["zinc • copper", "•zinc"]
