"""What a reader's browser gets of a cited work."""

import json
import re

import pytest

from articles import publishing
from references import library, part
from references.models import Reference
from tests.factories import ArticleFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


def publish(text, **front_matter):
    article = ArticleFactory(text=text, front_matter=front_matter)
    return publishing.publish(article, override="Checks of other plugins are tested elsewhere")


def graph(html):
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {node["@id"]: node for node in json.loads(script)["@graph"] if "@id" in node}


def test_the_page_shows_numbers_and_the_list(client):
    ReferenceFactory(citekey="siebrecht2013")
    edition = publish("Zinc [@siebrecht2013].")

    html = client.get(edition.get_absolute_url()).content.decode()

    assert 'href="#c-ref-siebrecht2013">[1]</a>' in html
    assert '<li id="c-ref-siebrecht2013">Siebrecht S.' in html


def test_the_articles_node_cites_the_work(client):
    ReferenceFactory(citekey="siebrecht2013", csl__DOI="10.1234/om")
    edition = publish("Zinc [@siebrecht2013].")

    nodes = graph(client.get(edition.get_absolute_url()).content.decode())

    [article] = [node for name, node in nodes.items() if name.endswith("#article")]
    assert article["@type"] == "Article"
    assert [work["url"] for work in article["citation"]] == ["https://doi.org/10.1234/om"]


@pytest.mark.parametrize("count", [1, 20])
def test_reading_takes_no_query_for_works(client, count, django_assert_max_num_queries):
    works = ReferenceFactory.create_batch(count)
    edition = publish(" ".join(f"[@{work.citekey}]" for work in works))

    with django_assert_max_num_queries(6) as queries:
        client.get(edition.get_absolute_url())

    assert not [query for query in queries if "references_" in query["sql"]]


def test_what_readers_saw_does_not_change_with_the_library(client):
    reference = ReferenceFactory(citekey="siebrecht2013")
    edition = publish("Zinc [@siebrecht2013].")
    before = client.get(edition.get_absolute_url()).content

    Reference.objects.filter(pk=reference.pk).update(
        title="Changed behind our back", csl={"title": "Changed"}
    )

    assert client.get(edition.get_absolute_url()).content == before


def test_an_unchanged_recompilation_writes_no_edition(run_tasks, django_capture_on_commit_callbacks):
    reference = ReferenceFactory(citekey="siebrecht2013")
    edition = publish("Zinc [@siebrecht2013].")

    with django_capture_on_commit_callbacks(execute=True):
        library.store(Reference.objects.get(pk=reference.pk))
    run_tasks()

    assert edition.article.editions.count() == 1


def test_a_rollback_cites_again():
    ReferenceFactory(citekey="siebrecht2013")
    first = publish("Zinc [@siebrecht2013].")

    again = publishing.rollback(first, override="Checks of other plugins are tested elsewhere")

    assert [use.reference.citekey for use in again.citations.all()] == ["siebrecht2013"]


def test_an_imported_list_is_what_readers_get(client):
    item = {"id": "rayman2012", "title": "Selenium <i>and</i> health", "PMID": "22381456"}
    loaded = part.load(
        {"references": [{**item, "custom": {"insight": "A trace element.", "citation_count": 7}}]}
    )
    edition = publish("::papers", **loaded)

    html = client.get(edition.get_absolute_url()).content.decode()

    assert '<a href="https://pubmed.ncbi.nlm.nih.gov/22381456/">Selenium <i>and</i> health</a>' in html
    assert "A trace element." in html
    assert '<td class="align-right">7</td>' in html
