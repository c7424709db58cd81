"""The sums of a report by key, in their order: groups instead of ranks where the order would be a claim.

They stay as the database gave them, and only what is shown becomes a Row: 7,500 rows that live until the page is sent
cost 60 ms, most of it the garbage collector's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from affiliates.reports.earned import NO_AMOUNTS, Amounts, Earned, total
from affiliates.reports.groups import group
from affiliates.reports.intervals import Estimate
from affiliates.reports.numbers import Counts
from affiliates.reports.pages import Page
from affiliates.reports.rows import Row
from affiliates.tallies.facts import COLUMNS, Numbers

RATES = ("rate", "epc", "rpm")
NOTHING: Counts = (0,) * len(COLUMNS)
CLICKS, UNIQUE = COLUMNS.index("clicks"), COLUMNS.index("unique_clicks")
COMMISSION = 0


@dataclass(frozen=True, slots=True)
class Order:
    """Keys as they are shown; `groups` has the number of each one's group where they are sorted by a rate."""

    keys: Sequence[str]
    groups: Mapping[str, int]

    def sizes(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for number in self.groups.values():
            found[number] = found.get(number, 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class Sums:
    """Everything counted and earned; `before` are the clicks of the other period."""

    page: Page
    now: Mapping[str, Counts]
    before: Mapping[str, int]
    earned: Mapping[str, Amounts]
    earned_before: Mapping[str, Amounts]

    def row(self, key: str, number: int = 0) -> Row:
        found = Row(
            key,
            Numbers(*self.now.get(key, NOTHING)),
            self.before.get(key, 0),
            Earned.of(self.earned.get(key, NO_AMOUNTS)),
            Earned.of(self.earned_before.get(key, NO_AMOUNTS)),
            group=number,
        )
        found.look(self.page)
        return found

    def total(self) -> Row:
        """Return all rows in one."""
        found = Row(
            "",
            Numbers(*_added_up(self.now.values())),
            sum(self.before.values()),
            Earned.of(total(self.earned.values())),
            Earned.of(total(self.earned_before.values())),
        )
        found.look(self.page)
        return found.work_out()

    def order(self, sort: str) -> Order:
        """Return every key with a number in either period."""
        keys = list(dict.fromkeys([*self.now, *self.before, *self.earned]))
        return self._by_rate(keys, sort) if sort in RATES else self._by_count(keys, sort)

    def _by_count(self, keys: list[str], sort: str) -> Order:
        """Counts are facts and need no groups."""
        if sort == "commission":
            values: Mapping[str, Sequence[float]] = self.earned
            nothing: Sequence[float] = NO_AMOUNTS
            index = COMMISSION
        else:
            values, nothing = self.now, NOTHING
            index = {"unique": UNIQUE, "seen": COLUMNS.index(self.page.seen or "clicks")}.get(sort, CLICKS)
        now = self.now
        keys.sort(key=lambda key: (-values.get(key, nothing)[index], -now.get(key, NOTHING)[CLICKS], key))
        return Order(keys, {})

    def _by_rate(self, keys: list[str], sort: str) -> Order:
        """What cannot be told comes last, whatever its bare number says."""
        rates: dict[str, tuple[float, Estimate | None]] = {}
        for key in keys:
            row = self.row(key).work_out()
            rates[key] = row.plain(sort), getattr(row, sort)
        keys.sort(key=lambda key: (-rates[key][0], -self.now.get(key, NOTHING)[CLICKS], key))
        groups = dict(zip(keys, group([rates[key][1] for key in keys]), strict=True))
        return Order(sorted(keys, key=lambda key: (groups[key] == 0, groups[key])), groups)


def _added_up(values: Iterable[Counts]) -> Counts:
    return tuple(map(sum, zip(*values, strict=True))) or NOTHING
