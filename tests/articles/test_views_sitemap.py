from xml.etree import ElementTree

import pytest

from articles import sitemaps
from tests.factories import AuthorFactory, EditionFactory, TopicFactory

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(response):
    return [found.text for found in ElementTree.fromstring(response.content).iter(f"{NAMESPACE}loc")]


def test_sitemap_lists_every_kind_of_page(client):
    topic, author = TopicFactory(slug="zinc"), AuthorFactory(slug="ana")
    EditionFactory(article__slug="zinc-and-iron", topic=topic, authors=[author])

    response = client.get("/sitemap.xml")

    assert response["Content-Type"] == "application/xml"
    assert addresses(response) == [
        "https://site.example/",
        "https://site.example/topics/zinc/",
        "https://site.example/authors/ana/",
        "https://site.example/articles/zinc-and-iron/",
    ]


def test_sitemap_hides_what_is_not_live(client):
    EditionFactory(scheduled=True)
    EditionFactory(ended=True)

    assert addresses(client.get("/sitemap.xml")) == ["https://site.example/"]


def test_sitemap_leaves_out_articles_whose_home_is_elsewhere(client):
    edition = EditionFactory(canonical_url="https://first.example/zinc")

    assert edition.slug not in client.get("/sitemap.xml").text


def test_last_change_is_the_substantive_one(client):
    EditionFactory(updated_at="2026-05-02T09:00:00Z")

    assert "<lastmod>2026-05-02T09:00:00+00:00</lastmod>" in client.get("/sitemap.xml").text


def test_large_site_gets_an_index(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "LIMIT", 2)
    editions = EditionFactory.create_batch(3)

    index = addresses(client.get("/sitemap.xml"))
    parts = [addresses(client.get("/sitemap.xml", {"page": page})) for page in (1, 2)]

    assert index == ["https://site.example/sitemap.xml?page=1", "https://site.example/sitemap.xml?page=2"]
    found = [address for part in parts for address in part if "/articles/" in address]
    assert found == [f"https://site.example{edition.get_absolute_url()}" for edition in editions]


@pytest.mark.parametrize("number", ["0", "2", "x", ""])
def test_part_that_does_not_exist_is_not_found(client, number):
    assert client.get("/sitemap.xml", {"page": number}).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_sitemap_query_count_does_not_grow(client, django_assert_num_queries, count):
    EditionFactory.create_batch(count)

    with django_assert_num_queries(4):  # count, topics, authors, editions
        client.get("/sitemap.xml")
