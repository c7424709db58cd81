"""Prepared queries give what Django's own give, to each caller its own."""

from __future__ import annotations  # as where it is used: types are looked up when a query is prepared

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, models
from django.utils import timezone
from freezegun import freeze_time

from articles import reading
from articles.models import Article, Edition, RelatedEdge, Topic
from articles.prepared import prepared
from tests.factories import AuthorFactory, EditionFactory
from tests.support.fixtures import UNFROZEN


@prepared
def titled(title: str) -> models.QuerySet[Topic]:
    """Return topics."""
    return Topic.objects.filter(name=title)


def as_shown(rows):
    """Return everything that was loaded of each object and of the objects joined to it."""
    return [
        {**row.__dict__, "_state": {name: joined(other) for name, other in row._state.fields_cache.items()}}
        for row in rows
    ]


def joined(row):
    return row and {name: value for name, value in row.__dict__.items() if name != "_state"}


@pytest.fixture
def edition(db):
    found = EditionFactory(authors=[AuthorFactory(name="Zoe"), AuthorFactory(name="Ana")])
    for rank in range(5):
        RelatedEdge.objects.create(source=found.article, target=EditionFactory().article, rank=rank)
    return found


@pytest.mark.parametrize("name", ["editions_at", "signatures", "recommendations"])
def test_rows_are_those_of_the_plain_query(edition, name):
    arguments = {
        "editions_at": (edition.slug, timezone.now()),
        "signatures": (edition.pk,),
        "recommendations": (edition.article_id, timezone.now()),
    }[name]
    query = getattr(reading, name)

    found = query(*arguments)

    assert found
    assert as_shown(found) == as_shown(query.build(*arguments))


def test_each_call_gets_its_own(edition):
    other = EditionFactory()

    assert reading.live_edition(edition.slug) == edition
    assert reading.live_edition(other.slug) == other
    assert reading.live_edition("nothing-here") is None


def test_the_moment_counts_to_the_microsecond(edition):
    start, step = edition.live_from, timedelta(microseconds=1)

    assert reading.editions_at(edition.slug, start) == [edition]
    assert reading.editions_at(edition.slug, start - step) == []


def test_a_value_is_a_value_and_never_sql(db):
    topic = Topic.objects.create(name="it's 100 % ? %s", slug="odd")

    assert titled("it's 100 % ? %s") == [topic]
    assert titled("' OR 1=1 --") == []


def test_rows_are_read_anew_each_time(db):
    assert titled("Zinc") == []
    Topic.objects.create(name="Zinc", slug="zinc")

    assert [topic.slug for topic in titled("Zinc")] == ["zinc"]


def test_one_call_is_one_query(edition, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = reading.live_edition(edition.slug)
        assert all([found.topic.name, found.image.slug, found.reviewer.name])


def test_what_is_deferred_is_loaded_when_asked_for(edition):
    found = reading.live_edition(edition.slug)

    assert found.get_deferred_fields() >= {"text", "source_text"}
    assert found.text == edition.text


def test_authors_come_in_the_order_of_the_text(edition):
    assert [author.name for author in reading.authors_of(edition)] == ["Zoe", "Ana"]


def test_the_documentation_stays():
    assert titled.__doc__ == "Return topics."


def test_an_argument_that_is_no_value_is_refused(db):
    @prepared
    def sliced(count: int) -> models.QuerySet[Article]:
        return Article.objects.all()[:count]

    with pytest.raises(TypeError, match="Every argument of a prepared query must be a value in it"):
        sliced(3)


def test_a_type_without_probes_is_refused(db):
    @prepared
    def one_of(slugs: list) -> models.QuerySet[Article]:
        return Article.objects.filter(slug__in=slugs)

    with pytest.raises(TypeError, match="takes no list"):
        one_of(["a"])


def live_since(moment: datetime) -> models.QuerySet[Edition]:
    return Edition.objects.at(moment)


def test_a_query_prepared_while_the_clock_stands_still_works_before_and_after(edition):
    editions_at = prepared(live_since)
    stopped = edition.live_from + timedelta(seconds=1)

    with freeze_time(stopped, ignore=UNFROZEN):
        while_it_stood = editions_at(timezone.now())

    assert edition in while_it_stood
    assert edition in editions_at(timezone.now())
    assert editions_at(edition.live_from - timedelta(days=1)) == []


def test_a_query_prepared_before_works_while_the_clock_stands_still(edition):
    editions_at = prepared(live_since)
    assert edition in editions_at(timezone.now())

    with freeze_time(edition.live_from - timedelta(days=1), ignore=UNFROZEN):
        assert editions_at(timezone.now()) == []


def test_names_are_no_way_to_pass_an_argument(db):
    with pytest.raises(TypeError, match="positional"):
        titled(title="Zinc")


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_mix_up_their_arguments():
    slugs = [EditionFactory(live_from=datetime(2026, 1, 1, tzinfo=UTC)).slug for _ in range(6)]

    def read(number):
        try:
            return [reading.live_edition(slug).slug for slug in slugs[number:] + slugs[:number]]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(read, range(6)))

    assert found == [slugs[number:] + slugs[:number] for number in range(6)]
    assert Edition.objects.count() == 6
