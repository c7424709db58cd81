"""Views and sights reach the sums of the reports."""

import pytest

from affiliates.models import CountedDay, ViewDay
from affiliates.tallies.increments import count_new
from affiliates.tallies.seen import sync
from tests.affiliates.clicking import DAY, placed, tallies

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(placement):
    article = placement.article
    ViewDay.objects.create(day=DAY, article=article, count=10)
    return ViewDay.objects.create(day=DAY, article=article, placement=placement, count=4)


def test_views_and_sights_stand_beside_the_clicks(placement, seen):
    placed(placement)
    count_new()

    sync(DAY)

    assert tallies("total", "clicks", "views", "impressions") == {"": (1, 10, 4)}
    assert tallies("article", "clicks", "views", "impressions") == {str(placement.article_id): (1, 10, 4)}
    assert tallies("position", "clicks", "views", "impressions") == {"inline": (1, 0, 4)}


def test_only_what_changed_is_written(seen):
    first = sync(DAY)
    again = sync(DAY)
    ViewDay.objects.filter(pk=seen.pk).update(count=5)

    assert (first, again) == (6, 0)
    assert sync(DAY) == 6
    assert tallies("total", "impressions") == {"": 5}


def test_a_day_with_views_only_is_settled_later(seen):
    sync(DAY)

    assert CountedDay.objects.get().day == DAY


def test_a_day_without_views_writes_nothing(db):
    assert sync(DAY) == 0
    assert not CountedDay.objects.exists()


@pytest.mark.parametrize("count", [1, 20])
def test_the_query_count_is_fixed(count, placement, django_assert_max_num_queries):
    from tests.affiliates.factories import PlacementFactory

    for _ in range(count):
        place = PlacementFactory()
        ViewDay.objects.create(day=DAY, article=place.article, placement=place, count=1)

    # views, placements, layouts, sums; begin, note the day, write, end
    with django_assert_max_num_queries(8):
        sync(DAY)
