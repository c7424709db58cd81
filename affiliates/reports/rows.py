"""The rows of a report: numbers of both periods, and rates with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from affiliates.reports import earned as money
from affiliates.reports.earned import Earned
from affiliates.reports.intervals import Estimate, counted, wilson
from affiliates.reports.pages import Page
from affiliates.reports.question import Question
from affiliates.tallies.facts import Numbers

NOTHING = Numbers()  # shared: nobody adds to the numbers of a row
NO_MONEY = Earned()


@dataclass(slots=True)
class Row:
    """One value of a dimension."""

    key: str
    now: Numbers
    before: int = 0  # clicks of the other period
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
        """Return the bare rate, also where there is too little for an interval."""
        if sort == "rate":
            return self.now.unique_clicks / self.seen if self.seen else 0.0
        per = self.now.clicks if sort == "epc" else self.seen / 1_000
        return float(self.earned.commission) / per if per else 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """How a count moved against the other period, a day for a day."""

    percent: float | None
    is_clear: bool


def change(now: int, days: int, before: int, days_before: int) -> Change:
    """Compare two counts of unequally many days; it is clear if their intervals do not overlap."""
    new, old = counted(now).scaled(1 / days), counted(before).scaled(1 / days_before)
    return Change((new.value / old.value - 1) * 100 if old.value else None, not new.overlaps(old))


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
            numbers.get(other, NOTHING).clicks if other else 0,
            earned.get(day, NO_MONEY),
            earned.get(other, NO_MONEY) if other else NO_MONEY,
            label=f"{day:%a %-d %b %Y}",
            is_immature=maturity.is_immature(day),
        )
        row.look(question.page)
        rows.append(row)
    rows.reverse()
    return rows
