"""From the text to the edition: checks, citations, structured data, and what follows a change."""

import pytest

from articles import publishing
from articles.compile import compile_article
from articles.models import Edition
from references import library, part
from references.models import Citation, Reference
from tests.factories import ArticleFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


def publish(text, **front_matter):
    article = ArticleFactory(text=text, front_matter=front_matter)
    return publishing.publish(article, override="Tests of other plugins' checks stand elsewhere")


def found(text, check, **front_matter):
    article = ArticleFactory(text=text, front_matter=front_matter)
    findings = compile_article(article).findings
    return [(each.severity, each.line, each.quote) for each in findings if each.id == check]


def nodes(edition):
    return [node for node in edition.structured_data if "citation" in node]


def test_citations_are_written_for_the_edition():
    reference = ReferenceFactory(citekey="siebrecht2013")

    edition = publish("Zinc.\n\nMagnesium [see @siebrecht2013, p. 3 only] and @siebrecht2013.")

    first, second = Citation.objects.filter(edition=edition)
    assert (first.reference, first.position, first.number) == (reference, 1, 1)
    assert (first.prefix, first.locator, first.suffix, first.mode) == ("see", "p. 3", "only", "normal")
    assert (second.position, second.mode, second.block_index) == (2, "author_in_text", 1)
    assert first.block_key == second.block_key != ""


@pytest.mark.parametrize("count", [1, 20])
def test_any_number_of_citations_is_written_in_two_queries(count, django_assert_num_queries):
    from cms.contracts import PublishEvent
    from references.listeners import published
    from tests.references.works import compile_with, make_work

    work = make_work("x2000", pk=ReferenceFactory().pk)
    document = compile_with("[@x2000] " * count, work)
    edition = publish("Zinc.")

    with django_assert_num_queries(2):  # known references, citations
        published(PublishEvent(edition.article_id, edition.pk, document))


def test_a_work_deleted_since_does_not_fail_the_others():
    from cms.contracts import PublishEvent
    from references.listeners import published
    from tests.references.works import compile_with, make_work

    kept = ReferenceFactory(citekey="kept2000")
    document = compile_with(
        "[@kept2000; @gone2000]", make_work("kept2000", pk=kept.pk), make_work("gone2000", pk=kept.pk + 1)
    )
    edition = publish("Zinc.")

    published(PublishEvent(edition.article_id, edition.pk, document))

    assert [citation.reference for citation in Citation.objects.all()] == [kept]


def test_long_words_around_a_citation_fit_their_columns():
    ReferenceFactory(citekey="siebrecht2013")
    words, number = "x " * 400, "1-" * 200 + "2"

    publish(f"[{words} @siebrecht2013, p. {number} {words}]")

    [citation] = Citation.objects.all()
    assert [len(citation.prefix), len(citation.locator), len(citation.suffix)] == [300, 100, 300]


def test_citations_outlive_the_end_of_their_edition():
    ReferenceFactory(citekey="siebrecht2013")
    edition = publish("[@siebrecht2013]")

    publishing.unpublish(edition.article)

    assert Citation.objects.filter(edition=edition).exists()


def test_an_unknown_citation_blocks_publishing():
    with pytest.raises(publishing.PublishRefused, match="There is no reference “nokey”"):
        publishing.publish(ArticleFactory(text="Zinc [@nokey]."))


def test_a_retracted_work_is_an_error_where_it_is_cited():
    ReferenceFactory(citekey="liu2021", retracted=True)

    assert found("Zinc.\n\nIs it [@liu2021]? Yes [@liu2021].", "EVD05") == [("error", 3, "@liu2021")]


def test_a_retracted_work_that_is_only_listed_is_an_error_too():
    ReferenceFactory(citekey="liu2021", retracted=True, csl__title="Zinc")

    assert found("Zinc.", "EVD05", references=[{"id": "liu2021"}]) == [("error", None, "liu2021")]


@pytest.mark.parametrize(
    ("status", "severities"),
    [
        ("current", []),
        ("corrected", []),
        ("concern", ["warning"]),
        ("retracted", ["error"]),
        ("withdrawn", ["error"]),
    ],
)
def test_the_editorial_status_decides(status, severities):
    ReferenceFactory(citekey="liu2021", editorial_status=status)

    assert [severity for severity, _, _ in found("[@liu2021]", "EVD05")] == severities


