"""The verdict: title, year, first author."""

import pytest

from references import csl
from references.models.states import EditorialStatus as Status
from references.models.states import VerificationState as State
from references.sources.records import Notice
from references.verification import editorial
from references.verification.judge import judge

TITLE = "Selenium and human health"


def item(title=TITLE, year=2012, author="Rayman"):
    return csl.clean_item(
        {
            "DOI": "10.1/x",
            "title": title,
            "issued": {"date-parts": [[year]]} if year else "",
            "author": [{"family": author}] if author else [],
        }
    )


@pytest.mark.parametrize(
    ("claimed", "state"),
    [
        ({}, State.MATCHED),
        ({"year": None, "author": ""}, State.MATCHED),  # nothing but a title to go by
        ({"year": 2011}, State.MATCHED),  # print and online
        ({"year": 2013, "author": ""}, State.MATCHED),
        ({"year": 2014}, State.MATCHED),  # the author agrees
        ({"author": "Smith"}, State.MATCHED),  # the year agrees
        ({"author": "P. Rayman"}, State.MATCHED),
        ({"author": "RAYMAN"}, State.MATCHED),
        ({"year": 2014, "author": ""}, State.RESOLVED),
        ({"year": None, "author": "Smith"}, State.RESOLVED),
        ({"year": 1990, "author": "Smith"}, State.MISMATCH),
        ({"title": "Selenium and human"}, State.TRUNCATED),
        ({"title": "Selenium and human well-being"}, State.RESOLVED),
        ({"title": "Magnesium in sleep"}, State.MISMATCH),
        ({"title": ""}, State.RESOLVED),
    ],
)
def test_one_of_year_and_author_must_agree(claimed, state):
    assert judge(item(**claimed), item()).state == state


def test_a_source_without_a_title_compares_nothing():
    verdict = judge(item(), item(title=""))

    assert (verdict.state, verdict.score) == (State.RESOLVED, None)


def test_a_particle_does_not_make_another_author():
    claimed = csl.clean_item(
        {"title": TITLE, "author": [{"family": "Berg", "non-dropping-particle": "van den"}]}
    )

    assert judge(claimed, item(author="Berg", year=None)).state == State.MATCHED


def test_the_verdict_says_what_it_compared():
    details = judge(item(year=2013), item()).details

    assert details["claimed"] == {"title": TITLE, "year": 2013, "author": "Rayman"}
    assert (details["year_agrees"], details["author_agrees"]) == (True, True)


def notice(status, *, is_hint=False):
    return Notice(status, "x", is_hint=is_hint)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([], Status.CURRENT),
        ([Status.CORRECTED], Status.CORRECTED),
        ([Status.CORRECTED, Status.RETRACTED], Status.RETRACTED),
        ([Status.RETRACTED, Status.CONCERN], Status.RETRACTED),
        ([Status.CONCERN, Status.CORRECTED], Status.CONCERN),
        ([Status.NOTICE], Status.NOTICE),
    ],
)
def test_the_worst_counts(said, status):
    assert editorial.derive([notice(entry) for entry in said]) == status


def test_a_hint_flags_nothing():
    assert editorial.derive([notice(Status.RETRACTED, is_hint=True)]) == Status.CURRENT


def test_a_check_never_takes_a_flag_back():
    assert editorial.raised(Status.RETRACTED, [notice(Status.CORRECTED)]) == Status.RETRACTED
    assert editorial.raised(Status.CURRENT, []) == Status.CURRENT


def test_every_status_has_its_place():
    assert set(editorial.ORDER) == set(Status)
