"""A reference without a number is searched by its words."""

import json

import pytest
from django.utils import timezone

from references.models import Reference
from references.models.states import VerificationState as State
from references.verification.service import verify
from tests.references.sources import payloads
from tests.references.sources.fixtures import DOI, local_site, sources
from tests.references.verification.checked import again, make
from tests.support.http import Reply

__all__ = ["local_site", "sources"]
pytestmark = pytest.mark.django_db


def candidates(*works):
    return Reply(body=json.dumps({"status": "ok", "message": {"items": list(works)}}))


def work(**changes):
    return json.loads(payloads.crossref(**changes))["message"]


def test_without_an_identifier_the_work_is_searched_by_its_words(sources):
    sources["/crossref/works"] = candidates(work(title=["Zinc in cats"]), work())
    reference = make(DOI=None)

    outcome = verify(reference)

    assert outcome.state == State.MATCHED
    assert "query.bibliographic=Zinc+and+immune" in sources.asked[0].path
    assert [record.source_id for record in reference.sources.all()] == [DOI]
    assert again(reference).doi == ""  # offered, not taken


@pytest.mark.parametrize(
    "found", [[], [{"title": ["Zinc in cats"]}], [{"title": ["Zinc and immune function"]}]]
)
def test_a_search_that_finds_another_work_says_nothing(sources, found):
    sources["/crossref/works"] = candidates(*(work(author=[{"family": "Smith"}], **entry) for entry in found))
    reference = make(DOI=None, ISBN="9780306406157")

    outcome = verify(reference)

    assert (outcome.state, again(reference).title_on_record) == (State.UNVERIFIED, "")
    assert again(reference) not in Reference.objects.due(timezone.now())


def test_a_search_without_an_answer_comes_again(sources):
    sources["/crossref/works"] = Reply(500)
    reference = make(DOI=None)

    assert verify(reference).state == State.UNREACHABLE
    assert again(reference).next_check_at is not None
