"""A day that is over is counted again from its clicks; doing it twice, or late, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from affiliates.models import CountedDay, CountMark, Dimension, DropDay, SeenToday
from affiliates.sums import clicks_of, count_day
from affiliates.tallies import retention, seen, spans, store
from affiliates.tallies.facts import LATE_HOURS, Fact, Key, Numbers, Places, add_up, cap
from affiliates.tallies.increments import Row
from cms.tasks import task

DROPPED = "drop"


def unsettled_days() -> list[date]:
    """Return the days that are still counted as they run, today among them."""
    return list(CountedDay.objects.filter(settled_at=None).values_list("day", flat=True))


def due(now: datetime) -> list[date]:
    """Return the days that are over and have not been settled, the oldest first."""
    over = (now - timedelta(hours=LATE_HOURS)).date()
    return sorted(day for day in unsettled_days() if day < over)


@task(idempotent=True)
def settle() -> int:
    """Settle each day that is over, one by one, and return how many it were."""
    days = due(timezone.now())
    for day in days:
        settle_day(day)
    return len(days)


def settle_day(day: date) -> None:
    """Write every sum of one day anew. A day whose clicks may have been deleted keeps what it has."""
    with transaction.atomic():
        CountMark.objects.select_for_update().get_or_create(pk=1)  # nobody adds to it meanwhile
        if day >= retention.first_day_kept():
            count_day(day)
            store.replace_day(day, sums_of(day))
        spans.roll_up(day)
        SeenToday.objects.filter(day=day).delete()
        CountedDay.objects.update_or_create(day=day, defaults={"settled_at": timezone.now()})


def sums_of(day: date) -> dict[Key, Numbers]:
    """Return every sum of a day from clicks, views and discarded requests."""
    places = Places()
    clicks = clicks_of(day)
    places.learn(
        clicks.values_list("placement", flat=True).distinct(),
        clicks.values_list("link", flat=True).distinct(),
    )
    sums = cap(add_up(_facts(day), places), {})
    for found in (seen.seen_on(day, places), drops_on(day)):
        for key, numbers in found.items():
            sums.setdefault(key, Numbers()).add(numbers)
    return sums


def drops_on(day: date) -> dict[Key, Numbers]:
    """Return the requests of a day that were no clicks, by reason."""
    rows = DropDay.objects.filter(day=day).order_by().values_list("reason").annotate(Sum("count"))
    return {(Dimension.REASON, f"{DROPPED}:{reason}"): Numbers(clicks=count) for reason, count in rows}


def _facts(day: date) -> Iterator[Fact]:
    clicks = clicks_of(day).values_list(*Row._fields, "is_first_of_day")
    for *values, is_first in clicks.iterator(chunk_size=2_000):
        row = Row(*values)
        yield row.fact(row.click_class, row.reason, is_first=bool(is_first))
