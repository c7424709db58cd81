"""What speaks against a work, and when nothing does."""

import pytest

from references.complaints import standing_of
from tests.references.works import make_work


def said(**changes):
    return [
        (complaint.severity, complaint.message) for complaint in standing_of(make_work("liu2021", **changes))
    ]


def test_a_sound_work_has_no_complaint():
    assert said(verification="matched") == []


@pytest.mark.parametrize("state", ["unverified", "unreachable", "matched"])
def test_what_was_not_answered_is_no_complaint(state):
    assert said(verification=state) == []


@pytest.mark.parametrize(
    ("changes", "severity", "words"),
    [
        ({"editorial_status": "retracted"}, "error", "has been retracted"),
        ({"editorial_status": "withdrawn"}, "error", "has been withdrawn"),
        ({"editorial_status": "notice"}, "error", "is a notice about another work"),
        ({"editorial_status": "concern"}, "warning", "published an expression of concern"),
        ({"doubt": "Retracted, says OpenAlex alone"}, "warning", "says OpenAlex alone"),
        (
            {"verification": "mismatch", "title_on_record": "Stress"},
            "error",
            "leads to another work: “Stress”",
        ),
        (
            {"verification": "truncated", "title_on_record": "On Liu, and more"},
            "warning",
            "goes on as “On Liu, and",
        ),
        (
            {"verification": "resolved", "title_on_record": "Of Liu"},
            "warning",
            "is called “Of Liu” on record",
        ),
        ({"verification": "not_found"}, "warning", "No source knows the identifier"),
        ({"csl": {"title": "On Liu"}}, "warning", "has no DOI, PMID or address"),
    ],
)
def test_each_complaint_says_what_is_wrong(changes, severity, words):
    [(found, message)] = said(**changes)

    assert found == severity
    assert words in message
    assert "“On Liu" in message


@pytest.mark.parametrize("status", ["retracted", "withdrawn", "notice", "concern"])
def test_an_acknowledged_status_is_told_and_blocks_nothing(status):
    [(severity, message)] = said(editorial_status=status, acknowledged="It is about the fraud.", doubt="x")

    assert severity == "info"
    assert message.endswith("It is about the fraud.")


@pytest.mark.parametrize("state", ["mismatch", "truncated", "resolved"])
def test_an_accepted_difference_is_none(state):
    assert said(verification=state, title_on_record="Stress", is_accepted=True) == []


def test_a_corrected_work_is_sound():
    assert said(editorial_status="corrected", verification="matched") == []


@pytest.mark.parametrize(
    "item",
    [{"URL": "https://example.org/"}, {"PMID": "1"}, {"custom": {"nbk": "NBK1"}}, {"ISBN": "9780306406157"}],
)
def test_any_way_to_the_work_will_do(item):
    assert said(csl={"title": "On Liu", **item}) == []


def test_a_retraction_and_a_wrong_number_are_two_complaints():
    found = said(editorial_status="retracted", verification="mismatch", title_on_record="Stress")

    assert [severity for severity, _ in found] == ["error", "error"]
