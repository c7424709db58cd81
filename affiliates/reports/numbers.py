"""Clicks and views of a period by one dimension: one query of day, week and four-week sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from affiliates.models import Dimension, Tally
from affiliates.reports.periods import Period
from affiliates.tallies.facts import COLUMNS, Numbers
from affiliates.tallies.settling import unsettled_days
from affiliates.tallies.spans import ranges

# Written out: for 5,000 links the ORM took longer to convert the sums, which are plain numbers, than to fetch them.
SUMS = """
SELECT key, {columns} FROM affiliates_tally WHERE dimension = %s AND ({ranges}) GROUP BY key
"""
RANGE = "(span = %s AND start BETWEEN %s AND %s)"
EVERY = ", ".join(f"SUM({name})" for name in COLUMNS)
REQUESTS = "SUM(clicks + bots + suspects + own)"

Counts = tuple[int, ...]  # in the order of COLUMNS


def by_key(dimension: str, period: Period, unsettled: Collection[date]) -> dict[str, Counts]:
    """Return the sums of a period for each value of a dimension."""
    return {row[0]: row[1:] for row in _read(EVERY, dimension, period, unsettled)}


def clicks_by_key(dimension: str, period: Period, unsettled: Collection[date]) -> dict[str, int]:
    """Return the clicks alone; of reasons all requests, since that table is about what they are."""
    column = REQUESTS if dimension == Dimension.REASON else "SUM(clicks)"
    return dict(_read(column, dimension, period, unsettled))


def _read(columns: str, dimension: str, period: Period, unsettled: Collection[date]) -> list[tuple[Any, ...]]:
    wanted = ranges(period.start, period.end, unsettled)
    values = [value for found in wanted for value in found]
    statement = SUMS.format(columns=columns, ranges=" OR ".join([RANGE] * len(wanted)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [str(dimension), *values])
        return list(cursor.fetchall())


def by_day(periods: Iterable[Period]) -> dict[date, Numbers]:
    """Return the sums of everything for each day of some periods that has any."""
    wanted = Q()
    for period in periods:
        wanted |= Q(start__range=(period.start, period.end))
    rows = (
        Tally.objects.filter(wanted, dimension=Dimension.TOTAL, span=1)
        .order_by()
        .values_list("start", *COLUMNS)
    )
    return {day: Numbers(*numbers) for day, *numbers in rows}


def first_day() -> date | None:
    """Return the day on which counting began."""
    rows = Tally.objects.filter(dimension=Dimension.TOTAL, span=1).order_by("start")
    return rows.values_list("start", flat=True).first()


def total(numbers: Iterable[Numbers]) -> Numbers:
    found = Numbers()
    for each in numbers:
        found.add(each)
    return found


def unsettled() -> list[date]:
    """Return the days whose weeks must be read day by day."""
    return unsettled_days()
