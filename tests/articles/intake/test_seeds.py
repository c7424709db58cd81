"""The sample documents beside the clone, with the numbers counted by hand. All plugins are on."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command

from articles.compile import compile_article
from articles.models import Article, Pin, Revision
from cms.contracts import CALLOUTS, CITATIONS

pytestmark = [pytest.mark.shared, pytest.mark.django_db]


@pytest.fixture
def run(shared_dir):
    def run(*arguments):
        out = StringIO()
        call_command(
            "import_content", str(shared_dir / "seeds"), "--json", *arguments, stdout=out, stderr=StringIO()
        )
        return json.loads(out.getvalue())

    return run


@pytest.fixture
def report(run):
    return run()


def row_of(report, number):
    return next(row for row in report["articles"] if f"/{number}_" in row["source"])


def stored(number):
    return Article.objects.select_related("head").get(source_id__startswith=f"file:{number}_")


def counts(row):
    return {key: row[key] for key in ("callouts", "references", "disclaimers", "pins")}


def quotes(row, identifier):
    return [finding["quote"] for finding in row["findings"] if finding["id"] == identifier]


def test_three_articles_are_created(report):
    assert (report["created"], report["updated"], report["unchanged"]) == (3, 0, 0)


def test_running_again_changes_nothing(run, report):
    revisions = Revision.objects.count()

    again = run()

    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3)
    assert Revision.objects.count() == revisions
    assert [counts(row) for row in again["articles"]] == [counts(row) for row in report["articles"]]


def test_a_dry_run_counts_the_same_and_writes_nothing(run):
    dry = run("--dry-run")

    assert dry["created"] == 3
    assert not Article.objects.exists()
    assert [counts(row) for row in dry["articles"]] == [counts(row) for row in run()["articles"]]


def test_the_long_article_is_counted(report):
    assert counts(row_of(report, "000")) == {"callouts": 7, "references": 5, "disclaimers": 2, "pins": 2}
    assert row_of(report, "000")["not_understood"] == []


def test_its_callouts_are_of_four_kinds(report):
    names = re.findall(r"^:::([a-z-]+)$", stored("000").head.text, re.MULTILINE)

    assert {name: names.count(name) for name in set(names)} == {
        "statistic": 3,
        "clinical-evidence": 2,
        "research-highlight": 1,
        "study-insight": 1,
    }


def test_its_pages_shows_what_was_counted(report):
    document = compile_article(stored("000"))

    assert len(document.records[CALLOUTS]) == 7
    assert len([heading for heading in document.toc if heading.level == 2]) >= 9
    assert not [finding for finding in document.findings if finding.id.startswith("MD")]


def test_its_pins_wait(report):
    pins = Pin.objects.filter(source=stored("000"))

    assert pins.count() == 2
    assert not pins.filter(target__isnull=False).exists()


def test_its_disclaimers_are_records_that_articles_share(report):
    from disclaimers.models import Disclaimer

    names = stored("000").head.front_matter["disclaimers"]

    assert Disclaimer.objects.filter(slug__in=names).count() == 2


def test_its_references_carry_the_numbers_of_their_addresses(report):
    from references.models import Reference

    keys = [item["id"] for item in stored("000").head.front_matter["references"]]
    works = Reference.objects.filter(citekey__in=keys)

    assert {work.pmid for work in works if work.pmid} == {"9701160", "22381456"}
    assert {work.pmcid for work in works if work.pmcid} == {"PMC7257447"}
    assert {work.nbk for work in works if work.nbk} == {"NBK507250"}
    assert {work.doi for work in works if work.doi} == {"10.1186/s41043-023-00423-0"}


def test_the_house_line_gave_its_title(report):
    row = row_of(report, "000")

    assert row["title"].startswith("Magnesium Glycinate and the Role of Trace Minerals")
    assert "original (" not in stored("000").head.text


def test_the_article_without_a_title_gets_one_that_is_flagged(report):
    row = row_of(report, "001")

    assert counts(row) == {"callouts": 0, "references": 0, "disclaimers": 0, "pins": 0}
    assert row["title"]
    assert any("no title of its own" in message for message in row["not_understood"])
    assert any("no title of its own" in finding["message"] for finding in row["findings"])


def test_its_two_empty_markers_are_reported(report):
    assert quotes(row_of(report, "001"), "IMP03") == ["Recommended for you", "You may also like"]
    assert len(stored("001").head.text.split()) > 600


def test_the_article_with_papers(report):
    row = row_of(report, "003")

    assert row["references"] == 5
    assert quotes(row, "EVD04") == ["Jargin, 2022", "Liu et al., 2021"]
    assert quotes(row, "EVD06") == ["barbagallo2019"]
    assert not re.search(r"^# ", stored("003").head.text, re.MULTILINE)


def test_its_citations_are_linked(report):
    document = compile_article(stored("003"))

    assert [use.citekey for use in document.records[CITATIONS]] == [
        "siebrecht2013",
        "lamontagne2012",
        "batta2017",
        "veronese2020",
        "siebrecht2013",
    ]
    assert document.html.count("<h1") == 0


def test_its_unknown_citation_count_stays_unknown(report):
    references = stored("003").head.front_matter["references"]

    assert [item["custom"]["citation_count"] for item in references] == [5, 2, None, 43, 3]


def test_its_short_link_is_managed_direct_and_flagged(report):
    from affiliates.models import AffiliateLink

    slug = stored("003").head.front_matter["affiliate_link"]
    link = AffiliateLink.objects.get(slug=slug)

    assert link.network.key == "amazon"
    assert any("short link" in finding["message"] for finding in row_of(report, "003")["findings"])


def test_what_is_refused_says_why(run):
    report = run("--publish")

    assert [row["publication"].split(":")[0] for row in report["articles"]][-1] == "not published"
    assert "(Jargin, 2022)" in row_of(report, "003")["publication"]
