"""From what an editor pastes to a work of the library."""

import json

import pytest
from django.core.cache import cache
from django.utils import timezone

from references import adding
from references.models import Reference
from references.sources import webpage
from tests.references.factories import ReferenceFactory
from tests.references.sources import payloads
from tests.references.sources.fixtures import asked, point_at
from tests.support.http import Reply, local_site

__all__ = ["local_site"]
pytestmark = pytest.mark.django_db
DOI = "10.1093/ajcn/68.2.447s"
WORK = "/crossref/works/10.1093%2Fajcn%2F68.2.447s"
BIBTEX = (
    "@article{Rayman2012, title={Selenium and human health}, author={Rayman, Margaret P}, year=2012, "
    "doi={10.1016/S0140-6736(11)61452-9}}"
)


@pytest.fixture
def sources(settings, local_site):
    cache.clear()
    point_at(settings, local_site)
    local_site[WORK] = Reply(body=payloads.crossref())
    local_site["/pubmed/efetch.fcgi"] = Reply(body=payloads.pubmed())
    return local_site


@pytest.mark.parametrize(
    "text",
    [
        DOI,
        f"doi:{DOI.upper()}.",
        f"https://doi.org/{DOI}",
        f"https://academic.oup.com/ajcn/article/doi/{DOI}/4648600?x=1",
        "PMID 22381456",
        "22381456",
        "https://pubmed.ncbi.nlm.nih.gov/22381456/",
        "PMC7257447",
        "https://www.ncbi.nlm.nih.gov/books/NBK507250/",
        "arXiv:2101.00001",
        "https://example.org/page",
        BIBTEX,
        "TY  - JOUR",
        '[{"id": "x", "title": "y"}]',
    ],
)
def test_what_can_be_looked_up(text):
    assert adding.can_be_looked_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zinc",
        "2013",
        "zinc 2013",
        "Smith, J.",
        "@rayman2012",
        "ISBN 9780306406157",
    ],
)
def test_what_is_only_searched_for(text):
    assert not adding.can_be_looked_up(text)


def test_a_doi_becomes_a_work_with_its_evidence(sources):
    reference = adding.add(f"https://doi.org/{DOI}")

    reference.refresh_from_db()
    assert (reference.citekey, reference.doi, reference.verification) == ("shankar1998", DOI, "matched")
    assert [record.source for record in reference.sources.all()] == ["crossref"]
    assert reference in Reference.objects.due(timezone.now())  # the others are asked by the worker


def test_a_pmid_brings_its_study_type(sources):
    reference = adding.add("PMID: 22381456")

    assert (reference.citekey, reference.study_type, reference.pmid) == ("rayman2012", "review", "22381456")
    assert reference.doi == "10.1016/s0140-6736(11)61452-9"


def test_the_editor_waits_for_one_source_only(sources):
    adding.find(DOI)

    assert asked(sources) == [WORK]


def test_looking_and_adding_ask_once(sources):
    adding.find(DOI)
    adding.add(DOI)

    assert asked(sources) == [WORK]


def test_a_known_work_is_not_added_twice(sources):
    known = ReferenceFactory(citekey="mine1998", csl__DOI=DOI)

    assert adding.find(DOI).candidates[0].known == known
    assert adding.add(DOI) == known
    assert Reference.objects.count() == 1


def test_a_taken_key_gets_a_letter(sources):
    ReferenceFactory(citekey="shankar1998", csl__title="Something else")

    assert adding.add(DOI).citekey == "shankar1998b"


def test_a_retracted_work_comes_with_its_flag(sources):
    updated = {"updated-by": [payloads.update("retraction", "10.1234/notice")]}
    sources[WORK] = Reply(body=payloads.crossref(**updated))

    assert adding.find(DOI).candidates[0].status == "retracted"
    reference = adding.add(DOI)
    reference.refresh_from_db()
    assert (reference.editorial_status, reference.notices.count()) == ("retracted", 1)


def test_no_answer_adds_nothing_and_says_so(sources):
    sources[WORK] = Reply(503)

    found = adding.find(DOI)

    assert found.candidates == ()
    assert found.why == "Crossref: It answered with status 503."
    assert adding.add(DOI) is None


def test_an_unknown_number_is_told(sources):
    assert adding.find("10.1234/none").why == "No source knows this number. Look at it again."


def test_words_are_no_number(sources):
    assert "no DOI" in adding.find("zinc").why
    assert sources.asked == []


@pytest.mark.parametrize("text", [BIBTEX, BIBTEX.replace(", ", ",\n  ")])
def test_bibtex_is_read_without_asking(sources, text):
    reference = adding.add(text)

    assert (reference.citekey, reference.title) == ("rayman2012", "Selenium and human health")
    assert [record.source for record in reference.sources.all()] == ["bibtex"]
    assert sources.asked == []


def test_broken_bibtex_is_told(sources):
    found = adding.find("@article{x, title={Never closed")

    assert found.candidates == ()
    assert found.why


def test_several_records_make_one_item(sources):
    sources["/pubmed/efetch.fcgi"] = Reply(body=payloads.pubmed("9701160", doi=DOI))

    [candidate] = adding.find(f"doi:{DOI} PMID:9701160").candidates

    item = candidate.incoming.item
    assert (item["DOI"], item["PMID"], item["PMCID"]) == (DOI, "9701160", "PMC1")
    assert item["container-title"] == "The American Journal of Clinical Nutrition"  # Crossref was first
    assert candidate.incoming.study_type == "review"


def test_csl_json_is_an_entry(sources):
    text = json.dumps([{"id": "Ana2020", "type": "book", "title": "Zinc"}, {"id": "b", "title": "Iron"}])

    assert [candidate.citekey for candidate in adding.find(text).candidates] == ["ana2020", "b"]


@pytest.fixture
def pages(sources, monkeypatch):
    """The local server stands for any web page, too."""
    ask = webpage.ask
    monkeypatch.setattr(webpage, "ask", lambda url: ask(url, trusted=sources.trusted))
    return sources


def test_a_page_that_names_its_doi_is_the_work(pages):
    pages["/article"] = Reply(body=f'<head><meta name="citation_doi" content="doi:{DOI}"></head>')

    assert adding.add(pages.url("/article")).doi == DOI


def test_any_other_page_is_cited_as_a_page(pages):
    marks = '<meta property="og:site_name" content="NHS"><meta name="DC.date" content="2021-05-03">'
    body = f"<title> Zinc &amp; you </title>{marks}"
    pages["/zinc"] = Reply(body=body)

    item = adding.add(pages.url("/zinc")).csl

    assert (item["type"], item["title"], item["container-title"]) == ("webpage", "Zinc & you", "NHS")
    assert item["issued"] == {"date-parts": [[2021, 5, 3]]}
    assert item["URL"] == pages.url("/zinc")
    assert len(item["accessed"]["date-parts"][0]) == 3


@pytest.mark.parametrize(
    ("reply", "why"),
    [(Reply(500), "answered with status 500"), (Reply(body="<p>no title"), "does not say what it is called")],
)
def test_a_page_that_says_nothing_is_told(pages, reply, why):
    pages["/zinc"] = reply

    found = adding.find(pages.url("/zinc"))

    assert (found.candidates, why in found.why) == ((), True)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://localhost/"])
def test_nobody_is_led_into_our_own_network(sources, url):
    found = adding.find(url)

    assert (found.candidates, "does not answer" in found.why) == ((), True)


def test_switched_off_no_page_is_asked(pages, settings):
    settings.REFERENCE_LOOKUPS = False

    assert "switched off" in adding.find(pages.url("/zinc")).why
    assert pages.asked == []
