"""The running count: each click is read once, judged and added to the sums of its day.

What a click is to its visitor's earlier ones is looked up in SeenToday, which holds one row a visitor and link of the
day. When the day is over it is counted again from its clicks (settling.py), so what a running count cannot know, such
as a click that arrives late, is put right then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from affiliates.models import Click, ClickClass, CountedDay, CountMark, SeenToday, Tally
from affiliates.tallies import store
from affiliates.tallies.facts import (
    CAPS,
    REPEAT_SECONDS,
    SUSPECT_PER_HOUR,
    Fact,
    Key,
    Numbers,
    Places,
    add_up,
    cap,
)

BATCH = 2_000
# A statement that is still at work has taken its numbers already: the clicks after them wait for it this long.
PATIENCE = timedelta(seconds=5)
ROOM = 4


class Row(NamedTuple):
    pk: int
    time: datetime
    link_id: int
    placement_id: int | None
    click_class: str
    reason: str
    day_visitor: int | None
    country: str
    device: str
    language: str
    referrer_host: str

    def fact(self, click_class: str, reason: str, *, is_first: bool) -> Fact:
        return Fact(
            self.time.date(), self.link_id, self.placement_id, click_class, reason, self.country, self.device,
            self.language, self.referrer_host, is_first, self.day_visitor is not None,
        )  # fmt: skip


def count_new(limit: int = BATCH) -> int:
    """Count up to `limit` clicks that have not been counted, and return how many it were."""
    with transaction.atomic():
        mark, _ = CountMark.objects.select_for_update().get_or_create(pk=1)
        found = Click.objects.filter(pk__gt=mark.last_click).order_by("pk")
        rows = [Row(*values) for values in found.values_list(*Row._fields)[:limit]]
        rows = without_gaps(rows, mark.last_click)
        if rows:
            _count(rows)
            CountMark.objects.filter(pk=1).update(last_click=rows[-1].pk)
    return len(rows)


def without_gaps(rows: list[Row], last: int) -> list[Row]:
    """Return the rows up to the first number that is missing, if the rows behind it are only seconds old.

    PostgreSQL gives numbers out before it commits, so a lower one may still come. SQLite has one writer at a time.
    """
    if connection.vendor == "sqlite":
        return rows
    oldest = timezone.now() - PATIENCE
    for index, row in enumerate(rows):
        if last and row.pk != last + 1 and row.time > oldest:
            return rows[:index]
        last = row.pk
    return rows


def _count(rows: Sequence[Row]) -> None:
    by_day: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        by_day[row.time.date()].append(row)
    store.note_days(by_day)
    settled = CountedDay.objects.filter(day__in=by_day, settled_at__isnull=False)
    for day in list(settled.values_list("day", flat=True)):
        del by_day[day]  # settling it again counts these, too
    settled.update(settled_at=None)
    places = Places()
    places.learn((row.placement_id for row in rows), (row.link_id for row in rows))
    for day, found in by_day.items():
        _count_day(day, found, places)


def _count_day(day: date, rows: Sequence[Row], places: Places) -> None:
    facts = _judge(day, rows)
    sums = add_up(facts, places)
    store.add(day, cap(sums, _known(day, sums), ROOM))
    days: dict[tuple[date, int, int | None, str], Numbers] = {}
    for fact in facts:
        key = (day, fact.link, fact.placement, str(fact.click_class))
        days.setdefault(key, Numbers()).add(fact.numbers())
    store.add_click_days(days)


def _known(day: date, sums: dict[Key, Numbers]) -> dict[str, set[str]]:
    """Return the values that have a row of their own already."""
    known: dict[str, set[str]] = defaultdict(set)
    if any(dimension in CAPS for dimension, _ in sums):
        rows = Tally.objects.filter(dimension__in=list(CAPS), span=1, start=day).order_by()
        for dimension, key in rows.values_list("dimension", "key"):
            known[dimension].add(key)
    return known


def _judge(day: date, rows: Sequence[Row]) -> list[Fact]:
    """Say what each click is to its visitor's earlier ones, and mark it."""
    visitors = {row.day_visitor for row in rows if row.day_visitor is not None}
    seen = _seen(day, visitors)
    touched: dict[tuple[int, int], SeenToday] = {}
    marks: dict[str, list[int]] = {"is_first_of_day": [], "is_repeat": [], "suspect": []}
    facts = []
    for row in rows:
        click_class, reason, is_first = row.click_class, row.reason, False
        if row.day_visitor is not None:
            key = (row.link_id, row.day_visitor)
            before = seen.setdefault(key, SeenToday(day=day, link_id=key[0], day_visitor=key[1], recent=[]))
            touched[key] = before
            second = _second(row.time)
            is_first = not before.recent
            if is_first:
                marks["is_first_of_day"].append(row.pk)
            if any(
                place == row.placement_id and second - at <= REPEAT_SECONDS for at, place in before.recent
            ):
                marks["is_repeat"].append(row.pk)
            if (
                len(before.recent) >= SUSPECT_PER_HOUR
                and second - before.recent[-SUSPECT_PER_HOUR][0] <= 3600
            ):
                marks["suspect"].append(row.pk)
                click_class, reason = ClickClass.SUSPECT, "rate"
            before.recent = [*before.recent, [second, row.placement_id]][-SUSPECT_PER_HOUR:]
        facts.append(row.fact(click_class, reason, is_first=is_first))
    _remember(touched.values())
    _mark(marks)
    return facts


def _seen(day: date, visitors: set[int]) -> dict[tuple[int, int], SeenToday]:
    found: dict[tuple[int, int], SeenToday] = {}
    for chunk in store.chunks(sorted(visitors)):
        for row in SeenToday.objects.filter(day=day, day_visitor__in=chunk):
            found[row.link_id, row.day_visitor] = row
    return found


def _remember(rows: Any) -> None:
    SeenToday.objects.bulk_create(
        list(rows),
        batch_size=store.CHUNK,
        update_conflicts=True,
        update_fields=["recent"],
        unique_fields=["day", "day_visitor", "link_id"],
    )


def _mark(marks: dict[str, list[int]]) -> None:
    values: dict[str, dict[str, Any]] = {
        "is_first_of_day": {"is_first_of_day": True},
        "is_repeat": {"is_repeat": True},
        "suspect": {"click_class": ClickClass.SUSPECT, "reason": "rate"},
    }
    for name, ids in marks.items():
        for chunk in store.chunks(ids):
            Click.objects.filter(pk__in=chunk).update(**values[name])


def _second(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
