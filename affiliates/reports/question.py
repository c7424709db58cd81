"""What somebody asks of a report: the parameters of its address, with the defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from affiliates.reports.pages import Page
from affiliates.reports.periods import Period, compared_with, period_of

PARAMETERS = ("period", "from", "to", "compare", "cfrom", "cto", "currency", "sort")
MAX_QUERY = 300
SORTS = ("clicks", "unique", "seen", "rate", "commission", "epc", "rpm")


@dataclass(frozen=True, slots=True)
class Question:
    """One report with its days, order and currency. `query` is what a saved view keeps."""

    page: Page
    period: Period
    before: Period | None
    sort: str
    currency: str
    number: int
    query: str
    parameters: Mapping[str, str]
    today: date | None = None

    def is_running(self, day: str = "") -> bool:
        """Return whether a day, or without one the period, goes on while that which it is compared with is over.

        Half a day beside a whole one would always look like a loss.
        """
        if self.today is None or (self.before and self.before.end >= self.today):
            return False
        return (day or self.period.end.isoformat()) >= self.today.isoformat()

    def link(self, **changes: str) -> str:
        """Return the query with some parameters changed; an empty one is left out."""
        found = {**self.parameters, **changes}
        return urlencode({name: value for name, value in found.items() if value})

    @property
    def periods(self) -> list[Period]:
        return [self.period, *([self.before] if self.before else [])]


def ask(page: Page, query: Mapping[str, str], today: date, *, sees_money: bool) -> Question:
    """Return the question that an address asks. Whatever is no sense in it falls back to the default."""
    parameters = {name: str(query[name])[:40] for name in PARAMETERS if query.get(name)}
    period = period_of(parameters, today)
    number = str(query.get("page", "1"))
    return Question(
        page=page,
        period=period,
        before=compared_with(parameters, period),
        sort=_sort(page, parameters.get("sort", ""), sees_money=sees_money),
        currency=parameters.get("currency", ""),
        number=int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1,
        query=urlencode(parameters)[:MAX_QUERY],
        parameters=parameters,
        today=today,
    )


def _sort(page: Page, wanted: str, *, sees_money: bool) -> str:
    allowed = {"clicks", "unique"}
    if page.seen:
        allowed |= {"seen", "rate"}
    if page.has_money and sees_money:
        allowed |= {"commission", "epc", "rpm"}
    return wanted if wanted in allowed else "clicks"
