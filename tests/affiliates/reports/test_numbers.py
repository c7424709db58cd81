"""Sums of a period come from days, weeks and four weeks, and each click is in them once."""

import random

import pytest

from affiliates.models import CountedDay, Tally
from affiliates.reports import numbers
from affiliates.reports.periods import Period
from affiliates.reports.sums import CLICKS
from affiliates.tallies.spans import roll_up
from tests.affiliates.reports.filling import ago, busy_day, settle, tally

pytestmark = pytest.mark.django_db
DAYS = 100


@pytest.fixture
def clicks():
    """Random clicks of two links on many days, rolled up; what was clicked on which day."""
    draw = random.Random(7)
    made = {}
    for days in range(1, DAYS + 1):
        for link in ("1", "2"):
            made[ago(days), link] = draw.randint(0, 9)
            tally("link", link, days=days, clicks=made[ago(days), link])
    for days in range(1, DAYS + 1):
        roll_up(ago(days))
    return made


@pytest.mark.parametrize(("first", "last"), [(1, 1), (7, 1), (28, 1), (90, 3), (100, 1), (100, 70), (40, 12)])
def test_a_period_adds_up_whatever_it_is_read_from(clicks, first, last):
    period = Period(ago(first), ago(last))

    found = numbers.by_key("link", period, [])

    for link in ("1", "2"):
        assert found[link][CLICKS] == sum(
            number for (day, key), number in clicks.items() if key == link and day in period
        )


def test_clicks_alone_are_the_same_ones(clicks):
    period = Period(ago(90), ago(3))

    found = numbers.clicks_by_key("link", period, [])

    assert found == {key: each[CLICKS] for key, each in numbers.by_key("link", period, []).items()}


def test_of_reasons_every_request_counts():
    tally("reason", "bot:user_agent", clicks=1, bots=2, suspects=4, own=8, views=99)

    assert numbers.clicks_by_key("reason", Period(ago(3), ago(1)), []) == {"bot:user_agent": 15}


def test_it_reads_weeks_and_four_weeks(clicks, django_assert_num_queries):
    Tally.objects.filter(span=1, start__lt=ago(60)).delete()

    with django_assert_num_queries(1):
        found = numbers.by_key("link", Period(ago(100), ago(1)), [])

    assert found["1"][CLICKS] > 0


def test_a_day_that_still_runs_is_read_by_itself(clicks):
    CountedDay.objects.create(day=ago(10))
    Tally.objects.filter(span=1, start=ago(10), key="1").update(clicks=1_000)
    period = Period(ago(60), ago(1))
    before = numbers.by_key("link", period, [])["1"][CLICKS]

    after = numbers.by_key("link", period, numbers.unsettled())["1"][CLICKS]

    assert after - before == 1_000 - clicks[ago(10), "1"]


def test_other_dimensions_stay_out(placement):
    busy_day(placement, clicks=10)

    assert set(numbers.by_key("device", Period(ago(5), ago(1)), [])) == {"phone"}


def test_settled_days_are_rolled_up(placement):
    busy_day(placement, days=9, clicks=10)
    settle(9)

    assert Tally.objects.filter(span=28, dimension="link").get().clicks == 10


def test_days_come_one_by_one(placement):
    for days, clicks in ((1, 5), (2, 7), (40, 9)):
        busy_day(placement, days=days, clicks=clicks)

    found = numbers.by_day([Period(ago(3), ago(1)), Period(ago(45), ago(30))])

    assert {day: each.clicks for day, each in found.items()} == {ago(1): 5, ago(2): 7, ago(40): 9}


def test_counting_began_on_the_first_day_with_a_sum(placement):
    assert numbers.first_day() is None

    busy_day(placement, days=30)
    busy_day(placement, days=2)

    assert numbers.first_day() == ago(30)