def test_an_unreadable_item_is_a_warning():
    kept = part.load({"references": ["Smith J. Zinc. 2020."]})

    assert found("Zinc.", "EVD05", **kept) == [("warning", None, "Smith J. Zinc. 2020.")]


def test_a_listed_work_that_is_never_cited_is_noted():
    for citekey in ("cited2000", "paper2000", "idle2000", "library2000"):
        ReferenceFactory(citekey=citekey)
    references = [{"id": "cited2000"}, {"id": "paper2000"}, {"id": "idle2000"}]

    quotes = found("[@cited2000] [@library2000]\n\n::papers{paper2000}", "EVD06", references=references)

    assert quotes == [("info", None, "paper2000"), ("info", None, "idle2000")]


def test_structured_data_describes_the_cited_works():
    ReferenceFactory(
        citekey="siebrecht2013",
        csl__title="Zinc <i>x</i>",
        csl__DOI="10.1234/om",
        csl__PMID="9701160",
        csl__ISSN=["1234-5678"],
        csl__issued={"date-parts": [[2013, 5]]},
    )

    [node] = nodes(publish("[@siebrecht2013]"))

    assert node == {
        "@id": "#article",
        "citation": [
            {
                "@type": "ScholarlyArticle",
                "name": "Zinc x",
                "author": [{"@type": "Person", "name": "Stefan Siebrecht"}],
                "datePublished": "2013-05",
                "identifier": [
                    {"@type": "PropertyValue", "propertyID": "pmid", "value": "9701160"},
                ],
                "url": "https://doi.org/10.1234/om",  # says the DOI, and that the journal
            }
        ],
    }


@pytest.mark.parametrize(("issn", "expected"), [("1234-5678", "1234-5678"), (["1", "2"], "1"), ([], None)])
def test_structured_data_names_the_journals_number(issn, expected):
    ReferenceFactory(citekey="x2000", csl__ISSN=issn, csl__DOI=None)

    [node] = nodes(publish("[@x2000]"))

    place = node["citation"][0]["isPartOf"]
    assert (place["name"], place.get("issn")) == ("OM & Ernährung", expected)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("book", "Book"),
        ("chapter", "ScholarlyArticle"),
        ("webpage", "CreativeWork"),
        ("report", "ScholarlyArticle"),
    ],
)
def test_structured_data_names_the_kind_of_work(kind, expected):
    ReferenceFactory(citekey="x2000", csl__type=kind, csl__author=[{"literal": "WHO"}])

    [node] = nodes(publish("[@x2000]"))

    assert node["citation"][0]["@type"] == expected
    assert node["citation"][0]["author"] == [{"@type": "Organization", "name": "WHO"}]


def test_retracted_and_uncited_works_are_not_in_the_structured_data():
    ReferenceFactory(citekey="liu2021", retracted=True)
    ReferenceFactory(citekey="idle2000")

    assert nodes(publish("[@liu2021]", references=[{"id": "idle2000"}])) == []


def test_readers_see_a_correction_of_a_work(run_tasks, django_capture_on_commit_callbacks):
    reference = ReferenceFactory(citekey="siebrecht2013")
    edition = publish("[@siebrecht2013]")
    reference.csl = {**reference.csl, "title": "The true title"}

    with django_capture_on_commit_callbacks(execute=True):
        library.store(reference)
    run_tasks()

    assert "The true title" in Edition.objects.live().get(article=edition.article).html


def test_a_retraction_is_shown_on_pages_that_are_live(run_tasks, django_capture_on_commit_callbacks):
    reference = ReferenceFactory(citekey="siebrecht2013")
    edition = publish("[@siebrecht2013]")
    reference.editorial_status = Reference.EditorialStatus.RETRACTED

    with django_capture_on_commit_callbacks(execute=True):
        library.store(reference)
    run_tasks()

    live = Edition.objects.live().get(article=edition.article)
    assert "references__flag" in live.html
    assert [finding["id"] for finding in live.findings if finding["id"] == "EVD05"] == ["EVD05"]


def test_an_edition_that_waits_for_a_key_gets_the_work(run_tasks, django_capture_on_commit_callbacks):
    edition = publish("Zinc [@jargin2022].")

    with django_capture_on_commit_callbacks(execute=True):
        library.store(Reference(citekey="jargin2022", csl={"title": "Magnesium, taken soberly"}))
    run_tasks()

    assert "taken soberly" in Edition.objects.live().get(article=edition.article).html
