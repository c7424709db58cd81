"""Links to drafts: who holds one sees one revision for a while, and nobody else sees anything."""

from datetime import timedelta

import pytest
from django.core import signing

from affiliates.models import Click
from articles.preview import SALT, preview_url
from articles.revisions import save_revision
from tests.affiliates.factories import LinkFactory
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def token_of(url):
    return url.removeprefix("/preview/").rstrip("/")


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "A" + token,
        lambda token: token.split(":")[0],
        lambda token: signing.dumps([1, 2**40], salt="other"),
        lambda token: signing.dumps([1, 2**40], key="wrong", salt=SALT),
        lambda token: "::",
        lambda token: "%00",
        lambda token: "é" * 3_000,
    ],
)
def test_a_forged_link_is_not_found(client, forge):
    url = preview_url(ArticleFactory().head)

    assert client.get(f"/preview/{forge(token_of(url))}/").status_code == 404


def test_a_link_shows_its_own_revision_only(client):
    article = ArticleFactory(text="The first words.")
    url = preview_url(article.head)
    save_revision(article, text="A secret that came later.", front_matter={"title": "Secret"})

    page = client.get(url)

    assert "The first words." in page.text
    assert "secret that came later" not in page.text


def test_a_link_dies_with_its_article(client):
    article = ArticleFactory()
    url = preview_url(article.head)
    article.delete()

    assert client.get(url).status_code == 404


def test_a_link_ends_in_the_second_it_says(client, frozen_time):
    url = preview_url(ArticleFactory().head, lifetime=timedelta(minutes=1))

    frozen_time.tick(59)
    before = client.get(url).status_code
    frozen_time.tick(1)

    assert (before, client.get(url).status_code) == (200, 404)


def test_the_address_travels_nowhere_and_rests_nowhere(client):
    response = client.get(preview_url(ArticleFactory().head))

    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert not response.cookies


def test_a_text_that_cannot_be_compiled_is_shown_with_the_reason(client):
    article = ArticleFactory(text="x" * 200_001)

    response = client.get(preview_url(article.head))

    assert response.status_code == 200
    assert "200,000 are allowed" in response.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_answered(client, method):
    assert getattr(client, method)(preview_url(ArticleFactory().head)).status_code == 405


def test_a_click_in_a_preview_is_never_counted(client):
    LinkFactory(slug="zinc-shop")
    article = ArticleFactory(text="[A shop](aff:zinc-shop)")

    page = client.get(preview_url(article.head))
    target = page.text.partition('class="paid" href="')[2].partition('"')[0]
    client.get(target)
    client.post("/go/beacon/", "self", content_type="text/plain")

    assert target
    assert not Click.objects.filter(click_class="human").exists()
