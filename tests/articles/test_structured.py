import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import structured
from tests.factories import AuthorFactory, EditionFactory, TopicFactory

URL = "https://site.example/articles/zinc/"


def nodes_of(response):
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)[1]
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


@pytest.fixture
def edition(db):
    return EditionFactory(
        title="Zinc </script> iron",
        article__slug="zinc",
        topic=TopicFactory(name="Zinc", slug="metals"),
        authors=[
            AuthorFactory(name="Ana Reyes", slug="ana", credentials="RD", profile_url="https://orcid.org/0")
        ],
        reviewer=AuthorFactory(name="Jo Lee", slug="jo"),
        reviewed_on=date(2026, 4, 1),
        word_count=460,
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        updated_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


def test_article_node_agrees_with_the_page(client, edition):
    article = nodes_of(client.get(edition.get_absolute_url()))["Article"]

    assert article["@id"] == f"{URL}#article"
    assert article["headline"] == "Zinc </script> iron"
    assert article["datePublished"] == "2026-01-01T00:00:00+00:00"
    assert article["dateModified"] == "2026-03-01T00:00:00+00:00"
    assert article["author"] == [{"@id": "https://site.example/authors/ana/#person"}]
    assert article["articleSection"] == "Zinc"
    assert article["timeRequired"] == "PT2M"
    assert article["image"][0].startswith("https://site.example/media/")


def test_review_stands_on_the_page_not_on_the_article(client, edition):
    nodes = nodes_of(client.get(edition.get_absolute_url()))

    assert nodes["WebPage"]["lastReviewed"] == "2026-04-01"
    assert nodes["WebPage"]["reviewedBy"] == {"@id": "https://site.example/authors/jo/#person"}
    assert "reviewedBy" not in nodes["Article"]


@pytest.mark.django_db
def test_page_without_a_dated_review_claims_none(client):
    edition = EditionFactory(reviewed_on=None)

    assert "reviewedBy" not in nodes_of(client.get(edition.get_absolute_url()))["WebPage"]


def test_name_of_a_person_is_the_name_alone(client, edition):
    response = client.get("/authors/ana/")
    person = nodes_of(response)["Person"]

    assert person["name"] == "Ana Reyes"
    assert person["honorificSuffix"] == "RD"
    assert person["sameAs"] == ["https://orcid.org/0"]
    assert nodes_of(response)["ProfilePage"]["mainEntity"] == {"@id": person["@id"]}


def test_breadcrumb_leads_home_by_the_topic(client, edition):
    page = nodes_of(client.get(edition.get_absolute_url()))["WebPage"]
    trail = page["breadcrumb"]["itemListElement"]

    assert [step["position"] for step in trail] == [1, 2, 3]
    assert [step.get("item") for step in trail] == [
        "https://site.example/",
        "https://site.example/topics/metals/",
        None,
    ]


def test_every_person_that_is_named_is_described(client, edition):
    response = client.get(edition.get_absolute_url())
    named = re.findall(r'\{"@id":"([^"]+#person)"\}', response.text)

    assert len(named) == 2
    for person in named:
        assert f'{{"@type":"Person","@id":"{person}","name":' in response.text


@pytest.mark.parametrize("url", ["/", "/topics/metals/"])
def test_lists_describe_the_site(client, edition, url):
    nodes = nodes_of(client.get(url))

    assert nodes["WebSite"]["@id"] == "https://site.example/#website"
    assert nodes["Organization"]["logo"].startswith("https://site.example/static/cms/touch-icon")


@pytest.mark.django_db
def test_plugin_extends_a_node_of_the_page(client):
    extra = [{"@type": "MedicalWebPage", "@id": "#webpage"}, {"@id": "#article", "citation": ["A paper"]}]
    edition = EditionFactory(structured_data=extra)

    nodes = nodes_of(client.get(edition.get_absolute_url()))

    assert nodes["MedicalWebPage"]["inLanguage"] == "en"
    assert nodes["Article"]["citation"] == ["A paper"]
    assert "WebPage" not in nodes


def test_merge_joins_nodes_of_equal_id():
    nodes = [{"@id": "a", "x": 1, "list": [1]}, {"@id": "b"}, {"@id": "a", "x": 2, "list": [2]}]

    assert structured.merged(nodes) == [{"@id": "a", "x": 2, "list": [1, 2]}, {"@id": "b"}]


def test_merge_keeps_nodes_without_id_apart():
    assert structured.merged([{"x": 1}, {"x": 2}]) == [{"x": 1}, {"x": 2}]


def test_merge_places_fragments_on_the_page():
    assert structured.merged([{"@id": "#article"}], base=URL) == [{"@id": f"{URL}#article"}]


@given(st.text())
def test_no_text_leaves_the_script_element(text):
    html = structured.script_text([{"headline": text}])

    assert not set("<>&") & set(html)
    assert json.loads(html)["@graph"][0]["headline"] == text
