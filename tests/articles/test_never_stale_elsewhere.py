"""A change is seen at once by every process of a real server, though none of them is told."""

import os

import pytest
from django.db import connection

from affiliates.recall import recall
from articles import publishing
from articles.revisions import save_revision
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.benchmarks.server import WORKERS, serving
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)
# Each request is a connection of its own, and the system deals these out: every worker gets some.
REQUESTS = 20 * WORKERS
URL = "/articles/zinc/"


@pytest.fixture
def server(tmp_path):
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    with serving(tmp_path, DATABASE_URL=url) as running:
        yield running


def test_no_process_shows_what_was(server):
    product = ProductFactory(slug="tablets", link=LinkFactory(slug="tablets-shop"))
    article = ArticleFactory(slug="zinc", text="First words.\n\n::product{tablets}")
    publishing.publish(article, override="test")

    def pages():
        return [server.get(URL) for _ in range(REQUESTS)]

    def how_many_show(words):
        return sum(words in page for page in pages())

    assert how_many_show(b"First words.") == REQUESTS

    article.refresh_from_db()
    save_revision(article, text="Second words.\n\n::product{tablets}", front_matter=article.head.front_matter)
    publishing.publish(article, override="test")
    assert how_many_show(b"Second words.") == REQUESTS

    assert how_many_show(b"/go/tablets-shop/") == REQUESTS
    recall([product], reason="Lead found.")
    assert how_many_show(b"/go/tablets-shop/") == 0

    article.topic.name = "Trace elements"
    article.topic.save()
    assert how_many_show(b"Trace elements") == REQUESTS
