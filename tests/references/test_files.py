"""What readers take with them: the list of an article as BibTeX and RIS."""

import pytest
from django.urls import reverse

from articles.publishing import publish, unpublish
from references import files, formats
from tests.factories import ArticleFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


def address(article, extension="bib"):
    return reverse("references:download", args=[article.slug, extension])


@pytest.fixture
def article(db):
    for key in ("zinc2020", "adams2019", "listed2018", "unused2017"):
        ReferenceFactory(citekey=key, csl__title=f"On {key}")
    found = ArticleFactory(
        text="One [@zinc2020]. Two [@adams2019; @zinc2020].",
        front_matter={"references": [{"id": "listed2018"}]},
    )
    publish(found, override="Tests of other plugins' checks stand elsewhere")
    return found


@pytest.mark.parametrize("extension", ["bib", "ris"])
def test_readers_get_what_the_page_lists_in_its_order(client, article, extension):
    response = client.get(address(article, extension))

    batch = formats.read(response.content)
    assert batch.kind == files.KINDS[extension]
    assert [entry.item["id"] for entry in batch.entries] == ["zinc2020", "adams2019", "listed2018"]
    assert response.headers["Content-Disposition"] == f'attachment; filename="{article.slug}.{extension}"'


def test_the_page_leads_to_the_files_and_loads_the_cards(client, article):
    page = client.get(reverse("articles:detail", args=[article.slug])).content.decode()

    assert '<a href="references.bib">BibTeX</a>' in page
    assert '<a href="references.ris">RIS</a>' in page
    assert '<script src="/static/references/cards.js" defer></script>' in page


def test_a_page_without_references_loads_no_cards(client):
    article = ArticleFactory(text="Zinc.")
    publish(article, override="Tests of other plugins' checks stand elsewhere")

    page = client.get(reverse("articles:detail", args=[article.slug])).content.decode()

    assert "cards.js" not in page
    assert "references.bib" not in page
    assert client.get(address(article)).status_code == 404


def test_an_unchanged_file_is_not_sent_again_and_no_cookie_is_set(client, article):
    first = client.get(address(article))

    again = client.get(address(article), headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304
    assert first.headers["Cache-Control"] == "no-cache"
    assert not first.cookies


def test_drafts_and_what_was_taken_back_have_no_file(client, article):
    draft = ArticleFactory(text="Zinc [@zinc2020].")

    assert client.get(address(draft)).status_code == 404
    unpublish(article)
    assert client.get(address(article)).status_code == 404


def test_an_old_address_leads_to_the_new_one(client, article):
    old = address(article)
    article.refresh_from_db()
    front_matter = {**article.head.front_matter, "slug": "moved-zinc"}
    from articles.revisions import save_revision

    save_revision(article, text=article.head.text, front_matter=front_matter)
    publish(article, override="Tests of other plugins' checks stand elsewhere")

    response = client.get(old)

    assert (response.status_code, response.headers["Location"]) == (
        301,
        "/articles/moved-zinc/references.bib",
    )


@pytest.mark.parametrize(("method", "status"), [("post", 405), ("head", 200), ("get", 200)])
def test_files_are_only_read(client, article, method, status):
    assert getattr(client, method)(address(article)).status_code == status


@pytest.mark.parametrize("count", [1, 20])
def test_a_file_takes_four_queries_for_any_number(client, count, django_assert_num_queries):
    works = ReferenceFactory.create_batch(count)
    article = ArticleFactory(text=" ".join(f"[@{work.citekey}]" for work in works))
    publish(article, override="Tests of other plugins' checks stand elsewhere")

    with django_assert_num_queries(4):  # edition, what it shows, numbers, works
        assert client.get(address(article)).status_code == 200
