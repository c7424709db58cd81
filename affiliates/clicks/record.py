"""What is stored of a click, and of a request that is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from affiliates.clicks import sql
from affiliates.clicks.sql import Statement
from affiliates.clicks.writer import Writer
from affiliates.tallies.increments import count_new
from articles import statements

FEW = 200  # clicks that are counted at once while others may come and wait


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
    language: str = ""
    click_token: str | None = None

    def row(self) -> tuple[Any, ...]:
        """Return its values as sql.add_clicks takes them. What it is to its visitor's other clicks is judged later."""
        return (
            self.time, self.link_id, self.target_id, self.placement_id, str(self.click_class), self.reason,
            str(self.channel), self.day_visitor, self.referrer_host, str(self.device), self.country, self.language,
            self.click_token,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drop:
    """One request that is no click."""

    day: date
    reason: str
    link_id: int | None = None

    def statement(self) -> Statement:
        if self.link_id is None:
            return sql.ADD_DROP, (self.day, self.reason)
        return sql.ADD_DROP_OF_LINK, (self.day, self.reason, self.link_id)


@dataclass(frozen=True, slots=True)
class NewSalt:
    """The random key of a day; the first one stays."""

    day: date
    salt: bytes
    at: datetime

    def statement(self) -> Statement:
        return sql.ADD_SALT, (self.day, self.salt, sql.moment(self.at))


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that was opened, or paid links of one that came into sight. It says nothing about who saw them."""

    day: date
    article_id: int
    public_ids: tuple[str, ...] = ()
    is_view: bool = False


Countable = Hit | Drop | NewSalt | Seen


def write(items: Sequence[Countable]) -> None:
    """Store items all or none: the clicks in one statement, so that it is a transaction by itself."""
    rows = [item.row() for item in items if isinstance(item, Hit)]
    work: list[Statement] = [item.statement() for item in items if isinstance(item, Drop | NewSalt)]
    if rows:
        work.append(sql.add_clicks(rows))
    work += _sights([item for item in items if isinstance(item, Seen)])
    if len(work) == 1:
        statements.run(*work[0])
    else:
        with transaction.atomic():
            for statement in work:
                statements.run(*statement)


def _sights(items: Sequence[Seen]) -> list[Statement]:
    """Return one statement for each article and placement, in one order, so that no two writers block each other."""
    views = Counter((item.day, item.article_id) for item in items if item.is_view)
    sights = Counter((item.day, item.article_id, name) for item in items for name in set(item.public_ids))
    return [
        *((sql.ADD_VIEW, (day, number, article)) for (day, article), number in sorted(views.items())),
        *(
            (sql.ADD_SIGHT, (day, number, name, article))
            for (day, article, name), number in sorted(sights.items())
        ),
    ]


writer = Writer(write, when_idle=lambda: count_new(FEW))


def count(item: Countable, *, wait: bool = True) -> None:
    """Have an item stored. Never raises because of the database and never waits long, or not at all."""
    if connection.in_atomic_block:  # in a transaction of the caller's it is part of that
        write([item])
    else:
        writer.submit(item, wait=wait)
