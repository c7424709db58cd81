"""Weeks and blocks of four weeks, so that a year of 5,000 links is read in thousands of rows and not in a million."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db import connection

from affiliates.models import Tally
from affiliates.tallies.facts import COLUMNS

SPANS = (28, 7, 1)  # days; each is a whole number of the next, and all begin on a Monday
PARTS = ((7, 1), (28, 7))  # what a longer span is the sum of, the shorter ones first
MONDAY = date(2001, 1, 1).toordinal()

_SUMS = ", ".join(f"SUM({name})" for name in COLUMNS)
_ROLL = f"""
INSERT INTO affiliates_tally (dimension, span, start, key, {", ".join(COLUMNS)})
SELECT dimension, %s, %s, key, {_SUMS} FROM affiliates_tally
WHERE span = %s AND start >= %s AND start < %s GROUP BY dimension, key
"""  # noqa: S608


def start_of(day: date, span: int) -> date:
    """Return the first day of the span that a day lies in."""
    return day - timedelta(days=(day.toordinal() - MONDAY) % span)


def cover(start: date, end: date, unsettled: Collection[date] = ()) -> Iterator[tuple[int, date]]:
    """Yield the fewest spans that fill `start` to `end`, both included; one with an unsettled day is read by day."""
    spans_of_running_days = {(span, start_of(day, span)) for span in SPANS if span > 1 for day in unsettled}
    day = start
    while day <= end:
        for span in SPANS:
            last = day + timedelta(days=span - 1)
            fits = start_of(day, span) == day and last <= end
            if span == 1 or (fits and (span, day) not in spans_of_running_days):
                yield span, day
                day = last + timedelta(days=1)
                break


def ranges(start: date, end: date, unsettled: Collection[date] = ()) -> list[tuple[int, date, date]]:
    """Say which rows fill `start` to `end`: length, first and last start. Neighbours of one length are one range."""
    runs: list[tuple[int, date, date]] = []
    for span, first in cover(start, end, unsettled):
        if runs and runs[-1][0] == span and runs[-1][2] + timedelta(days=span) == first:
            runs[-1] = (span, runs[-1][1], first)
        else:
            runs.append((span, first, first))
    return runs


def roll_up(day: date) -> None:
    """Write the week and the four weeks of a day anew, from its days and from its weeks."""
    for span, part in PARTS:
        start = start_of(day, span)
        Tally.objects.filter(span=span, start=start).delete()
        with connection.cursor() as cursor:
            cursor.execute(_ROLL, (span, start, part, start, start + timedelta(days=span)))
