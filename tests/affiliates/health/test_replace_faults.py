"""A replacement that meets a fault half-way: what was changed is on record and can be undone."""

import pytest

from affiliates.health import replace
from affiliates.models import LinkReplacement
from articles.publishing import publish
from cms.contracts import CompileError
from tests.affiliates.factories import LinkFactory
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    """Two live articles with a link, in the order in which it is replaced, and the links."""
    old, new = LinkFactory(slug="zinc"), LinkFactory(slug="iron")
    made = [ArticleFactory(title=title, text="Take [zinc](aff:zinc).\n") for title in "ab"]
    for article in made:
        publish(article, override="A test.")
    return old, new, made


def replaced(articles):
    old, new, made = articles
    heads = {article.pk: article.head_id for article in made}
    return replace.replace_link(old, new, heads=heads, by=None, reason="Gone.", publish_too=True)


def publishing_fails(monkeypatch, title, error):
    def fails(article, **options):
        if article.title == title:
            raise error
        return publish(article, **options)

    monkeypatch.setattr(replace, "publish", fails)


def test_a_page_that_cannot_be_compiled_does_not_stop_the_others(articles, monkeypatch):
    publishing_fails(monkeypatch, "a", CompileError("Too large."))

    first, second = replaced(articles).changes

    assert first["note"] == "not published: Too large."
    assert second["published"]


def test_what_was_changed_before_a_fault_can_be_undone(articles, monkeypatch):
    publishing_fails(monkeypatch, "b", RuntimeError("A fault of ours"))

    with pytest.raises(RuntimeError):
        replaced(articles)

    made = LinkReplacement.objects.get()
    assert [change["title"] for change in made.changes] == ["a"]
    assert replace.undo(made, by=None) == []
    articles[2][0].refresh_from_db()
    assert "aff:zinc" in articles[2][0].head.text
