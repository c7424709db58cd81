"""Whom we ask, and what an error is: a contract with a server that answers as the sources do."""

import pytest
from django.core.cache import cache

from references.identifiers import Identifiers
from references.sources import client
from references.sources.lookup import look_up
from tests.references.sources import payloads
from tests.references.sources.fixtures import asked, point_at
from tests.support.http import Reply, local_site

__all__ = ["local_site"]
DOI = "10.1093/ajcn/68.2.447s"
WORK = "/crossref/works/10.1093%2Fajcn%2F68.2.447s"


@pytest.fixture
def sources(settings, local_site):
    cache.clear()
    point_at(settings, local_site)
    return local_site


def states(findings):
    return [(reply.source, reply.state) for reply in findings.replies]


def test_a_doi_is_crossrefs_matter(sources):
    sources[WORK] = Reply(body=payloads.crossref())

    found = look_up(Identifiers(doi=DOI))

    assert states(found) == [("crossref", "answered")]
    assert found.records[0].http_status == 200
    assert asked(sources) == [WORK]


def test_a_thorough_look_asks_those_who_count_and_warn(sources):
    sources[WORK] = Reply(body=payloads.crossref())
    sources["/europepmc/search"] = Reply(body=payloads.europepmc(payloads.europepmc_result()))
    sources[f"/openalex/works/doi:{DOI}"] = Reply(body=payloads.openalex())

    found = look_up(Identifiers(doi=DOI), is_thorough=True)

    assert [record.cited_by for record in found.records] == [1992, 611, 1311]
    assert [reply.is_identity for reply in found.replies] == [True, False, False]


def test_a_doi_of_another_agency_is_known_to_openalex(sources):
    sources["/openalex/works/doi:10.48550/arxiv.2101.00001"] = Reply(
        body=payloads.openalex("10.48550/arxiv.2101.00001")
    )

    found = look_up(Identifiers(doi="10.48550/arxiv.2101.00001"))

    assert states(found) == [("crossref", "absent"), ("openalex", "answered")]
    assert len(found.of("doi")) == 2


def test_an_arxiv_number_is_asked_for_by_its_doi(sources):
    sources["/openalex/works/doi:10.48550/arxiv.2101.00001"] = Reply(body=payloads.openalex())

    assert states(look_up(Identifiers(arxiv="2101.00001"))) == [("openalex", "answered")]


def test_a_pmid_is_pubmeds_matter(sources):
    sources["/pubmed/efetch.fcgi"] = Reply(body=payloads.pubmed())

    found = look_up(Identifiers(pmid="22381456"))

    assert found.records[0].item["title"] == "Selenium and human health"
    assert "id=22381456" in sources.asked[0].path


@pytest.mark.parametrize("reply", [Reply(body=payloads.NO_ARTICLE), Reply(400, "no such id"), Reply(404)])
def test_a_pmid_that_nobody_has_is_absent(sources, reply):
    sources["/pubmed/efetch.fcgi"] = reply

    assert states(look_up(Identifiers(pmid="99999999"))) == [("pubmed", "absent")]


def test_the_converter_leads_from_pmc_to_pubmed(sources):
    sources["/idconv"] = Reply(body=payloads.converted("PMC1", pmid=22381456, pmcid="PMC1"))
    sources["/pubmed/efetch.fcgi"] = Reply(body=payloads.pubmed())

    found = look_up(Identifiers(pmcid="PMC1"))

    assert [(reply.source, reply.identifier) for reply in found.replies] == [("pubmed", "pmcid")]


def test_a_pmid_that_is_known_already_is_not_asked_twice(sources):
    sources["/idconv"] = Reply(body=payloads.converted("PMC1", pmid="22381456"))
    sources["/pubmed/efetch.fcgi"] = Reply(body=payloads.pubmed())

    look_up(Identifiers(pmid="22381456", pmcid="PMC1"))

    assert asked(sources) == ["/pubmed/efetch.fcgi", "/idconv"]


def test_what_the_converter_does_not_have_europe_pmc_may(sources):
    error = payloads.converted("PMC7257447", status="error", errmsg="Identifier not found in PMC")
    sources["/idconv"] = Reply(body=error)
    sources["/europepmc/search"] = Reply(body=payloads.europepmc(payloads.europepmc_result()))

    assert states(look_up(Identifiers(pmcid="PMC7257447"))) == [("europepmc", "answered")]


