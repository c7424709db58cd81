"""Europe PMC, OpenAlex and Bookshelf."""

import json

import pytest

from references import library
from references.models.states import EditorialStatus as Status
from references.sources import bookshelf, europepmc, openalex
from tests.references.sources import payloads


def epmc(**changes):
    [record] = europepmc.read(json.loads(payloads.europepmc(payloads.europepmc_result(**changes))))
    return record


def test_europe_pmc_has_the_same_work():
    record = epmc()
    item = library.read(record.item).item

    assert (
        item["title"] == "Zinc and immune function: the biological basis of altered resistance to infection"
    )
    assert (item["PMID"], item["DOI"], item["volume"]) == ("9701160", "10.1093/ajcn/68.2.447s", "68")
    assert item["author"] == [{"family": "Shankar", "given": "A H"}]
    assert item["issued"] == {"date-parts": [[1998, 8]]}
    assert (record.cited_by, record.study_type, record.source_id) == (611, "review", "MED:9701160")


def test_europe_pmc_passes_on_what_pubmed_knows():
    entry = {
        "id": "20137807",
        "source": "MED",
        "type": "Retraction in",
        "reference": "Lancet. doi: 10.1016/S1",
    }

    record = epmc(commentCorrectionList={"commentCorrection": [entry, {"type": "Comment in"}]})

    assert [(notice.status, notice.pmid, notice.doi) for notice in record.notices] == [
        (Status.RETRACTED, "20137807", "10.1016/s1")
    ]


@pytest.mark.parametrize("payload", [{}, {"resultList": None}, {"resultList": {"result": []}}])
def test_europe_pmc_may_know_nothing(payload):
    assert europepmc.read(payload) == []


@pytest.mark.parametrize(
    ("wanted", "query"),
    [
        ({"doi": "10.1/x"}, 'DOI:"10.1/x"'),
        ({"pmcid": "PMC7257447"}, "PMCID:PMC7257447"),
        ({"pmid": "9701160"}, "EXT_ID:9701160 AND SRC:MED"),
    ],
)
def test_europe_pmc_is_asked_for_one_work(wanted, query):
    assert europepmc.query(**wanted)["query"] == query


def test_openalex_counts():
    record = openalex.read(json.loads(payloads.openalex()))
    item = library.read(record.item).item

    assert (record.cited_by, record.source_id, record.notices) == (1311, "W2117847125", ())
    assert (item["DOI"], item["PMID"], item["page"]) == ("10.1093/ajcn/68.2.447s", "9701160", "447S-463S")
    assert item["author"] == [{"family": "Shankar", "given": "Anuraj H."}]


def test_openalex_alone_only_hints():
    [notice] = openalex.read(json.loads(payloads.openalex(is_retracted=True))).notices

    assert notice.is_hint


def test_openalex_without_a_count_has_none():
    work = json.loads(payloads.openalex())
    del work["cited_by_count"]

    assert openalex.read(work).cited_by is None


def test_bookshelf_finds_the_chapter_among_its_sections():
    record = bookshelf.read(json.loads(payloads.summary()), "NBK507250")
    item = library.read(record.item).item

    assert (item["title"], item["type"]) == ("Magnesium and stress", "chapter")
    assert item["container-title"] == "Magnesium in the Central Nervous System"
    assert item["author"][1] == {"family": "Vink", "given": "Robert"}
    assert item["custom"] == {"nbk": "NBK507250"}


@pytest.mark.parametrize("payload", [{}, {"result": {"uids": []}}, json.loads(payloads.summary("NBK1"))])
def test_bookshelf_does_not_take_another_chapter(payload):
    assert bookshelf.read(payload, "NBK507250") is None


def test_a_book_of_the_bookshelf_is_no_chapter():
    record = bookshelf.read(json.loads(payloads.summary(rtype="book")), "NBK507250")

    assert (record.item["type"], "container-title" in record.item) == ("book", False)
