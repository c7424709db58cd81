"""Several visitors at once, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections

from affiliates.clicks.record import Hit, count, writer
from affiliates.models import Click, ClickDay
from affiliates.sums import add_up
from tests.affiliates.factories import PlacementFactory

THREADS, CLICKS = 4, 25


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("visitors", [1, THREADS])
def test_no_click_is_lost_and_uniques_are_exact(visitors):
    placement = PlacementFactory()

    def click(thread):
        for _ in range(CLICKS):
            count(
                Hit(
                    time=datetime(2026, 5, 1, 12, tzinfo=UTC),
                    link_id=placement.link_id,
                    target_id=None,
                    placement_id=placement.pk,
                    click_class="human",
                    reason="",
                    channel="redirect",
                    day_visitor=thread % visitors,
                    referrer_host="",
                    device="desktop",
                    country="",
                )
            )
        connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(click, range(THREADS)))
    writer.stop()

    add_up()
    days = ClickDay.objects.all()
    assert Click.objects.count() == THREADS * CLICKS == sum(day.raw_count for day in days)
    assert (
        Click.objects.filter(is_first_of_day=True).count()
        == visitors
        == sum(day.unique_count for day in days)
    )
