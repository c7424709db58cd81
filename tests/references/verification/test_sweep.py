"""The daily question to PubMed about everything at once."""

import json

import pytest
from django.core.cache import cache

from references import library, refreshing
from references.models import EditorialNotice, Reference
from references.sources import summaries
from references.verification import sweep
from tests.references.factories import ReferenceFactory
from tests.references.sources.fixtures import asked, point_at
from tests.support.http import Reply, local_site

__all__ = ["local_site"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(settings, local_site):
    cache.clear()
    point_at(settings, local_site)
    return local_site


def entry(pmid, **changes):
    return {
        "uid": pmid,
        "pubdate": "1998 Feb 28",
        "source": "Lancet",
        "fulljournalname": "Lancet (London, England)",
        "authors": [
            {"name": "Wakefield AJ", "authtype": "Author"},
            {"name": "WHO", "authtype": "CollectiveName"},
        ],
        "title": "Ileal-lymphoid-nodular hyperplasia.",
        "volume": "351",
        "pubtype": ["Journal Article"],
        "articleids": [{"idtype": "pubmed", "value": pmid}, {"idtype": "doi", "value": "10.1016/S1"}],
        "references": [],
    } | changes


def answer(*entries):
    result = {"uids": [row["uid"] for row in entries]} | {row["uid"]: row for row in entries}
    return Reply(body=json.dumps({"header": {"type": "esummary"}, "result": result}))


def retracted(pmid):
    notice = {
        "refsource": "Lancet. 2010;375:445. doi: 10.1016/S2.",
        "reftype": "Retraction in",
        "pmid": 20137807,
    }
    return entry(pmid, pubtype=["Retracted Publication"], references=[notice])


def test_a_summary_is_a_record():
    [record] = summaries.read({"result": {"uids": ["9500320"], "9500320": retracted("9500320")}})
    item = library.read(record.item).item

    assert (item["title"], item["DOI"], item["PMID"]) == (
        "Ileal-lymphoid-nodular hyperplasia",
        "10.1016/s1",
        "9500320",
    )
    assert item["author"] == [{"family": "Wakefield", "given": "AJ"}, {"literal": "WHO"}]
    assert [(notice.status, notice.doi, notice.pmid) for notice in record.notices] == [
        ("retracted", "10.1016/s2", "20137807")
    ]


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"result": {"uids": []}},
        {"result": {"uids": ["1"], "1": {"uid": "1", "error": "cannot get document"}}},
    ],
)
def test_what_pubmed_does_not_know_is_no_record(payload):
    assert summaries.read(payload) == []


def test_a_retraction_is_heard_of(sources):
    bad = ReferenceFactory(csl__PMID="9500320")
    good = ReferenceFactory(csl__PMID="22381456")
    sources["/pubmed/esummary.fcgi"] = answer(retracted("9500320"), entry("22381456"))

    assert sweep.sweep_retractions.func() == 1

    statuses = dict(Reference.objects.values_list("pk", "editorial_status"))
    assert statuses == {bad.pk: "retracted", good.pk: "current"}
    assert bad.sources.get().raw["uid"] == "9500320"
    assert refreshing.fields(bad)


def test_it_is_heard_once(sources):
    reference = ReferenceFactory(csl__PMID="9500320")
    sources["/pubmed/esummary.fcgi"] = answer(retracted("9500320"))

    assert [sweep.sweep_retractions.func(), sweep.sweep_retractions.func()] == [1, 0]
    assert (EditorialNotice.objects.count(), reference.sources.count()) == (1, 1)


def test_many_works_are_few_questions(sources, monkeypatch):
    monkeypatch.setattr(summaries, "MOST", 2)
    for number in range(5):
        ReferenceFactory(csl__PMID=str(1000 + number))
    sources["/pubmed/esummary.fcgi"] = answer()

    sweep.sweep_retractions.func()

    assert len(asked(sources)) == 3


@pytest.mark.parametrize("reply", [Reply(403), Reply(body="busy"), Reply(body="[]")])
def test_no_answer_ends_the_round(sources, monkeypatch, reply):
    monkeypatch.setattr(summaries, "MOST", 1)
    ReferenceFactory(csl__PMID="1000")
    ReferenceFactory(csl__PMID="1001")
    sources["/pubmed/esummary.fcgi"] = reply

    assert sweep.sweep_retractions.func() == 0
    assert len(sources.asked) == 1


def test_switched_off_nobody_is_asked(sources, settings):
    settings.REFERENCE_LOOKUPS = False
    ReferenceFactory(csl__PMID="1000")

    assert sweep.sweep_retractions.func() == 0
    assert sources.asked == []
