from datetime import timedelta

import pytest
from django.core import signing

from articles.models import Edition
from articles.preview import SALT, preview_url
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db


def test_link_shows_the_draft_and_says_that_it_is_one(client):
    AuthorFactory(slug="ana", name="Ana Reyes")
    article = ArticleFactory(title="Draft", text="Zinc is a *metal*.", front_matter={"authors": ["ana"]})

    response = client.get(preview_url(article.head))

    assert response.status_code == 200
    assert "Readers do not see this page." in response.text
    assert "Zinc is a <em>metal</em>." in response.text
    assert "Ana Reyes" in response.text


def test_preview_publishes_nothing(client):
    article = ArticleFactory()

    client.get(preview_url(article.head))

    assert not Edition.objects.exists()


def test_preview_is_neither_stored_nor_indexed(client):
    response = client.get(preview_url(ArticleFactory().head))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in response.text
    assert 'rel="canonical"' not in response.text
    assert "ld+json" not in response.text


def test_preview_sets_no_cookie(client):
    assert not client.get(preview_url(ArticleFactory().head)).cookies


def test_link_expires(client, frozen_time):
    url = preview_url(ArticleFactory().head, lifetime=timedelta(hours=1))

    frozen_time.tick(timedelta(minutes=59))
    assert client.get(url).status_code == 200
    frozen_time.tick(timedelta(minutes=1))
    assert client.get(url).status_code == 404


def test_link_keeps_to_its_revision(client):
    article = ArticleFactory(text="First.")
    url = preview_url(article.head)
    article.head = article.revisions.create(number=2, text="Second.", front_matter=article.head.front_matter)
    article.save()

    assert "First." in client.get(url).text


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        signing.dumps([1, 9e9], salt="another purpose"),
        signing.dumps([10**9, 9_000_000_000], salt=SALT),
    ],
)
def test_forged_or_dangling_link_is_not_found(client, token):
    assert client.get(f"/preview/{token}/").status_code == 404


def test_altered_link_is_not_found(client):
    url = preview_url(ArticleFactory().head)

    assert client.get(url[:-2] + ("A" if url[-2] != "A" else "B") + "/").status_code == 404
