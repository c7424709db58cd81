"""The running count: every click is read once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates.models import Click, ClickClass, ClickDay, CountedDay, CountMark, SeenToday, Tally
from affiliates.sums import add_up, count_day
from affiliates.tallies import increments
from affiliates.tallies.increments import count_new
from affiliates.tallies.settling import sums_of
from tests.affiliates.clicking import DAY, NOON, click, placed, tallies
from tests.affiliates.factories import LinkFactory, PlacementFactory

pytestmark = pytest.mark.django_db


def test_a_click_adds_to_every_dimension_once(placement):
    placed(
        placement, day_visitor=1, country="DE", device="phone", language="de", referrer_host="other.example"
    )

    count_new()

    found = {(tally.dimension, tally.key): tally.clicks for tally in Tally.objects.all()}
    assert found == {
        ("total", ""): 1,
        ("placement", str(placement.pk)): 1,
        ("article", str(placement.article_id)): 1,
        ("position", "inline"): 1,
        ("link", str(placement.link_id)): 1,
        ("network", str(placement.link.network_id)): 1,
        ("country", "DE"): 1,
        ("device", "phone"): 1,
        ("language", "de"): 1,
        ("referrer", "other.example"): 1,
    }


def test_people_bots_suspects_and_our_own_stand_apart(link):
    for click_class in ("human", "human", "bot", "suspect", "self"):
        click(link, click_class=click_class, reason="" if click_class == "human" else "x")

    count_new()

    assert tallies("total", "clicks", "bots", "suspects", "own") == {"": (2, 1, 1, 1)}
    assert tallies("reason", "bots", "suspects", "own") == {
        "bot:x": (1, 0, 0),
        "suspect:x": (0, 1, 0),
        "self:x": (0, 0, 1),
    }
    assert tallies("country") == {"": 2}


def test_unique_and_unmeasured_are_told_apart(link):
    for visitor in (1, 1, 2, None):
        click(link, day_visitor=visitor)

    count_new()

    assert tallies("total", "clicks", "unique_clicks", "unmeasured") == {"": (4, 2, 1)}


def test_a_click_is_counted_once_however_often_it_runs(link):
    click(link)

    assert [count_new(), count_new()] == [1, 0]
    assert tallies("total") == {"": 1}
    assert ClickDay.objects.get().raw_count == 1


def test_counting_goes_on_where_it_stopped(link):
    for _ in range(3):
        click(link, day_visitor=1)

    assert [count_new(limit=2), count_new(limit=2)] == [2, 1]
    assert tallies("total", "clicks", "unique_clicks") == {"": (3, 1)}


def test_a_second_pass_knows_the_visitors_of_the_first(link):
    first = click(link, day_visitor=1)
    count_new()
    second = click(link, NOON + timedelta(seconds=9), day_visitor=1)
    third = click(LinkFactory(), NOON, day_visitor=1)

    count_new()

    flags = dict(Click.objects.values_list("pk", "is_first_of_day"))
    assert flags == {first.pk: True, second.pk: False, third.pk: True}
    assert set(Click.objects.filter(is_repeat=True)) == {second}


@pytest.mark.parametrize(("minutes", "suspects"), [(1, 3), (3, 0)])
def test_more_than_thirty_an_hour_are_suspect_across_passes(link, minutes, suspects):
    for number in range(33):
        click(link, NOON + timedelta(minutes=minutes * number), day_visitor=1)
        if number in (10, 31):
            count_new()

    count_new()

    assert Click.objects.filter(click_class="suspect", reason="rate").count() == suspects
    assert tallies("total", "clicks", "suspects") == {"": (33 - suspects, suspects)}


def test_the_memory_of_a_visitor_is_short(link):
    for number in range(40):
        click(link, NOON + timedelta(minutes=number), day_visitor=1)

    count_new()

    assert len(SeenToday.objects.get().recent) == increments.SUSPECT_PER_HOUR


def test_a_late_click_has_its_day_settled_again(link):
    CountedDay.objects.create(day=DAY, settled_at=timezone.now())
    click(link)

    count_new()

    assert CountedDay.objects.get().settled_at is None
    assert not Tally.objects.exists()
    assert not ClickDay.objects.exists()


def test_hosts_beyond_the_cap_share_a_row(link, monkeypatch):
    monkeypatch.setitem(increments.CAPS, "referrer", 2)
    monkeypatch.setattr(increments, "ROOM", 1)
    for host in ("a.example", "a.example", "b.example", "c.example"):
        click(link, referrer_host=host)
    count_new()
    click(link, referrer_host="d.example")
    click(link, referrer_host="b.example")

    count_new()

    assert tallies("referrer") == {"a.example": 2, "b.example": 2, "(other)": 2}


@pytest.mark.parametrize(("age", "counted"), [(0, 1), (60, 2)])
def test_a_number_that_may_still_come_is_waited_for(link, monkeypatch, age, counted):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    moment = timezone.now() - timedelta(seconds=age)
    first = click(link, moment)
    click(link, moment, pk=first.pk + 2)

    assert count_new() == counted


def test_nothing_is_counted_twice_while_another_counts(link):
    click(link)
    count_new()
    before = CountMark.objects.get().last_click

    click(link)

    assert CountMark.objects.get().last_click == before
    assert add_up() == 1


CLICKS = st.lists(
    st.tuples(
        st.sampled_from(ClickClass.values),
        st.sampled_from([None, 1, 2]),
        st.integers(0, 1),
        st.sampled_from(["", "a.example", "b.example"]),
    ),
    max_size=25,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLICKS, st.integers(1, 10))
def test_the_running_count_agrees_with_counting_the_whole_day(clicks, limit):
    for model in (Click, ClickDay, Tally, SeenToday, CountMark, CountedDay):
        model.objects.all().delete()
    places = [PlacementFactory(), PlacementFactory()]
    for number, (click_class, visitor, place, host) in enumerate(clicks):
        is_person = click_class == "human"
        placed(
            places[place],
            NOON + timedelta(seconds=number),
            click_class=click_class,
            day_visitor=visitor if is_person else None,
            referrer_host=host,
        )

    while count_new(limit):
        pass

    days = set(ClickDay.objects.values_list("link", "placement", "click_class", "raw_count", "unique_count"))
    running = {(t.dimension, t.key): (t.clicks, t.unique_clicks, t.bots) for t in Tally.objects.all()}
    count_day(DAY)
    exact = {key: (n.clicks, n.unique_clicks, n.bots) for key, n in sums_of(DAY).items()}
    assert running == exact
    assert days == set(
        ClickDay.objects.values_list("link", "placement", "click_class", "raw_count", "unique_count")
    )


@pytest.mark.parametrize("clicks", [1, 40])
def test_a_pass_takes_a_fixed_number_of_queries(clicks, django_assert_max_num_queries):
    for number in range(clicks):
        placed(PlacementFactory(), day_visitor=number, referrer_host="a.example")

    with django_assert_max_num_queries(24):
        count_new()
