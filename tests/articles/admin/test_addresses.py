import pytest

from articles import addresses
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def page(browse, article):
    return browse.get(f"/admin/articles/article/{article.pk}/change/").content.decode()


@pytest.fixture
def browse(admin_client):
    return admin_client


def test_the_article_shows_what_leads_to_it(browse):
    article = ArticleFactory(slug="zinc")
    addresses.claim(article, ["/2021/05/zinc/", "/articles/zinc-old/", "/articles/zinc/"])

    html = page(browse, article)

    assert "<h2>Old addresses</h2>" in html
    assert "<code>/2021/05/zinc</code>" in html
    assert "<code>/articles/zinc-old/</code>" in html
    assert "<code>/articles/zinc/</code>" not in html


def test_an_article_that_never_moved_says_nothing(browse):
    assert "Old addresses" not in page(browse, ArticleFactory())


def test_addresses_are_escaped(browse):
    article = ArticleFactory()
    addresses.claim(article, ["/<b>zinc</b>/"])

    assert "<b>zinc" not in page(browse, article)
    assert article.old_addresses.count() == 1
