"""What a journal published about a work becomes its status."""

import pytest

from references import library
from references.models import EditorialNotice
from references.verification.service import verify
from tests.references.sources import payloads
from tests.references.sources.fixtures import DOI, WORK, local_site, sources
from tests.references.verification.checked import again, make
from tests.support.http import Reply

__all__ = ["local_site", "sources"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("retraction", "retracted"),
        ("expression_of_concern", "concern"),
        ("correction", "corrected"),
        ("new_version", "current"),
    ],
)
def test_what_the_journal_published_becomes_the_status(sources, kind, status):
    sources[WORK] = Reply(body=payloads.crossref(**{"updated-by": [payloads.update(kind, "10.1234/notice")]}))
    reference = make()

    outcome = verify(reference)

    assert (outcome.status, again(reference).editorial_status) == (status, status)
    assert outcome.is_newly_flagged == (status != "current")


def test_a_retraction_is_a_new_version_with_its_reason(sources):
    sources[WORK] = Reply(
        body=payloads.crossref(**{"updated-by": [payloads.update("retraction", "10.1234/notice")]})
    )
    reference = make()

    verify(reference)

    reference = again(reference)
    notice = reference.notices.get()
    assert reference.version == 2
    assert reference.history.first().history_change_reason == "Check: Retraction (Crossref)"
    assert (notice.notice_doi, str(notice.noticed_on), notice.source) == (
        "10.1234/notice",
        "2010-02-06",
        "crossref",
    )


def test_an_editors_all_clear_stays(sources):
    sources[WORK] = Reply(
        body=payloads.crossref(**{"updated-by": [payloads.update("retraction", "10.1234/notice")]})
    )
    reference = make()
    verify(reference)
    reference = again(reference)
    reference.editorial_status = "current"
    library.store(reference)

    verify(again(reference))

    assert again(reference).editorial_status == "current"
    assert EditorialNotice.objects.count() == 1


def test_openalex_alone_only_raises_a_doubt(sources):
    sources[f"/openalex/works/doi:{DOI}"] = Reply(body=payloads.openalex(is_retracted=True))
    reference = make()

    outcome = verify(reference)

    assert (outcome.status, again(reference).doubt) == ("current", "Retracted, says OpenAlex alone")


def test_europe_pmc_may_flag(sources):
    result = payloads.europepmc_result(pubTypeList={"pubType": ["Retracted Publication"]})
    sources["/europepmc/search"] = Reply(body=payloads.europepmc(result))

    assert verify(make()).status == "retracted"
