"""Answers of databases, saved as a file and handed to the converter."""

import json

import pytest

from references import formats

WORK = {
    "DOI": "10.1000/X",
    "type": "journal-article",
    "title": ["Zinc in <i>E. coli</i>"],
    "is-referenced-by-count": 3,
    "issued": {"date-parts": [[2020, 1, 1]]},
}
ESUMMARY = {
    "header": {"type": "esummary", "version": "0.3"},
    "result": {
        "uids": ["9500320", "7"],
        "9500320": {
            "uid": "9500320",
            "pubdate": "1998 Feb 28",
            "source": "Lancet",
            "authors": [{"name": "Wakefield AJ"}],
            "title": "Ileal-lymphoid-nodular hyperplasia.",
            "pubtype": ["Journal Article", "Retracted Publication"],
            "articleids": [{"idtype": "doi", "value": "10.1016/s0140-6736(97)11096-0"}],
        },
        "7": {"uid": "7", "error": "cannot get document summary"},
    },
}
OPENALEX = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/x",
    "display_name": "Zinc",
    "type": "article",
}
EFETCH = """<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>
<ArticleTitle>Zinc.</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def only(payload):
    text = payload if isinstance(payload, str) else json.dumps(payload)
    batch = formats.read(text.encode())
    [(item, _)], problems = formats.cleaned(batch)
    assert not problems
    return item


@pytest.mark.parametrize(
    "payload",
    [WORK, {"status": "ok", "message-type": "work", "message": WORK},
     {"status": "ok", "message-type": "work-list", "message": {"items": [WORK]}}],
    ids=["bare", "one", "list"],
)  # fmt: skip
def test_crossref_is_read_with_and_without_its_envelope(payload):
    item = only(payload)

    assert (item["DOI"], item["title"], item["type"]) == (
        "10.1000/x",
        "Zinc in <i>E. coli</i>",
        "article-journal",
    )
    assert item["custom"] == {"source": "crossref", "editorial_status": "current"}


def test_a_retraction_is_under_custom():
    item = only({**WORK, "updated-by": [{"DOI": "10.1000/y", "type": "retraction"}]})

    assert item["custom"]["editorial_status"] == "retracted"


def test_pubmeds_short_answer_flags_and_skips_what_it_does_not_have():
    item = only(ESUMMARY)

    assert (item["title"], item["PMID"]) == ("Ileal-lymphoid-nodular hyperplasia", "9500320")
    assert item["author"] == [{"family": "Wakefield", "given": "AJ"}]
    assert item["issued"] == {"date-parts": [[1998, 2, 28]]}
    assert item["custom"] == {"source": "pubmed", "editorial_status": "retracted"}


def test_openalex_and_pubmeds_xml_are_read():
    assert only(OPENALEX)["custom"]["source"] == "openalex"
    assert only(EFETCH)["title"] == "Zinc"


def test_europe_pmc_is_read():
    result = {"id": "1", "source": "MED", "pmid": "1", "title": "Zinc."}

    item = only({"resultList": {"result": [result]}})

    assert (item["PMID"], item["custom"]["source"]) == ("1", "europepmc")


def test_one_unreadable_work_does_not_lose_the_others():
    batch = formats.read(
        json.dumps({"message-type": "x", "message": {"items": [{"DOI": "nonsense"}, WORK]}}).encode()
    )

    assert (len(batch.entries), len(batch.problems)) == (1, 1)


@pytest.mark.parametrize(
    "text",
    ['{"message-type": "work", "message": 3}', "<PubmedArticleSet><PubmedArticle>", '{"resultList": 3}',
     '{"header": {"type": "esummary"}, "result": 3}', '{"id": "https://openalex.org/W1", '],
)  # fmt: skip
def test_broken_answers_are_reported(text):
    batch = formats.read(text.encode())

    assert not batch.entries
    assert batch.problems
