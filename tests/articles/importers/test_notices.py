"""Disclaimers at the end become records; elsewhere they are text."""

import pytest

from articles.importers.notices import take_notices
from tests.articles.importers.helpers import OTHER, SENTENCE, draft_of, ids_of, text_of

GENERAL = "Important Note: This page is no advice; ask somebody who knows you before you change your diet."
SUPPLEMENTS = (
    "Regarding Nutritional Supplements And Similar Goods: No authority has looked at what is said here."
)
UNLABELLED = "The content is for informational purposes only and does not replace a visit to your doctor."


def test_the_run_at_the_end_is_taken_in_order():
    draft = take_notices(draft_of(f"{SENTENCE}\n{GENERAL}\n{SUPPLEMENTS}", has_lost_marks=True))

    assert draft.disclaimers == (GENERAL, SUPPLEMENTS)
    assert text_of(draft) == [SENTENCE]
    assert ids_of(draft.findings) == ["IMP08", "IMP08"]
    assert [finding.quote for finding in draft.findings] == [GENERAL, SUPPLEMENTS]
    assert [finding.line for finding in draft.findings] == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        GENERAL,
        "Disclaimer: Ask a doctor.",
        "Medical disclaimer: ask a doctor.",
        "Affiliate Disclosure: We earn when you buy.",
        "As an Amazon Associate I earn from qualifying purchases.",
        UNLABELLED,
        "These statements have not been evaluated by the Food and Drug Administration.",
        "This is not a substitute for professional medical advice.",
    ],
)
def test_wordings(text):
    assert take_notices(draft_of(f"{SENTENCE}\n\n{text}")).disclaimers == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "Before you take copper, consult your doctor.",
        "Note: copper tastes of metal.",
        "He made a disclaimer about copper.",
        "- Disclaimer: a list item",
        "> Disclaimer: a quotation",
    ],
)
def test_other_last_paragraphs_stay(text):
    draft = draft_of(f"{SENTENCE}\n\n{text}")

    assert take_notices(draft) is draft


def test_one_in_the_middle_stays():
    draft = draft_of(f"{GENERAL}\n\n{SENTENCE}\n\n{UNLABELLED}\n\n{OTHER}")

    assert take_notices(draft) is draft


def test_the_run_ends_at_the_first_other_paragraph():
    draft = take_notices(draft_of(f"{GENERAL}\n\n{SENTENCE}\n\n{UNLABELLED}"))

    assert draft.disclaimers == (UNLABELLED,)
    assert text_of(draft) == [GENERAL, SENTENCE]


def test_a_list_below_keeps_it_in_the_text():
    draft = draft_of(f"{SENTENCE}\n\n{GENERAL}\n\n- really")

    assert take_notices(draft) is draft


def test_a_rule_and_blank_lines_around_go_along():
    draft = take_notices(draft_of(f"{SENTENCE}\n\n---\n\n{GENERAL}\n\n"))

    assert text_of(draft) == [SENTENCE]


@pytest.mark.parametrize("heading", ["## Disclaimer", "**Disclaimer**", "Medical Disclaimer:"])
def test_their_heading_goes_along_and_is_reported(heading):
    draft = take_notices(draft_of(f"{SENTENCE}\n\n{heading}\n\n{UNLABELLED}"))

    assert text_of(draft) == [SENTENCE]
    assert heading in [finding.quote for finding in draft.findings]


def test_wrapped_lines_are_one_disclaimer():
    draft = take_notices(draft_of(f"## A\n{SENTENCE}\n\nDisclaimer: ask\nyour doctor\nfirst."))

    assert draft.disclaimers == ("Disclaimer: ask your doctor first.",)


@pytest.mark.parametrize(
    "text", ["*Disclaimer: ask a doctor.*", "**Disclaimer:** ask a doctor.", "**Disclaimer**: ask a doctor."]
)
def test_emphasis_is_left_out(text):
    assert take_notices(draft_of(f"{SENTENCE}\n\n{text}")).disclaimers == ("Disclaimer: ask a doctor.",)


def test_a_text_of_disclaimers_alone():
    draft = take_notices(draft_of(GENERAL))

    assert draft.disclaimers == (GENERAL,)
    assert draft.lines == ()
