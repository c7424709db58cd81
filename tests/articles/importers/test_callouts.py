"""Evidence labels become containers, wherever they were glued."""

import pytest

from articles.importers.callouts import count_written, make_callouts, split_glued
from tests.articles.importers.helpers import OTHER, SENTENCE, draft_of, numbers_of, text_of


def lost(text):
    return draft_of(text, has_lost_marks=True)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Statistic:", "statistic"),
        ("Clinical Evidence:", "clinical-evidence"),
        ("Research Highlight:", "research-highlight"),
        ("Study Insight:", "study-insight"),
        ("**Statistic:**", "statistic"),
        ("**Clinical Evidence**:", "clinical-evidence"),
        ("- Study Insight:", "study-insight"),
        ("- **Study Insight:**", "study-insight"),
        ("> Statistic:", "statistic"),
        ("CLINICAL EVIDENCE:", "clinical-evidence"),
    ],
)
def test_labels(label, name):
    draft = make_callouts(lost(f"{label} {SENTENCE}"))

    assert text_of(draft) == [f":::{name}", SENTENCE, ":::"]
    assert draft.callout_count == 1


@pytest.mark.parametrize(
    "text",
    [
        "Statistics: an introduction.",
        "The statistic: copper is rare.",
        "Statistic without a colon.",
        "Clinical evidence is thin.",
        "```\nStatistic: x\n```",
        "| Statistic: x |",
    ],
)
def test_no_labels(text):
    draft = make_callouts(lost(text))

    assert text_of(draft) == text.split("\n")
    assert draft.callout_count == 0


def test_blank_lines_set_it_apart_and_numbers_stay():
    draft = make_callouts(lost(f"{SENTENCE}\nStatistic: {OTHER}\n{SENTENCE}"))

    assert [line.text for line in draft.lines] == [SENTENCE, "", ":::statistic", OTHER, ":::", "", SENTENCE]
    assert numbers_of(draft) == [1, 2, 2, 2, 3]


def test_a_wrapped_paragraph_goes_in_whole():
    draft = make_callouts(draft_of(f"Statistic: nearly\nhalf of us.\n\n{OTHER}"))

    assert text_of(draft) == [":::statistic", "nearly", "half of us.", ":::", OTHER]


def test_a_label_alone_on_its_line_takes_the_lines_below():
    draft = make_callouts(draft_of("**Statistic:**\nNearly half of us."))

    assert text_of(draft) == [":::statistic", "Nearly half of us.", ":::"]


@pytest.mark.parametrize("indent", ["  ", "    "])
@pytest.mark.parametrize("has_lost_marks", [True, False])
def test_an_item_of_several_lines_goes_in_whole(indent, has_lost_marks):
    text = f"* **Statistic:** nearly\n{indent}half of us\n{indent}sleep.\n* another item"
    draft = make_callouts(draft_of(text, has_lost_marks=has_lost_marks))

    assert text_of(draft) == [":::statistic", "nearly", "half of us", "sleep.", ":::", "* another item"]


def test_a_lazy_line_goes_on_with_its_item_in_markdown_only():
    text = "- Statistic: nearly\nhalf of us."

    assert text_of(make_callouts(draft_of(text)))[2] == "half of us."
    assert text_of(make_callouts(lost(text)))[2] == ":::"


def test_a_quotation_of_several_lines_stays():
    text = "> Statistic: nearly\n> half of us."

    assert text_of(make_callouts(draft_of(text))) == text.split("\n")


def test_the_message_names_the_lines():
    draft = make_callouts(lost(f"Statistic: a.\n{SENTENCE}\nStudy Insight: b."))

    assert draft.findings[0].message == "Evidence labels made callouts: 2 (lines 1 and 3)."


@pytest.mark.parametrize(
    "text",
    [
        "Cells need it. - Clinical Evidence: A study of nobody.",
        "Cells need it. – Clinical Evidence: A study of nobody.",
        "Cells need it. Clinical Evidence: A study of nobody.",
        "Cells need it. - **Clinical Evidence:** A study of nobody.",
        "Cells need it.) - Clinical Evidence: A study of nobody.",
    ],
)
def test_a_glued_label_is_parted(text):
    draft = split_glued(lost(text))

    assert text_of(draft)[0].startswith("Cells need it.")
    assert "Clinical Evidence:" in text_of(draft)[1]
    assert text_of(make_callouts(draft))[1:] == [":::clinical-evidence", "A study of nobody.", ":::"]
    assert set(numbers_of(draft)) == {1}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("They add up. - Better Sleep", ["They add up.", "- Better Sleep"]),
        ("They add up. - Timing: in the evening.", ["They add up.", "- Timing: in the evening."]),
        ("- One thing. - Another Thing", ["- One thing.", "- Another Thing"]),
    ],
)
def test_glued_list_items_are_parted(text, pieces):
    draft = split_glued(lost(text))

    assert text_of(draft) == pieces
    assert "line 1" in draft.findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        "They add up. - And so they should, in the end.",
        "Copper - a metal - is red.",
        "From 5 - 10 mg.",
        "A well-known fact. It is.",
        "Statistic: A line of its own.",
        "```\nx. - Clinical Evidence: y\n```",
        "| x. - Clinical Evidence: y |",
    ],
)
def test_other_dashes_stay(text):
    draft = lost(text)

    assert text_of(split_glued(draft)) == text_of(draft)
    assert split_glued(draft).findings == ()


def test_several_labels_in_one_line():
    draft = make_callouts(
        split_glued(lost("Yes. - Statistic: Half of us. - Study Insight: All of us. - More Sleep"))
    )

    assert text_of(draft) == [
        "Yes.",
        ":::statistic",
        "Half of us.",
        ":::",
        ":::study-insight",
        "All of us.",
        ":::",
        "- More Sleep",
    ]
    assert draft.callout_count == 2


def test_containers_that_the_author_wrote_are_counted():
    draft = count_written(
        draft_of(
            ":::statistic\nx\n:::\n\n:::note\ny\n:::\n\n::: study-insight A title\nz\n:::\n\n```\n:::statistic\n```"
        )
    )

    assert draft.callout_count == 2
