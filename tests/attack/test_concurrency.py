"""Several people and workers at once, each on a connection of its own: success or words, never overlapping windows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from articles.models import Article, Edition, RelatedEdge, Revision, SlugClaim, Tag
from articles.publishing import (
    PublishRefused,
    SlugTaken,
    cancel_schedule,
    publish,
    rollback,
    schedule,
    unpublish,
)
from articles.recompile import recompile, recompile_edition
from articles.related.engine import refresh
from articles.revisions import StaleRevision, save_revision
from tests.factories import ArticleFactory, ImageFactory

pytestmark = pytest.mark.django_db(transaction=True)
# What a person is told; cancelling what is live already is a ValueError.
DOMAIN = (PublishRefused, SlugTaken, StaleRevision, ValueError)


def at_once(*jobs):
    """Run the jobs in threads that start together; return their results or domain errors. Others are raised."""
    barrier = Barrier(len(jobs))

    def run(job):
        barrier.wait(20)
        try:
            return job()
        except DOMAIN as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(60) for future in [pool.submit(run, job) for job in jobs]]


def assert_sound(article):
    """Windows never overlap, numbers run without a gap."""
    editions = list(article.editions.order_by("live_from", "number"))
    windows = [(one.live_from, one.live_until) for one in editions if one.live_until != one.live_from]
    for (_, end), (start, _) in pairwise(windows):
        assert end is not None
        assert end <= start
    assert sorted(edition.number for edition in editions) == list(range(1, len(editions) + 1))
    numbers = sorted(article.revisions.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Article.objects.get(pk=article.pk).head.number == numbers[-1]


def write(article, text):
    head = Revision.objects.filter(article=article).first()
    return save_revision(article, text=text, front_matter=head.front_matter)


def test_four_publish_one_article():
    article = ArticleFactory()

    results = at_once(*[lambda: publish(article)] * 4)

    assert all(isinstance(result, Edition) for result in results)
    assert_sound(article)
    assert Edition.objects.live().count() == 1


def test_publishing_against_saving():
    article = ArticleFactory()

    results = at_once(
        lambda: publish(article),
        lambda: write(article, "Second."),
        lambda: publish(article),
        lambda: write(article, "Third."),
    )

    assert all(isinstance(result, Edition | Revision | StaleRevision) for result in results)
    assert_sound(article)


def test_two_who_started_from_the_same_revision():
    article = ArticleFactory()
    head = article.head_id

    def save(text):
        return lambda: save_revision(article, text=text, front_matter={}, expected_head=head)

    results = at_once(save("One."), save("Two."))

    assert sorted(type(result).__name__ for result in results) == ["Revision", "StaleRevision"]
    assert_sound(article)


@pytest.mark.parametrize("turn", range(3))
def test_publish_schedule_cancel_roll_back_and_unpublish(turn):
    article = ArticleFactory()
    first = publish(article)
    tomorrow = timezone.now() + timedelta(days=1)
    waiting = schedule(article, at=tomorrow)

    at_once(
        lambda: publish(article),
        lambda: schedule(article, at=tomorrow),
        lambda: cancel_schedule(waiting),
        lambda: rollback(first),
        lambda: unpublish(article),
    )

    assert_sound(article)
    assert Edition.objects.live().filter(article=article).count() <= 1


def test_two_articles_want_one_address():
    articles = [ArticleFactory(slug="zinc") for _ in range(3)]

    results = at_once(*[lambda article=article: publish(article) for article in articles])

    assert sorted(type(result).__name__ for result in results) == ["Edition", "SlugTaken", "SlugTaken"]
    assert SlugClaim.objects.filter(slug="zinc").count() == 1


def test_publications_that_bring_the_same_new_tags():
    names = [f"tag {number}" for number in range(40)]
    articles = [
        ArticleFactory(front_matter={"tags": names if number % 2 else names[::-1]}) for number in range(4)
    ]

    results = at_once(*[lambda article=article: publish(article) for article in articles])

    assert all(isinstance(result, Edition) for result in results)
    assert Tag.objects.count() == 40
    assert all(result.tags.count() == 40 for result in results)


def test_recompiling_against_publishing():
    image = ImageFactory(slug="crystal")
    article = ArticleFactory(text="![A crystal](img:crystal)")
    edition = publish(article)
    type(image).objects.update(file="images/other.png")
    write(article, "A new text.")

    at_once(
        lambda: recompile_edition(edition.pk),
        lambda: publish(article),
        lambda: recompile([f"image:{image.pk}"]),
    )

    assert_sound(article)
    assert Edition.objects.live().get(article=article).text == "A new text."


def test_two_workers_with_the_same_task():
    image = ImageFactory(slug="crystal")
    article = ArticleFactory(text="![A crystal](img:crystal)")
    publish(article)
    type(image).objects.update(file="images/other.png")

    results = at_once(*[lambda: recompile([f"image:{image.pk}"])] * 3)

    assert sum(results) == 1
    assert_sound(article)


def test_refreshing_recommendations_while_articles_come_and_go():
    articles = [ArticleFactory(text=f"Zinc and copper and iron, part {n}.") for n in range(6)]
    for article in articles:
        publish(article)

    def again(article):
        return lambda: [refresh(article.pk) for _ in range(3)]

    results = at_once(*map(again, articles[:4]), lambda: unpublish(articles[4]), lambda: publish(articles[5]))

    assert not [result for result in results if isinstance(result, Exception)]
    for article in articles:
        ranks = list(RelatedEdge.objects.filter(source=article).values_list("rank", flat=True))
        assert ranks == list(range(len(ranks)))


def test_edges_that_cross_do_not_deadlock(monkeypatch):
    """Found by attack: two refreshes with different sources locked the articles that the other's edges point at."""
    one, two = ArticleFactory(text="Zinc and copper."), ArticleFactory(text="Copper and zinc.")
    for article in (one, two):
        publish(article)
    from articles.related import corpus, engine

    fitted = engine.Engine.fit(corpus.load())
    both_locked = Barrier(2)
    create = RelatedEdge.objects.bulk_create

    def meet(*args, **kwargs):
        if connection.vendor == "postgresql":  # SQLite lets only one of them write at all
            both_locked.wait(20)
        return create(*args, **kwargs)

    monkeypatch.setattr(RelatedEdge.objects, "bulk_create", meet)

    at_once(lambda: engine._store(fitted, [one.pk]), lambda: engine._store(fitted, [two.pk]))

    assert set(RelatedEdge.objects.values_list("source", "target")) == {(one.pk, two.pk), (two.pk, one.pk)}


def test_a_pin_that_waits_and_the_article_it_waits_for():
    """Publishing links waiting pins while their article is saved."""
    target = ArticleFactory(title="Copper")
    sources = [ArticleFactory(front_matter={"recommended": ["Copper"]}) for _ in range(4)]
    for source in sources:
        source.pins.create(wanted="Copper", position=5)

    def pin(source):
        return lambda: save_revision(source, text="x", front_matter={"recommended": ["Iron", "Copper"]})

    results = at_once(lambda: publish(target), *map(pin, sources))

    assert not [result for result in results if isinstance(result, Exception)]
    assert all(source.pins.get(wanted="Copper").target_id == target.pk for source in sources)


def test_deleting_a_draft_while_it_is_published():
    article = ArticleFactory()
    gone = Article.objects.get(pk=article.pk)

    front_matter = article.head.front_matter

    results = at_once(
        lambda: publish(article),
        gone.delete,
        lambda: save_revision(article, text="Second.", front_matter=front_matter),
    )

    assert isinstance(results[1], tuple)
    assert not Article.objects.exists()
    assert not Revision.objects.exists()
