"""A day that is over is counted again as a whole."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from affiliates.models import Click, ClickDay, CountedDay, DropDay, Layout, SeenToday, Tally, ViewDay
from affiliates.tallies import settling
from affiliates.tallies.increments import count_new
from affiliates.tallies.settling import due, settle, settle_day
from cms import plugins
from tests.affiliates.clicking import DAY, NOON, click, placed, tallies
from tests.affiliates.factories import LinkFactory, PlacementFactory

pytestmark = pytest.mark.django_db
COLUMNS = ("dimension", "span", "start", "key", "clicks", "unique_clicks", "unmeasured", "bots", "views")


@pytest.fixture(autouse=True)
def clicks_of_that_day_are_kept(settings):
    settings.CLICK_RETENTION_DAYS = 10_000


def rows():
    return set(Tally.objects.values_list(*COLUMNS))


def test_settling_puts_right_what_a_running_count_cannot_know(link):
    click(link, NOON, day_visitor=1)
    count_new()
    click(link, NOON - timedelta(hours=1), day_visitor=1, country="DE")

    settle_day(DAY)

    assert tallies("total", "clicks", "unique_clicks") == {"": (2, 1)}
    assert list(Click.objects.order_by("time").values_list("is_first_of_day", flat=True)) == [True, False]
    assert ClickDay.objects.get().raw_count == 2


def test_settling_twice_changes_nothing(placement):
    placed(placement, day_visitor=1)
    settle_day(DAY)
    before = rows()

    settle_day(DAY)

    assert rows() == before


def test_a_settled_click_is_not_counted_again_by_the_running_count(link):
    click(link)
    settle_day(DAY)

    count_new()
    settle_day(DAY)

    assert tallies("total") == {"": 1}


def test_visitors_are_forgotten(link):
    click(link, day_visitor=1)
    count_new()

    settle_day(DAY)

    assert not SeenToday.objects.exists()


def test_weeks_and_four_weeks_follow(link):
    for days in (0, 1, 3):  # Friday, Saturday, Monday
        click(link, NOON + timedelta(days=days))
    for days in (0, 1, 3):
        settle_day(DAY + timedelta(days=days))

    weeks = Tally.objects.filter(dimension="total", span=7).order_by("start").values_list("start", "clicks")
    fours = Tally.objects.filter(dimension="total", span=28).values_list("clicks", flat=True)
    assert list(weeks) == [(DAY - timedelta(days=4), 2), (DAY + timedelta(days=3), 1)]
    assert sum(fours) == 3


def test_the_largest_hosts_of_the_day_keep_their_names(link, monkeypatch):
    monkeypatch.setitem(settling.cap.__globals__["CAPS"], "referrer", 1)
    for host in ("small.example", "large.example", "large.example"):
        click(link, referrer_host=host)

    settle_day(DAY)

    assert tallies("referrer") == {"large.example": 2, "(other)": 1}


def test_discarded_requests_are_summed_by_reason(link):
    DropDay.objects.create(day=DAY, reason="prefetch", link=link, count=2)
    DropDay.objects.create(day=DAY, reason="prefetch", link=LinkFactory(), count=3)

    settle_day(DAY)

    assert tallies("reason") == {"drop:prefetch": 5}


def test_views_stay_in_the_sums(placement):
    ViewDay.objects.create(day=DAY, article=placement.article, count=7)
    ViewDay.objects.create(day=DAY, article=placement.article, placement=placement, count=5)

    settle_day(DAY)

    assert tallies("article", "views", "impressions") == {str(placement.article_id): (7, 5)}
    assert tallies("link", "views", "impressions") == {str(placement.link_id): (0, 5)}


@pytest.mark.parametrize(
    ("kind", "index", "position"),
    [
        ("inline", 0, "inline:1"),
        ("inline", 4, "inline:2"),
        ("product", 8, "product:3"),
        ("inline", 40, "inline:3"),
        ("end_call", 9, "end_call"),
    ],
)
def test_a_position_is_a_kind_and_a_third_of_the_text(kind, index, position):
    placement = PlacementFactory(kind=kind, block_index=index)
    Layout.objects.create(article=placement.article, block_keys=[str(number) for number in range(9)])
    placed(placement)

    settle_day(DAY)

    assert tallies("position") == {position: 1}


def test_a_day_whose_clicks_are_deleted_keeps_its_sums(link, settings):
    click(link)
    settle_day(DAY)
    before = rows()
    settings.CLICK_RETENTION_DAYS = 2
    Click.objects.all().delete()

    settle_day(DAY)

    assert rows() == before


@pytest.mark.parametrize(("hour", "is_due"), [(0, False), (1, True), (12, True)])
def test_a_day_is_over_when_late_clicks_have_arrived(hour, is_due):
    CountedDay.objects.create(day=DAY)

    assert due(datetime(2026, 5, 2, hour, 30, tzinfo=UTC)) == ([DAY] if is_due else [])


def test_every_day_that_is_over_is_settled_once(link):
    for days in (0, 1):
        click(link, NOON + timedelta(days=days))
    click(link, timezone.now())
    count_new()

    assert [settle.call(), settle.call()] == [2, 0]
    assert CountedDay.objects.filter(settled_at=None).count() == 1


def test_it_is_scheduled():
    assert plugins.registry().schedules["affiliates.settle"].every <= timedelta(hours=1)
