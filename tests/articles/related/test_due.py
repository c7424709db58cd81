"""One refresh for all articles that wait: publishing many at once learns from the site once."""

import pytest

from articles.models import RelatedDue
from articles.related import corpus as corpora
from articles.related.engine import Engine, refresh_due
from tests.factories import ArticleFactory, EditionFactory

pytestmark = pytest.mark.django_db


def live(title, text):
    return EditionFactory(article=ArticleFactory(title=title), title=title, text=text).article


def test_articles_published_together_take_one_refresh(monkeypatch):
    zinc, near = live("Zinc colds", "trial"), live("Zinc taste", "tongue")
    fits = []
    fit = Engine.fit
    monkeypatch.setattr(Engine, "fit", lambda corpus: fits.append(corpus) or fit(corpus))
    for article in (zinc, near, zinc):
        RelatedDue.objects.create(article_id=article.pk)

    refreshed = [refresh_due() for _ in range(3)]

    assert (refreshed, len(fits)) == ([2, 0, 0], 1)
    assert [edge.target for edge in zinc.related_edges.all()] == [near]


def test_an_article_published_during_a_refresh_waits_for_the_next(monkeypatch):
    zinc, near = live("Zinc colds", "trial"), live("Zinc taste", "tongue")
    RelatedDue.objects.create(article_id=zinc.pk)
    load = corpora.load

    def load_while_another_is_published():
        RelatedDue.objects.create(article_id=near.pk)
        return load()

    monkeypatch.setattr(corpora, "load", load_while_another_is_published)

    refresh_due()

    assert [due.article_id for due in RelatedDue.objects.all()] == [near.pk]


def test_a_refresh_that_fails_is_due_again(monkeypatch):
    RelatedDue.objects.create(article_id=live("Zinc colds", "trial").pk)
    monkeypatch.setattr(corpora, "load", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        refresh_due()

    assert RelatedDue.objects.count() == 1
