"""Writing clicks and their day sums: one short transaction, or the process's memory until there is time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import DatabaseError, IntegrityError
from django.db.models import F

from affiliates.clicks import sql
from affiliates.clicks.pending import pending
from affiliates.clicks.quick import quick_transaction
from affiliates.models import ClickClass, ClickDay, DropDay

REPEAT_SECONDS = 10
SUSPECT_PER_HOUR = 30


class Countable(Protocol):
    def write(self) -> None:
        """Write it inside the caller's transaction."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One click on its way into the database; it holds nothing that tells who clicked."""

    time: datetime
    link_id: int
    target_id: int | None
    placement_id: int | None
    click_class: str
    reason: str
    channel: str
    day_visitor: int | None
    referrer_host: str
    device: str
    country: str

    def write(self) -> None:
        earlier, within_hour, just_now = self._earlier()
        is_human = self.click_class == ClickClass.HUMAN
        is_suspect = is_human and within_hour >= SUSPECT_PER_HOUR
        is_first = is_human and self.day_visitor is not None and not earlier
        click_class = str(ClickClass.SUSPECT if is_suspect else self.click_class)
        reason = "rate" if is_suspect else self.reason
        sql.execute(
            sql.INSERT_CLICK,
            sql.moment(self.time), self.link_id, self.target_id, self.placement_id, click_class, reason,
            str(self.channel), self.day_visitor, is_first, bool(just_now), self.referrer_host, str(self.device),
            self.country,
        )  # fmt: skip
        self._add_to_day(click_class, int(is_first), int(is_human and self.day_visitor is None))

    def _earlier(self) -> tuple[int, int, int]:
        """Count the visitor's earlier clicks on this link: today, within the hour, just now on this placement."""
        if self.day_visitor is None:
            return 0, 0, 0
        hour_ago = sql.moment(self.time - timedelta(hours=1))
        just_now = sql.moment(self.time - timedelta(seconds=REPEAT_SECONDS))
        placement = self.placement_id or 0
        values = (hour_ago, just_now, placement, self.link_id, self.day_visitor, SUSPECT_PER_HOUR)
        today, within_hour, repeats = sql.fetch(sql.EARLIER, *values)[0]
        return int(today), int(within_hour), int(repeats)

    def _add_to_day(self, click_class: str, unique: int, unmeasured: int) -> None:
        """Add to the day's row, or make it. A race for a new row is an IntegrityError."""
        day = self.time.date()
        values = (unique, unmeasured, day, self.link_id, click_class)
        if self.placement_id is None:
            changed = sql.execute(f"{sql.ADD_TO_DAY} placement_id IS NULL", *values)
        else:
            changed = sql.execute(f"{sql.ADD_TO_DAY} placement_id = %s", *values, self.placement_id)
        if not changed:
            ClickDay.objects.create(
                day=day,
                link_id=self.link_id,
                placement_id=self.placement_id,
                click_class=click_class,
                raw_count=1,
                unique_count=unique,
                unmeasured_count=unmeasured,
            )


@dataclass(frozen=True, slots=True)
class Drop:
    """One request that is no click."""

    day: date
    reason: str
    link_id: int | None = None

    def write(self) -> None:
        day = DropDay.objects.filter(day=self.day, reason=self.reason, link=self.link_id)
        if not day.update(count=F("count") + 1):
            DropDay.objects.create(day=self.day, reason=self.reason, link_id=self.link_id, count=1)


def count(item: Countable) -> None:
    """Write now if the database is quick; keep it in memory for later otherwise. Never raises, never waits long."""
    for _ in range(2):  # a second try after a race for the day's first row
        try:
            with quick_transaction():
                item.write()
        except IntegrityError:
            continue
        except DatabaseError:
            break
        return
    pending.keep(item)
