"""Headings that lost their marks are found where no other reading fits, and nowhere else."""

import pytest

from articles.importers.headings import restore_headings
from tests.articles.importers.helpers import OTHER, SENTENCE, draft_of, ids_of, numbers_of, text_of


def restored(text):
    return restore_headings(draft_of(text, has_lost_marks=True))


@pytest.mark.parametrize(
    "below",
    [
        SENTENCE,
        f"\n{SENTENCE}",
        "- one\n- two",
        "1. one",
        "Statistic: half of us",
        "Good sources include:",
        "It is red.",
        "| a |",
        "> A quotation",
        ":::note",
    ],
)
def test_a_title_above_text_is_a_heading(below):
    draft = restored(f"{OTHER}\nUnderstanding Copper\n{below}")

    assert text_of(draft)[1] == "## Understanding Copper"
    assert numbers_of(draft)[1] == 2


def test_a_heading_stands_apart():
    draft = restored(f"{SENTENCE}\nConclusion\n{OTHER}")

    assert [line.text for line in draft.lines] == [SENTENCE, "", "## Conclusion", "", OTHER]


def test_a_question_can_be_a_heading():
    assert text_of(restored(f"What Is Copper Good For?\n{SENTENCE}"))[0] == "## What Is Copper Good For?"


@pytest.mark.parametrize(
    "text",
    [
        f"understanding copper\n{SENTENCE}",
        f"Copper keeps nerves well\n{SENTENCE}",
        f"Understanding Copper.\n{SENTENCE}",
        f"Key Roles of Copper:\n{SENTENCE}",
        "Understanding Copper",
        f"{SENTENCE}\n\nUnderstanding Copper",
        "One Title\nAnother Title\nA Third Title",
        f"Copper\n{SENTENCE[0].lower()}{SENTENCE[1:]}",
        f"  Understanding Copper\n{SENTENCE}",
        f"> Understanding Copper\n{SENTENCE}",
        f"```\nUnderstanding Copper\n{SENTENCE}\n```",
        f"By Jane Doe\n{SENTENCE}",
    ],
)
def test_no_headings(text):
    assert not any(line.startswith("#") for line in text_of(restored(text)))


def test_a_wrapped_name_inside_a_sentence_is_no_heading():
    draft = restored(f"as told by the\nNational Institutes of Health\n{SENTENCE}")

    assert not any(line.startswith("#") for line in text_of(draft))


def test_list_items_are_no_headings():
    text = "- Copper Pans\n- Copper Pipes\n- Copper Coins"

    assert text_of(restored(text)) == text.split("\n")


def test_the_last_title_of_a_list_is_no_heading_of_the_text_below():
    text = f"- Copper Pans\n- Copper Pipes\n{SENTENCE}"

    assert text_of(restored(text)) == text.split("\n")


def test_an_item_that_heads_a_paragraph_becomes_a_lower_heading():
    draft = restored(f"Copper and Iron\n{SENTENCE}\n- Better Blood\n{OTHER}\n- Better Bones\n{OTHER}")

    assert text_of(draft) == [
        "## Copper and Iron",
        SENTENCE,
        "### Better Blood",
        OTHER,
        "### Better Bones",
        OTHER,
    ]
    assert ids_of(draft.findings) == ["IMP01", "IMP11"]


def test_without_a_section_above_it_is_a_section_itself():
    assert text_of(restored(f"- Better Blood\n{OTHER}"))[0] == "## Better Blood"


def test_a_title_that_heads_items_among_others_that_head_paragraphs_is_one_of_them():
    draft = restored(
        f"Practical Tips\n- Dosage\n- Copper: 1 mg a day.\n- Iron: 8 mg a day.\n- Timing\n{OTHER}"
    )

    assert text_of(draft) == [
        "## Practical Tips",
        "### Dosage",
        "- Copper: 1 mg a day.",
        "- Iron: 8 mg a day.",
        "### Timing",
        OTHER,
    ]


def test_the_same_list_without_paragraphs_stays_a_list():
    draft = restored("Practical Tips\n- Dosage\n- Copper: 1 mg a day.\n- Iron: 8 mg a day.")

    assert text_of(draft)[1] == "- Dosage"


def test_leads_of_one_section_say_nothing_about_another():
    draft = restored(
        f"First Section\n- Better Blood\n{OTHER}\nSecond Section\n- Dosage\n- Copper: 1 mg a day."
    )

    assert "- Dosage" in text_of(draft)


@pytest.mark.parametrize(
    "text",
    [
        f"- Copper: it is red.\n{SENTENCE}",
        f"- Better Blood\n  {OTHER}",
        "- Better Blood\n\nshort",
        f"- {'Very ' * 12}Long\n{OTHER}",
    ],
)
def test_other_items_stay_items(text):
    assert text_of(restored(text))[0] == text.split("\n")[0]


def test_an_item_above_a_section_is_no_lead():
    draft = restored(f"- Copper Pans\nUnderstanding Copper\n{SENTENCE}")

    assert text_of(draft) == ["- Copper Pans", "## Understanding Copper", SENTENCE]


def test_short_lines_in_small_letters_are_asked_about():
    draft = restored(f"{SENTENCE}\nHow copper works\n{OTHER}\nWhere it is found\n{OTHER}")

    assert draft.not_understood == (
        "Lines 2 and 4: short and without a final stop, perhaps a heading; left as a paragraph.",
    )


def test_found_headings_are_told_with_their_lines():
    draft = restored(f"Copper Now\n{SENTENCE}\n{OTHER}\nCopper Then\n{OTHER}")

    assert (
        draft.findings[0].message == "Headings that had lost their marks were marked again (lines 1 and 4)."
    )
    assert draft.findings[0].line == 1


def test_a_text_that_kept_its_marks_is_left_alone():
    draft = draft_of(f"Understanding Copper\n{SENTENCE}")

    assert restore_headings(draft) is draft
