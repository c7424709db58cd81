"""Sample clicks on the way of real ones."""

from datetime import timedelta

import pytest
from django.utils import timezone

from affiliates.demo import counting
from affiliates.demo.places import bare, live_places
from affiliates.demo.traffic import Traffic
from affiliates.models import (
    Click,
    ClickClass,
    ClickDay,
    CountedDay,
    Dimension,
    DropDay,
    Layout,
    Placement,
    SeenToday,
    Tally,
    ViewDay,
)
from tests.affiliates.demo.samples import plan
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db
ARTICLE = "magnesium-forms-compared"
DAYS = 20  # the day of the rush among them


@pytest.fixture
def site():
    """A live article with a box and a sentence, and a link that stands nowhere."""
    edition = EditionFactory(slug=ARTICLE, article__slug=ARTICLE)
    Layout.objects.create(article=edition.article, block_keys=[str(number) for number in range(10)])
    boxed = PlacementFactory(article=edition.article, kind=Placement.Kind.PRODUCT)
    PlacementFactory(article=edition.article, kind=Placement.Kind.INLINE, block_index=5)
    LinkFactory(slug=plan().ended.link)
    return boxed


@pytest.fixture
def days(site):
    small = plan(days=DAYS, ended=plan().ended)
    return list(Traffic(small, live_places(), bare(small.ended.link), timezone.now()).days())


def total(dimension, **filters):
    rows = Tally.objects.filter(dimension=dimension, span=1, **filters)
    return sum(row.clicks for row in rows)


def people(days):
    return sum(hit.click_class == ClickClass.HUMAN for day in days for _, hit in day.hits)


def test_places_are_those_of_live_articles(site):
    PlacementFactory(is_active=False, article=site.article)
    PlacementFactory()  # its article is not live

    found = live_places()

    assert [place.kind for place in found] == ["inline", "product"]
    assert {place.article for place in found} == {ARTICLE}
    assert {place.destination.placement_id for place in found} == set(
        Placement.objects.filter(article=site.article, is_active=True).values_list("pk", flat=True)
    )


def test_a_link_without_a_place_has_its_plain_address(site):
    found = bare(plan().ended.link)

    assert (found.article, found.destination.public_id, found.destination.placement_id) == ("", "", None)


def test_the_end_of_an_article_is_its_end(site):
    end = PlacementFactory(article=site.article, kind=Placement.Kind.END_CALL, block_index=0)

    found = next(place for place in live_places() if place.destination.public_id == end.public_id)

    assert found.depth == 1.0


def test_every_click_is_stored_and_counted(days):
    counting.count(days)

    assert Click.objects.count() == sum(len(day.hits) for day in days)
    suspects = Click.objects.filter(reason="rate").count()
    assert total(Dimension.TOTAL) == people(days) - suspects
    assert sum(ClickDay.objects.values_list("raw_count", flat=True)) == Click.objects.count()


def test_the_counting_finds_the_rush_repeats_and_firsts_by_itself(days):
    counting.count(days)

    assert Click.objects.filter(click_class=ClickClass.SUSPECT, reason="rate").exists()
    assert Click.objects.filter(is_repeat=True).exists()
    assert 0 < Click.objects.filter(is_first_of_day=True).count() < people(days)


def test_days_that_are_over_are_settled(days):
    counting.count(days)

    today = timezone.now().date()
    open_days = set(CountedDay.objects.filter(settled_at=None).values_list("day", flat=True))
    assert open_days <= {today, today - timedelta(days=1)}  # an hour after midnight yesterday is not over
    assert set(SeenToday.objects.values_list("day", flat=True)) <= open_days
    assert Tally.objects.filter(span=7).exists()


def test_views_and_sights_are_those_of_the_plan(days):
    counting.count(days)

    views = sum(ViewDay.objects.filter(placement=None).values_list("count", flat=True))
    assert views == sum(sum(day.views.values()) for day in days) > 0
    totals = Tally.objects.filter(dimension=Dimension.TOTAL, span=1)
    assert sum(totals.values_list("views", flat=True)) == views
    assert sum(totals.values_list("impressions", flat=True)) == sum(sum(day.sights.values()) for day in days)


def test_what_was_no_click_is_counted_by_reason(days):
    counting.count(days)

    assert sum(DropDay.objects.values_list("count", flat=True)) == sum(len(day.drops) for day in days)


def test_single_clicks_are_kept_as_long_as_anybodys(days, settings):
    settings.CLICK_RETENTION_DAYS = 6
    first = timezone.now().date() - timedelta(days=5)

    counting.count(days)

    assert min(Click.objects.values_list("time", flat=True)).date() == first
    old = [day for day in days if day.day < first]
    rushed = sum(
        ClickDay.objects.filter(click_class=ClickClass.SUSPECT, day__lt=first).values_list(
            "raw_count", flat=True
        )
    )
    assert total(Dimension.TOTAL, start__lt=first) >= people(old) - rushed > 0
    assert (
        sum(Tally.objects.filter(dimension="total", span=1, start__lt=first).values_list("views", flat=True))
        > 0
    )


def test_the_sums_of_old_days_are_the_same_as_if_their_clicks_were_kept(days, settings):
    counting.count(days)
    kept = sorted(
        Tally.objects.filter(dimension="total", span=1).values_list(
            "start", "clicks", "unique_clicks", "views"
        )
    )
    for model in (Tally, ClickDay, CountedDay, SeenToday, DropDay, ViewDay, Click):
        model.objects.all().delete()
    settings.CLICK_RETENTION_DAYS = 6

    counting.count(days)

    found = Tally.objects.filter(dimension="total", span=1)
    assert sorted(found.values_list("start", "clicks", "unique_clicks", "views")) == kept


def test_a_ledger_with_views_or_clicks_counts_as_filled(days):
    assert not counting.is_counted()

    counting.count(days)

    assert counting.is_counted()


def test_a_count_that_breaks_off_leaves_nothing(days, monkeypatch):
    def fail(day):
        raise KeyboardInterrupt

    monkeypatch.setattr(counting.settling, "settle_day", fail)

    with pytest.raises(KeyboardInterrupt):
        counting.count(days)

    assert not counting.is_counted()
