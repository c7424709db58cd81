"""Day sums from clicks: added to as they come, judged and counted again from the clicks when the day is over.

A click is one insert and nothing else. Looking up the visitor's other clicks and adding to a shared row in the same
transaction cost a third of the redirects a second, and made the clicks of one link wait for one another. The worker
adds up every minute, and a web process after each burst of clicks; tallies/ has the running count.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Lag, RowNumber
from django.utils import timezone

from affiliates.models import Click, ClickClass, ClickDay
from affiliates.tallies.facts import LATE_HOURS, REPEAT_SECONDS, SUSPECT_PER_HOUR
from affiliates.tallies.increments import count_new
from affiliates.tallies.seen import sync
from affiliates.turns import give_way

BATCH = 500
SLICE = 100  # clicks of one transaction: it holds the write lock of SQLite for some 20 ms
MOST_A_TICK = 10_000
NUMBERS = ("raw_count", "unique_count", "unmeasured_count")


def add_up() -> int:
    """Count every click that has not been counted yet and return how many it were."""
    total = 0
    while found := count_new():
        total += found
    return total


def tick() -> None:
    """Bring the sums of today up to date, once a minute. What a rush leaves over follows with the next ones.

    A schedule is started inside a transaction, which would hold up every click for as long as the counting takes.
    """
    transaction.on_commit(_catch_up)


def _catch_up() -> None:
    for _ in range(0, MOST_A_TICK, SLICE):
        if not count_new(SLICE):
            break
        give_way()
    now = timezone.now()
    for day in sorted({(now - timedelta(hours=LATE_HOURS)).date(), now.date()}):
        sync(day)


def clicks_of(day: date) -> QuerySet[Click]:
    start = datetime.combine(day, time.min, UTC)
    return Click.objects.filter(time__gte=start, time__lt=start + timedelta(days=1)).order_by()


def judge_day(day: date) -> None:
    """Mark what a visitor's clicks on one link are to one another: the day's first, repeats, too many in an hour.

    The hash of a visitor is that of one day, so no click of another day matters. Suspects stay in the comparison.
    """
    people = clicks_of(day).filter(day_visitor__isnull=False)
    order: dict[str, Any] = {"order_by": ["time", "pk"]}
    visitor = [F("link_id"), F("day_visitor")]

    numbered = people.annotate(number=Window(RowNumber(), partition_by=visitor, **order))
    _mark(numbered.filter(number=1, is_first_of_day=False).values_list("pk", flat=True), is_first_of_day=True)
    _mark(
        numbered.filter(number__gt=1, is_first_of_day=True).values_list("pk", flat=True),
        is_first_of_day=False,
    )

    here = Window(Lag("time"), partition_by=[*visitor, F("placement_id")], **order)
    repeats = people.annotate(before=here).filter(before__isnull=False, is_repeat=False)
    _mark(_within(timedelta(seconds=REPEAT_SECONDS), repeats), is_repeat=True)

    long_ago = Window(Lag("time", SUSPECT_PER_HOUR), partition_by=visitor, **order)
    many = people.annotate(before=long_ago).filter(before__isnull=False)
    _mark(_within(timedelta(hours=1), many), click_class=ClickClass.SUSPECT, reason="rate")


def _within(span: timedelta, clicks: QuerySet[Any]) -> list[int]:
    """Return the clicks that came no later than `span` after the one in `before`."""
    found = clicks.values_list("pk", "before", "time")
    return [pk for pk, before, moment in found if moment - before <= span]


def _mark(ids: Iterable[int], **values: object) -> None:
    found = list(ids)
    for start in range(0, len(found), BATCH):
        Click.objects.filter(pk__in=found[start : start + BATCH]).update(**values)


def count_day(day: date) -> None:
    """Bring the sums of one UTC day in line with its clicks. A day whose clicks are deleted keeps its sums."""
    judge_day(day)
    unmeasured = Q(click_class=ClickClass.HUMAN, day_visitor__isnull=True)
    counted = (
        clicks_of(day)
        .values("link_id", "placement_id", "click_class")
        .annotate(
            raw_count=Count("pk"),
            unique_count=Count("pk", filter=Q(is_first_of_day=True)),
            unmeasured_count=Count("pk", filter=unmeasured),
        )
    )
    stored = {_key(row): row for row in ClickDay.objects.filter(day=day)}
    new: list[ClickDay] = []
    changed: list[ClickDay] = []
    for fields in counted:
        row = ClickDay(day=day, **fields)
        before = stored.get(_key(row))
        if before is None:
            new.append(row)
        elif _numbers(before) != _numbers(row):
            row.pk = before.pk
            changed.append(row)
    ClickDay.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)  # two may count at once
    ClickDay.objects.bulk_update(changed, NUMBERS, batch_size=BATCH)


def _key(row: ClickDay) -> tuple[int, int | None, str]:
    return row.link_id, row.placement_id, row.click_class


def _numbers(row: ClickDay) -> tuple[int, ...]:
    return tuple(getattr(row, name) for name in NUMBERS)
