"""The shared answers of Crossref, PubMed, Europe PMC and OpenAlex: nothing fails, the titles and verdicts are right."""

import json
import re
from html import unescape

import pytest

from references import csl, library
from references.sources import crossref, europepmc, openalex, pubmed, summaries
from references.verification import editorial
from references.verification.titles import fold

pytestmark = pytest.mark.shared

# Everything else of Crossref's folder says nothing: current.
VERDICTS = {
    "10-1016-s0140-6736-97-11096-0": "retracted",  # corrected, then retracted
    "select-10-1016-s0140-6736-97-11096-0": "retracted",
    "select-10-1056-nejmoa2007621": "retracted",  # concern, then retracted
    "select-10-1016-j-ejogrb-2014-02-038": "concern",  # told by two sources
    "10-1073-pnas-1414271111": "corrected",
    "10-1371-journal-pbio-0050002": "corrected",
    "10-1371-journal-pone-0033693": "corrected",
    "10-1111-ijal-12281": "notice",  # update-to another DOI
    "10-1371-annotation-6a5deee5-b766-49e5-a4ef-6079c2b25830": "notice",
    "10-1371-journal-pone-0203153": "notice",
    "10-1371-journal-pone-0204770": "notice",
    "10-1103-physrevb-98-104436": "current",  # update-to itself
    "10-1371-journal-ppat-1006930": "current",  # a new version of itself
    "10-1155-2020-5109831": "current",  # a title that says "Retracted:" and nothing else: a hint
    "10-1021-acsearthspacechem-4c00298": "current",  # "Correction to" in a title only
}
PUBMED = {
    "efetch-35649368": "corrected",
    "efetch-38147649": "corrected",
    "efetch-38833988": "notice",
    "efetch-38962805": "notice",
    "efetch-36156117": "current",  # UpdateOf a preprint
    "efetch-25364329": "current",  # CommentIn
    "efetch-34529508": "current",  # CommentOn
    "efetch-36577847": "current",
}


def folder(shared_dir, name):
    return sorted((shared_dir / "fixtures" / "citations" / name).iterdir())


@pytest.fixture
def works(shared_dir):
    return {path.stem: json.loads(path.read_text())["message"] for path in folder(shared_dir, "crossref")}


@pytest.fixture
def articles(shared_dir):
    paths = [path for path in folder(shared_dir, "pubmed") if path.suffix == ".xml"]
    return {path.stem: (path.read_text(), pubmed.read(path.read_text())) for path in paths}


def test_every_answer_of_crossref_becomes_one_item_with_its_title(works):
    wrong = []

    for name, work in works.items():
        wanted = fold(" ".join([*(work.get("title") or [])[:1], *(work.get("subtitle") or [])[:1]]))
        found = csl.columns(library.read(crossref.read(work).item).item)
        assert found.doi == work["DOI"].lower()
        if fold(found.title).replace(" ", "") != wanted.replace(
            " ", ""
        ):  # species names lost their blanks there
            wrong.append(name)

    assert len(works) == 52
    assert len(wrong) <= 0.03 * len(works), wrong


def test_every_work_of_crossref_is_classified(works):
    found = {name: str(editorial.derive(crossref.read(work).notices)) for name, work in works.items()}

    assert {name: status for name, status in found.items() if status != VERDICTS.get(name, "current")} == {}
    assert VERDICTS.keys() <= found.keys()


def test_a_title_that_says_retracted_is_a_hint(works):
    [notice] = crossref.read(works["10-1155-2020-5109831"]).notices

    assert notice.is_hint


def test_every_file_of_pubmed_is_read_with_the_right_count(articles):
    for text, records in articles.values():
        assert len(records) == len(re.findall(r"<Pubmed(?:Book)?Article>", text))

    assert len(articles) == 20


def test_titles_of_pubmed_are_right(articles):
    for text, records in articles.values():
        written = re.findall(r"<ArticleTitle[^>]*>(.*?)</ArticleTitle>", text, re.DOTALL)
        if "<PubmedBookArticle>" not in text:
            assert [fold(record.item["title"]) for record in records] == [
                fold(unescape(title)) for title in written
            ]


def test_records_of_pubmed_are_classified(articles):
    found = {
        name: [str(editorial.derive(record.notices)) for record in records]
        for name, (_, records) in articles.items()
    }

    assert {name: found[name] for name in PUBMED} == {name: [status] for name, status in PUBMED.items()}
    others = {status for name, statuses in found.items() if name not in PUBMED for status in statuses}
    assert others == {"current"}


def test_europe_pmc_and_openalex_know_the_retraction(shared_dir):
    [answer] = folder(shared_dir, "europepmc")
    [record] = europepmc.read(json.loads(answer.read_text()))
    works = [openalex.read(json.loads(path.read_text())) for path in folder(shared_dir, "openalex")]

    assert (editorial.derive(record.notices), record.cited_by) == ("retracted", 1170)
    assert [work.source_id for work in works if work.notices] == ["W2117847125"]
    assert all(notice.is_hint for work in works for notice in work.notices)
    assert [work.cited_by for work in works].count(None) == 1  # not asked for, which is not 0


def test_the_summary_of_pubmed_knows_the_retraction(shared_dir):
    path = shared_dir / "fixtures" / "citations" / "pubmed" / "esummary-9500320.json"
    [record] = summaries.read(json.loads(path.read_text()))

    assert editorial.derive(record.notices) == "retracted"
    assert {notice.pmid for notice in record.notices if notice.status == "retracted"} >= {"20137807"}
    assert library.read(record.item).key == "wakefield1998"
