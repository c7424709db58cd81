"""Checking a reference against a server that answers as the sources do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from references import library
from references.models import Reference, SourceRecord, Verification
from references.models.states import VerificationState as State
from references.verification import service
from references.verification.service import accept, verify
from tests.factories import UserFactory
from tests.references.sources import payloads
from tests.references.sources.fixtures import DOI, TITLE, WORK, local_site, sources
from tests.references.verification.checked import again, make
from tests.support.http import Reply

__all__ = ["local_site", "sources"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "state"),
    [
        (TITLE, State.MATCHED),
        ("Zinc and immune function: the biological basis", State.TRUNCATED),
        ("Zinc and the immune system: The biological basis of...", State.RESOLVED),
        ("Iron in the diet of cats", State.MISMATCH),
    ],
)
def test_the_title_on_record_decides(sources, title, state):
    outcome = verify(make(title))

    assert (outcome.state, again(outcome.reference).verification) == (state, state)


def test_the_reference_stays_as_it_was(sources):
    reference = make("Iron in the diet of cats")
    before = (reference.csl, reference.version, reference.history.count())

    verify(reference)

    reference = again(reference)
    assert (reference.csl, reference.version, reference.history.count()) == before
    assert reference.title_on_record == TITLE


def test_what_was_said_is_kept_once(sources):
    reference = make()

    verify(reference)
    verify(reference)

    [record] = reference.sources.all()
    assert (record.source, record.source_id, record.http_status) == ("crossref", DOI, 200)
    assert record.raw["title"] == [TITLE]
    assert reference.verifications.filter(kind="title").count() == 2


def test_evidence_is_never_rewritten(sources):
    reference = make()
    verify(reference)

    for row in (reference.sources.get(), reference.verifications.first()):
        with pytest.raises(TypeError, match="is evidence; add a new one"):
            row.save()


def test_each_source_counts_for_itself(sources):
    sources["/europepmc/search"] = Reply(body=payloads.europepmc(payloads.europepmc_result(citedByCount=0)))
    sources[f"/openalex/works/doi:{DOI}"] = Reply(body=payloads.openalex(cited_by_count=None))
    reference = make()

    verify(reference)

    assert dict(reference.citation_counts.values_list("source", "count")) == {
        "crossref": 1992,
        "europepmc": 0,
    }


def test_a_number_that_nobody_knows_is_not_found(sources):
    outcome = verify(make(DOI="10.1234/none"))

    assert outcome.state == State.NOT_FOUND


def test_no_answer_is_no_verdict(sources):
    sources[WORK] = Reply(500)

    outcome = verify(make())

    reference = again(outcome.reference)
    assert reference.verification == State.UNREACHABLE
    assert reference.next_check_at < timezone.now() + timedelta(hours=7)
    assert "Crossref" in outcome.why


def test_no_answer_takes_no_verdict_back(sources):
    reference = make()
    verify(reference)
    sources[WORK] = Reply(500)

    assert verify(again(reference)).state == State.MATCHED
    assert again(reference).verification == State.MATCHED


def test_silence_is_noted_once(sources):
    sources[WORK] = Reply(500)
    reference = make()

    verify(reference)
    verify(again(reference))

    assert reference.verifications.filter(result=State.UNREACHABLE).count() == 1


def test_all_identifiers_must_name_the_work(sources):
    sources["/pubmed/efetch.fcgi"] = Reply(body=payloads.pubmed())
    reference = make(PMID="22381456")

    outcome = verify(reference)

    assert outcome.state == State.MISMATCH
    assert again(reference).title_on_record == "Selenium and human health"


def test_one_number_that_leads_nowhere_is_told(sources):
    sources["/pubmed/efetch.fcgi"] = Reply(body=payloads.NO_ARTICLE)

    assert verify(make(PMID="99999999")).state == State.NOT_FOUND


def test_an_accepted_difference_holds_until_the_record_changes(sources):
    reference = make("Iron in the diet of cats")
    verify(reference)
    accept(reference, by=UserFactory(), note="The translation has another title.")

    verify(again(reference))
    still = again(reference).is_accepted
    sources[WORK] = Reply(body=payloads.crossref(title=["Copper in the diet of dogs"]))
    verify(again(reference))

    assert (still, again(reference).is_accepted) == (True, False)
    row = Verification.objects.get(result=Verification.ACCEPTED)
    assert (row.review_note, row.reviewed_by is not None) == ("The translation has another title.", True)


def test_a_corrected_title_is_compared_without_asking(sources):
    reference = make("Iron in the diet of cats")
    verify(reference)
    asked = len(sources.asked)
    reference = again(reference)
    reference.csl = {**reference.csl, "title": TITLE}

    library.store(reference)

    reference = again(reference)
    assert (reference.verification, reference.title_on_record) == (State.MATCHED, "")
    assert len(sources.asked) == asked


def test_another_number_must_be_asked_about(sources):
    reference = make("Iron in the diet of cats")
    verify(reference)
    reference = again(reference)
    reference.csl = {**reference.csl, "DOI": "10.1234/other"}

    library.store(reference)

    reference = again(reference)
    assert (reference.verification, reference.title_on_record) == (State.UNVERIFIED, "")
    assert reference in Reference.objects.due(timezone.now())


def test_no_transaction_is_open_while_others_are_asked(
    sources, monkeypatch, django_capture_on_commit_callbacks
):
    depth = []
    outside = len(connection.savepoint_ids)
    look_up = service.look_up
    monkeypatch.setattr(
        service,
        "look_up",
        lambda *args, **kwargs: (depth.append(len(connection.savepoint_ids)), look_up(*args, **kwargs))[1],
    )

    verify(make())

    assert depth == [outside]


@pytest.mark.parametrize("count", [1, 6])
def test_a_check_takes_few_queries(sources, django_assert_max_num_queries, count):
    reference = make()
    for number in range(count):
        SourceRecord.objects.create(
            reference=reference, source="manual", source_id=str(number), raw={}, sha256="x"
        )

    with django_assert_max_num_queries(18):  # savepoint, lock, evidence, verdicts, notices, counts, mark
        verify(reference)
