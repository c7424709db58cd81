"""Sample clicks and views on the way of real ones: written, counted as they come, settled day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from affiliates.clicks import record, sql
from affiliates.demo.traffic import Day
from affiliates.models import Click, ViewDay
from affiliates.sums import add_up
from affiliates.tallies import retention, seen, settling

AT_ONCE = 200  # clicks of one statement, as the writer does it


def is_counted() -> bool:
    return Click.objects.exists() or ViewDay.objects.exists()


def count(days: Sequence[Day]) -> None:
    """Store the days and let them be counted, all or nothing, so that one row tells that it is done.

    Days before the retention are counted as they come, and then lose their single clicks.
    """
    with transaction.atomic():
        _write(days)
        add_up()
        for day in days:
            seen.sync(day.day)
        for over in settling.due(timezone.now()):
            settling.settle_day(over)
        retention.delete_old_clicks.call()


def _write(days: Iterable[Day]) -> None:
    for day in days:
        hits = sorted((hit for _, hit in day.hits), key=lambda hit: hit.time)
        for start in range(0, len(hits), AT_ONCE):
            record.write(hits[start : start + AT_ONCE])
        if day.drops:
            record.write(day.drops)
        with connection.cursor() as cursor:
            cursor.executemany(sql.ADD_VIEW, list(_views(day)))
            cursor.executemany(sql.ADD_SIGHT, list(_sights(day)))


def _views(day: Day) -> Iterator[tuple[Any, ...]]:
    return ((day.day, count, article) for article, count in day.views.items() if count)


def _sights(day: Day) -> Iterator[tuple[Any, ...]]:
    return ((day.day, count, name, article) for (article, name), count in day.sights.items() if count)
