"""Clicks and views of a period by one dimension: one query of day, week and four-week sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection
from django.db.models import Q

from affiliates.models import Dimension, Tally
from affiliates.reports.periods import Period
from affiliates.tallies.facts import COLUMNS, Numbers
from affiliates.tallies.settling import unsettled_days
from affiliates.tallies.spans import ranges

# Written out: for 5,000 links the ORM took longer to convert the sums, which are plain numbers, than to fetch them.
SUMS = f"""
SELECT key, {", ".join(f"SUM({name})" for name in COLUMNS)} FROM affiliates_tally
WHERE dimension = %s AND ({{}}) GROUP BY key
"""  # noqa: S608
RANGE = "(span = %s AND start BETWEEN %s AND %s)"


def by_key(dimension: str, period: Period, unsettled: Collection[date]) -> dict[str, Numbers]:
    """Return the sums of a period for each value of a dimension."""
    wanted = ranges(period.start, period.end, unsettled)
    values = [value for found in wanted for value in found]
    with connection.cursor() as cursor:
        cursor.execute(SUMS.format(" OR ".join([RANGE] * len(wanted))), [str(dimension), *values])
        return {key: Numbers(*numbers) for key, *numbers in cursor.fetchall()}


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
