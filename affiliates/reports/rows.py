"""The rows of a report: numbers of both periods, rates with intervals, groups instead of ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from affiliates.reports import earned as money
from affiliates.reports.earned import Earned
from affiliates.reports.groups import group
from affiliates.reports.intervals import Estimate, counted, wilson
from affiliates.reports.pages import Page
from affiliates.reports.question import Question
from affiliates.tallies.facts import Numbers

NOTHING = Numbers()  # shared; only sums are added to, and they have their own
NO_MONEY = Earned()
RATES = ("rate", "epc", "rpm")


@dataclass(slots=True)
class Row:
    """One value of a dimension."""

    key: str
    now: Numbers
    before: Numbers = field(default_factory=Numbers)
    earned: Earned = field(default_factory=Earned)
    earned_before: Earned = field(default_factory=Earned)
    seen: int = 0
    rate: Estimate | None = None
    epc: Estimate | None = None
    rpm: Estimate | None = None
    group: int = 0
    label: str = ""
    note: str = ""
    url: str = ""
    is_lower_bound: bool = False
    is_immature: bool = False

    def look(self, page: Page) -> None:
        """Choose the denominator that a page has."""
        self.seen = getattr(self.now, page.seen) if page.seen else 0

    def work_out(self) -> Row:
        """Fill in the rates. Uniques let themselves be measured, as views did, so the click rate is theirs."""
        self.rate = wilson(self.now.unique_clicks, self.seen)
        self.epc = self.earned.estimate(self.now.clicks)
        self.rpm = self.earned.estimate(self.seen / 1_000)
        return self

    def plain(self, sort: str) -> float:
        """Return the bare number to sort by, also where there is too little for an interval."""
        commission = float(self.earned.commission)
        if sort == "epc":
            return commission / self.now.clicks if self.now.clicks else 0.0
        if sort == "rpm":
            return commission * 1_000 / self.seen if self.seen else 0.0
        if sort == "rate":
            return self.now.unique_clicks / self.seen if self.seen else 0.0
        return {"unique": self.now.unique_clicks, "seen": self.seen, "commission": commission}.get(
            sort, self.now.clicks
        )


@dataclass(frozen=True, slots=True)
class Change:
    """How a count moved against the other period, a day for a day."""

    percent: float | None
    is_clear: bool


def change(now: int, days: int, before: int, days_before: int) -> Change:
    """Compare two counts of unequally many days; it is clear if their intervals do not overlap."""
    new, old = counted(now).scaled(1 / days), counted(before).scaled(1 / days_before)
    return Change((new.value / old.value - 1) * 100 if old.value else None, not new.overlaps(old))


def build(
    question: Question,
    now: Mapping[str, Numbers],
    before: Mapping[str, Numbers],
    earned: Mapping[str, Earned],
    earned_before: Mapping[str, Earned],
) -> list[Row]:
    """Return every row with a number in either period, sorted, in groups where the order would be a claim."""
    rows = [
        Row(
            key,
            now.get(key, NOTHING),
            before.get(key, NOTHING),
            earned.get(key, NO_MONEY),
            earned_before.get(key, NO_MONEY),
        )
        for key in dict.fromkeys([*now, *before, *earned])
    ]
    for row in rows:
        row.look(question.page)
    if question.sort in RATES:  # else only those of the page need theirs
        for row in rows:
            row.work_out()
    rows.sort(key=lambda row: (-row.plain(question.sort), -row.now.clicks, row.key))
    return grouped(rows, question.sort)


def grouped(rows: list[Row], sort: str) -> list[Row]:
    """Number the groups of a sort by a rate. Counts are facts and need none."""
    if sort not in RATES:
        return rows
    numbers = group([getattr(row, sort) for row in rows])
    for row, number in zip(rows, numbers, strict=True):
        row.group = number
    # What cannot be told comes last, whatever its bare number says.
    return sorted(rows, key=lambda row: (row.group == 0, row.group))


def sum_of(page: Page, rows: Iterable[Row]) -> Row:
    """Return all rows in one."""
    found = Row("", Numbers())
    for row in rows:
        found.now.add(row.now)
        found.before.add(row.before)
        if row.earned is not NO_MONEY:
            found.earned.add(row.earned)
        if row.earned_before is not NO_MONEY:
            found.earned_before.add(row.earned_before)
    found.look(page)
    return found.work_out()


def day_rows(
    question: Question,
    numbers: Mapping[date, Numbers],
    earned: Mapping[date, Earned],
    maturity: money.Maturity,
) -> list[Row]:
    """Return a row for each day of the period, the latest first, beside the day of the other one in the same place."""
    others = list(question.before) if question.before else []
    rows = []
    for index, day in enumerate(question.period):
        other = others[index] if index < len(others) else None
        row = Row(
            day.isoformat(),
            numbers.get(day, NOTHING),
            numbers.get(other, NOTHING) if other else NOTHING,
            earned.get(day, NO_MONEY),
            earned.get(other, NO_MONEY) if other else NO_MONEY,
            label=f"{day:%a %-d %b %Y}",
            is_immature=maturity.is_immature(day),
        )
        row.look(question.page)
        rows.append(row)
    rows.reverse()
    return rows