def test_a_bookshelf_number_is_searched_and_summed_up(sources):
    sources["/pubmed/esearch.fcgi"] = Reply(body=payloads.searched("2821126", "2821127"))
    sources["/pubmed/esummary.fcgi"] = Reply(body=payloads.summary())

    found = look_up(Identifiers(nbk="NBK507250"))

    assert found.records[0].item["title"] == "Magnesium and stress"
    assert "id=2821126%2C2821127" in sources.asked[1].path


def test_a_bookshelf_number_without_hits_is_absent(sources):
    sources["/pubmed/esearch.fcgi"] = Reply(body=payloads.searched())

    assert states(look_up(Identifiers(nbk="NBK9"))) == [("bookshelf", "absent")]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, "oops"),
        Reply(429, "slow down"),
        Reply(403, "go away"),
        Reply(200, "<html>a login page of some hotel</html>"),
        Reply(200, "[]"),
        Reply(200, '{"message": {}}'),
    ],
)
def test_an_error_is_no_verdict(sources, reply):
    sources[WORK] = reply

    found = look_up(Identifiers(doi=DOI))

    assert states(found) == [("crossref", "unreachable")]
    assert found.why.startswith("Crossref: It ")


@pytest.mark.parametrize(
    ("numbers", "path"),
    [
        (Identifiers(pmid="1"), "/pubmed/efetch.fcgi"),
        (Identifiers(nbk="NBK1"), "/pubmed/esearch.fcgi"),
        (Identifiers(pmcid="PMC1"), "/idconv"),
    ],
)
@pytest.mark.parametrize(
    "body", ["", "<html>", "{}", "null", '{"records": []}', '{"esearchresult": {"idlist": "x"}}']
)
def test_odd_answers_of_the_others_are_none_either(sources, numbers, path, body):
    sources[path] = Reply(body=body)
    sources["/europepmc/search"] = Reply(500)

    assert all(reply.state == "unreachable" for reply in look_up(numbers).replies)


def test_nobody_there_is_no_verdict(settings, sources):
    settings.REFERENCE_SOURCES = dict.fromkeys(settings.REFERENCE_SOURCES, "http://127.0.0.1:9")

    found = look_up(Identifiers(doi=DOI, pmid="1"))

    assert {reply.state for reply in found.replies} == {"unreachable"}


def test_a_site_may_ask_nobody(settings, sources):
    settings.REFERENCE_LOOKUPS = False

    found = look_up(Identifiers(doi=DOI))

    assert (states(found), sources.asked) == ([("crossref", "unreachable")], [])
    assert "switched off" in found.why


def test_what_was_said_a_moment_ago_is_not_asked_again(sources):
    sources[WORK] = Reply(body=payloads.crossref())

    look_up(Identifiers(doi=DOI))
    look_up(Identifiers(doi=DOI))

    assert len(sources.asked) == 1


def test_an_error_is_not_kept(sources):
    sources[WORK] = [Reply(500), Reply(body=payloads.crossref())]

    found = [look_up(Identifiers(doi=DOI)).replies[0].state for _ in range(2)]

    assert found == ["unreachable", "answered"]


def test_a_check_asks_afresh(sources):
    sources[WORK] = [Reply(body=payloads.crossref()), Reply(404)]

    found = [look_up(Identifiers(doi=DOI), fresh=fresh).replies[0].state for fresh in (False, True)]

    assert found == ["answered", "absent"]


def test_sources_learn_whom_to_write_to(settings, sources):
    settings.OUTBOUND_CONTACT = "editor@site.example"
    sources[WORK] = Reply(body=payloads.crossref())
    sources["/pubmed/efetch.fcgi"] = Reply(body=payloads.pubmed())

    look_up(Identifiers(doi=DOI, pmid="1"))

    crossref, pubmed = sources.asked
    assert "mailto=editor%40site.example" in crossref.path
    assert "tool=chelate&email=editor%40site.example" in pubmed.path
    assert "mailto:editor@site.example" in crossref.headers["user-agent"]


def test_nothing_to_ask_asks_nobody(sources):
    assert look_up(Identifiers(isbn="9780306406157", url="https://example.org/")).replies == ()
    assert sources.asked == []


def test_an_answer_of_the_cache_is_what_it_was(sources):
    sources[WORK] = Reply(body=payloads.crossref())

    fresh, kept = (
        client.ask("crossref", WORK.removeprefix("/crossref")),
        client.ask("crossref", WORK.removeprefix("/crossref")),
    )

    assert fresh == kept
