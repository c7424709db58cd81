"""Names in their order, and no record that takes a feed down for everybody."""

from xml.etree import ElementTree

import pytest

from articles.models import Edition
from articles.preview import preview_url
from articles.publishing import publish
from tests.factories import ArticleFactory, AuthorFactory, TopicFactory

pytestmark = pytest.mark.django_db
NAMES = ["Zoe Last", "Ana First", "Mia Middle"]


@pytest.fixture
def article():
    for name in sorted(NAMES):
        AuthorFactory(name=name, slug=name.split()[0].lower())
    slugs = [name.split()[0].lower() for name in NAMES]
    return ArticleFactory(slug="zinc", front_matter={"authors": slugs})


def in_order(text):
    return sorted(NAMES, key=text.index)


def test_readers_see_the_authors_in_the_order_of_the_preview(client, article):
    publish(article)

    assert in_order(client.get(preview_url(article.head)).text) == NAMES
    assert in_order(client.get("/articles/zinc/").text.partition("<body>")[2]) == NAMES


@pytest.mark.parametrize("address", ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"])
def test_feeds_name_the_authors_in_that_order(client, article, address):
    publish(article)

    assert in_order(client.get(address).text) == NAMES


@pytest.mark.parametrize("address", ["/feeds/rss.xml", "/feeds/atom.xml"])
def test_a_control_character_does_not_take_the_feed_down(client, address):
    """XML cannot hold them at all; Django's writer refuses the whole feed."""
    AuthorFactory(slug="mara", name="Ma\x08ra")
    TopicFactory(slug="minerals", name="Mine\x01rals")
    article = ArticleFactory(
        title="Zi\x02nc",
        front_matter={
            "title": "Zi\x02nc",
            "description": "A \x0bmetal\uffff.",
            "authors": ["mara"],
            "topic": "minerals",
        },
    )
    edition = publish(article)
    Edition.objects.filter(pk=edition.pk).update(title="Zi\x02nc", description="A \x0bmetal\uffff.")

    answer = client.get(address)

    assert answer.status_code == 200
    assert "Zi nc" in answer.text
    ElementTree.fromstring(answer.content)
