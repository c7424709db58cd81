"""A list below "References" becomes the article's references."""

import pytest

from articles.importers.reference_lists import add_reference, take_reference_lists
from tests.articles.importers.helpers import OTHER, SENTENCE, draft_of, ids_of, text_of

ONE = "Copper in the body. Retrieved from: https://pubmed.example/123/"
TWO = "Iron and copper. Retrieved from: https://journal.example/articles/10.1000/abc"


def titles_of(draft):
    return [item["title"] for item in draft.references]


def test_the_list_is_taken_with_its_heading():
    draft = take_reference_lists(draft_of(f"{SENTENCE}\n\nReferences\n- {ONE}\n- {TWO}", has_lost_marks=True))

    assert titles_of(draft) == ["Copper in the body", "Iron and copper"]
    assert [item["URL"] for item in draft.references] == [
        "https://pubmed.example/123/",
        "https://journal.example/articles/10.1000/abc",
    ]
    assert text_of(draft) == [SENTENCE]
    assert (draft.findings[0].id, draft.findings[0].quote) == ("IMP06", "References")


@pytest.mark.parametrize(
    "heading",
    ["References", "## References", "**References**", "Sources:", "Works Cited", "### Bibliography"],
)
def test_headings(heading):
    assert len(take_reference_lists(draft_of(f"{heading}\n\n1. {ONE}\n2. {TWO}")).references) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"References are good.\n- {ONE}",
        f"Key references include:\n- {ONE}",
        f"```\nReferences\n- {ONE}\n```",
        f"- References\n- {ONE}",
    ],
)
def test_other_lists_stay(text):
    draft = draft_of(text)

    assert take_reference_lists(draft).references == ()
    assert text_of(take_reference_lists(draft)) == text_of(draft)


def test_the_text_goes_on_below():
    draft = take_reference_lists(draft_of(f"References\n\n- {ONE}\n\n{OTHER}\n\n- a list"))

    assert len(draft.references) == 1
    assert text_of(draft) == [OTHER, "- a list"]


def test_lines_without_bullets():
    apa = "Siebert, A. (2013). Copper and you. J Metals."
    draft = take_reference_lists(draft_of(f"References\n{ONE}\n{apa}\n{SENTENCE}", has_lost_marks=True))

    assert titles_of(draft) == ["Copper in the body", "Copper and you"]
    assert text_of(draft) == [SENTENCE]


@pytest.mark.parametrize(("indent", "lost"), [("  ", True), ("    ", True), ("", False)])
def test_an_entry_of_two_lines(indent, lost):
    text = f"References\n\n- Copper in\n{indent}the body. Retrieved from: https://x.example/1\n- {TWO}"
    draft = take_reference_lists(draft_of(text, has_lost_marks=lost))

    assert titles_of(draft) == ["Copper in the body", "Iron and copper"]
    assert text_of(draft) == []


def test_a_heading_without_a_list_stays_and_is_reported():
    draft = take_reference_lists(draft_of(f"## References\n\n{SENTENCE}"))

    assert text_of(draft) == ["## References", SENTENCE]
    assert draft.not_understood == ("Line 1: no list was found below “## References”.",)


def test_an_entry_that_is_words_only_is_kept_as_a_title_and_reported():
    draft = take_reference_lists(draft_of("References\n- The copper book"))

    assert titles_of(draft) == ["The copper book"]
    assert draft.not_understood == (
        "Line 2: only a title was understood of the reference “The copper book”.",
    )


def test_the_same_work_twice_is_reported():
    draft = take_reference_lists(draft_of(f"References\n- {ONE}\n- {ONE}"))

    assert len(draft.references) == 1
    assert "listed already" in draft.findings[0].message
    assert draft.findings[0].quote == ONE


def test_two_lists():
    draft = take_reference_lists(draft_of(f"References\n- {ONE}\n\n## Sources\n- {TWO}"))

    assert len(draft.references) == 2
    assert ids_of(draft.findings) == ["IMP06", "IMP06"]


def test_an_endless_entry_is_none():
    draft = take_reference_lists(draft_of(f"References\n- {'copper ' * 400}"))

    assert draft.references == ()


@pytest.mark.parametrize(
    "item",
    [
        {"id": "x", "title": "Another", "DOI": "10.1000/ABC"},
        {"id": "x", "title": "copper and you!", "issued": {"date-parts": [[2013]]}},
    ],
)
def test_a_work_that_the_front_matter_lists_is_not_added(item):
    known = {"id": "k", "title": "Copper and You", "DOI": "10.1000/abc", "issued": {"date-parts": [[2013]]}}

    assert add_reference(draft_of("", references=(known,)), item).references == (known,)


@pytest.mark.parametrize(
    "item",
    [
        {"id": "x", "title": "Copper and You", "issued": {"date-parts": [[2014]]}},
        {
            "id": "x",
            "title": "Copper and You",
            "URL": "https://x.example",
            "issued": {"date-parts": [[2013]]},
        },
        {"id": "x", "title": "Iron", "DOI": "10.1000/def"},
    ],
)
def test_another_work_is_added(item):
    known = {"id": "k", "title": "Copper and You", "DOI": "10.1000/abc", "issued": {"date-parts": [[2013]]}}

    assert len(add_reference(draft_of("", references=(known,)), item).references) == 2
