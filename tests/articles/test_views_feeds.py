import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from articles.models import Edition
from cms import contracts, plugins
from tests.factories import AuthorFactory, EditionFactory, TopicFactory

pytestmark = pytest.mark.django_db

FEEDS = ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def edition():
    return EditionFactory(
        title="Zinc & iron",
        article__slug="zinc",
        description="1 < 2",
        topic=TopicFactory(name="Zinc", slug="zinc"),
        authors=[AuthorFactory(name="Ana", slug="ana")],
        published_at=datetime(2026, 5, 1, 9, tzinfo=UTC),
        updated_at=datetime(2026, 5, 2, 9, tzinfo=UTC),
    )


def test_rss_carries_the_article(client, edition):
    response = client.get("/feeds/rss.xml")
    item = ElementTree.fromstring(response.content).find("channel/item")

    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert item.findtext("title") == "Zinc & iron"
    assert item.findtext("link") == "https://site.example/articles/zinc/"
    assert item.findtext("description") == "<p>1 &lt; 2</p>"
    assert item.findtext("category") == "Zinc"


def test_atom_carries_both_dates_and_the_author(client, edition):
    entry = ElementTree.fromstring(client.get("/feeds/atom.xml").content).find(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}published") == "2026-05-01T09:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-05-02T09:00:00+00:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ana"


def test_json_feed_carries_the_article(client, edition):
    response = client.get("/feeds/feed.json")
    feed = json.loads(response.content)

    assert response["Content-Type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"] == [
        {
            "id": f"tag:site.example,2026-05-01:article/{edition.article_id}",
            "url": "https://site.example/articles/zinc/",
            "title": "Zinc & iron",
            "content_html": "<p>1 &lt; 2</p>",
            "date_published": "2026-05-01T09:00:00+00:00",
            "date_modified": "2026-05-02T09:00:00+00:00",
            "authors": [{"name": "Ana", "url": "https://site.example/authors/ana/"}],
            "tags": ["Zinc"],
            "image": f"https://site.example{edition.image.file.url}",
        }
    ]


def test_id_survives_a_new_address(client, edition):
    before = json.loads(client.get("/feeds/feed.json").content)["items"][0]["id"]
    Edition.objects.filter(pk=edition.pk).update(slug="zinc-and-iron")

    assert json.loads(client.get("/feeds/feed.json").content)["items"][0]["id"] == before


@pytest.mark.parametrize("url", FEEDS)
def test_feed_hides_what_is_not_live(client, url):
    EditionFactory(title="Tomorrow", scheduled=True)
    EditionFactory(title="Withdrawn", ended=True)

    text = client.get(url).text

    assert "Tomorrow" not in text
    assert "Withdrawn" not in text


@pytest.mark.parametrize("url", FEEDS)
def test_feed_holds_no_body_and_labels_paid_articles(client, url):
    EditionFactory(html='<p><a href="https://shop.example">Buy</a></p>', has_paid_links=True)

    text = client.get(url).text

    assert "shop.example" not in text
    assert "Contains paid links." in text


@pytest.mark.parametrize("url", FEEDS)
def test_feed_is_the_same_until_something_changes(client, url):
    EditionFactory()
    etag = client.get(url)["ETag"]

    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    EditionFactory()
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("url", FEEDS)
def test_feed_of_an_empty_site_is_a_feed(client, url):
    assert client.get(url).status_code == 200


def test_plugin_adds_to_the_items(client):
    EditionFactory()
    slot = contracts.Slot("note", "feed_item", lambda context: f"<p>Note on {context.edition.slug}</p>")
    registry = plugins.Registry(objects={"slots": {"note": slot}})

    with plugins.use_registry(registry):
        item = json.loads(client.get("/feeds/feed.json").content)["items"][0]

    assert "<p>Note on " in item["content_html"]


@pytest.mark.parametrize("url", FEEDS)
@pytest.mark.parametrize("count", [1, 20])
def test_feed_query_count_does_not_grow(client, django_assert_num_queries, url, count):
    EditionFactory.create_batch(count)

    with django_assert_num_queries(2):  # editions, authors
        client.get(url)
