"""Writing sums: adding to them, setting them, replacing a day. The same SQL runs on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from affiliates.models import CountedDay, Tally
from affiliates.tallies.facts import COLUMNS, Key, Numbers

CHUNK = 500
DAY_SPAN = 1

_INSERT = f"INSERT INTO affiliates_tally (dimension, span, start, key, {', '.join(COLUMNS)}) VALUES "  # noqa: S608
_ROW = "({})".format(", ".join(["%s"] * (4 + len(COLUMNS))))
_CONFLICT = " ON CONFLICT (dimension, span, start, key) DO UPDATE SET "
ADD = _CONFLICT + ", ".join(f"{name} = affiliates_tally.{name} + excluded.{name}" for name in COLUMNS)
SET_SEEN = _CONFLICT + "views = excluded.views, impressions = excluded.impressions"

# One row a day, link, place and class: the click's own columns, so that both stay in step.
ADD_CLICK_DAYS = """
INSERT INTO affiliates_clickday (day, link_id, placement_id, click_class, raw_count, unique_count, unmeasured_count)
VALUES {rows} ON CONFLICT {target} DO UPDATE SET
    raw_count = affiliates_clickday.raw_count + excluded.raw_count,
    unique_count = affiliates_clickday.unique_count + excluded.unique_count,
    unmeasured_count = affiliates_clickday.unmeasured_count + excluded.unmeasured_count
"""
PLACED = "(day, link_id, click_class, placement_id) WHERE placement_id IS NOT NULL"
UNPLACED = "(day, link_id, click_class) WHERE placement_id IS NULL"


def add(day: date, sums: Mapping[Key, Numbers]) -> None:
    """Add to the sums of a day."""
    _upsert(day, sums, ADD)


def set_seen(day: date, sums: Mapping[Key, Numbers]) -> None:
    """Set views and impressions of a day and leave its clicks."""
    _upsert(day, sums, SET_SEEN)


def replace_day(day: date, sums: Mapping[Key, Numbers]) -> None:
    """Write the sums of a day anew."""
    Tally.objects.filter(start=day, span=DAY_SPAN).delete()
    rows = [
        Tally(dimension=key[0], span=DAY_SPAN, start=day, key=key[1], **_as_dict(numbers))
        for key, numbers in sorted(
            sums.items()
        )  # a dimension of a day lies together, so a report reads few pages
    ]
    Tally.objects.bulk_create(rows, batch_size=CHUNK)


def add_click_days(rows: Mapping[tuple[date, int, int | None, str], Numbers]) -> None:
    """Add to ClickDay. Its raw count is the one of the row's class."""
    for is_placed, target in ((True, PLACED), (False, UNPLACED)):
        values = [
            (*key, _raw(numbers), numbers.unique_clicks, numbers.unmeasured)
            for key, numbers in rows.items()
            if (key[2] is not None) is is_placed
        ]
        for chunk in chunks(values):
            _execute(
                ADD_CLICK_DAYS.format(
                    rows=", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(chunk)), target=target
                ),
                chunk,
            )


def note_days(days: Iterable[date]) -> None:
    """Have these days settled when they are over."""
    rows = [CountedDay(day=day) for day in sorted(set(days))]
    CountedDay.objects.bulk_create(rows, ignore_conflicts=True)


def chunks(values: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _upsert(day: date, sums: Mapping[Key, Numbers], conflict: str) -> None:
    values = [
        (key[0], DAY_SPAN, day, key[1], *_as_dict(numbers).values()) for key, numbers in sorted(sums.items())
    ]  # in one order, so that two writers never wait for each other in a circle
    for chunk in chunks(values):
        _execute(_INSERT + ", ".join([_ROW] * len(chunk)) + conflict, chunk)


def _execute(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])


def _as_dict(numbers: Numbers) -> dict[str, int]:
    return {name: getattr(numbers, name) for name in COLUMNS}


def _raw(numbers: Numbers) -> int:
    return numbers.clicks + numbers.bots + numbers.suspects + numbers.own
