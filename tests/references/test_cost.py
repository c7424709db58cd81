"""Forty citations cost no query more than one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.compile import compile_article, make_source
from references.works import pick
from tests.factories import ArticleFactory, UserFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


def text_with(count):
    return "\n\n".join(f"Zinc [@{work.citekey}]." for work in ReferenceFactory.create_batch(count))


def queries_of(action):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    return [query["sql"] for query in captured.captured_queries]


def test_compiling_asks_the_library_once_however_many_are_cited():
    one, forty = (make_source(text_with(count), {}, 1) for count in (1, 40))

    counted = [
        queries_of(lambda source=source: compile_article(source, "preview")) for source in (one, forty)
    ]

    assert len(counted[0]) == len(counted[1])
    assert [sum('FROM "references_reference"' in sql for sql in queries) for queries in counted] == [1, 1]


@pytest.mark.parametrize("address", ["save", "preview"])
def test_saving_and_previewing_cost_the_same(client, address):
    client.force_login(UserFactory(superuser=True))
    articles = [ArticleFactory() for _ in range(2)]
    texts = [text_with(count) for count in (1, 40)]
    client.get(
        reverse("admin:articles_article_change", args=[articles[0].pk])
    )  # what is looked up once a process

    counted = [
        len(queries_of(lambda article=article, text=text: _post(client, address, article, text)))
        for article, text in zip(articles, texts, strict=True)
    ]

    assert counted[0] == counted[1]


def _post(client, address, article, text):
    data = {"title": article.title, "text": text, "kind": "save", "expected_head": article.head_id}
    reply = client.post(reverse(f"admin:articles_article_{address}", args=[article.pk]), data)
    assert reply.status_code == 200, reply.content


@pytest.mark.parametrize("query", ["", "magnesium", "10.1234/om", "siebrecht 2013"])
def test_the_picker_asks_once(query):
    ReferenceFactory.create_batch(30)

    assert len(queries_of(lambda: pick(query))) == 1
