"""Which days a report is about, and which it is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = 3 * 366
DEFAULT = "28"
PRESETS = {
    "7": "Last 7 days",
    "28": "Last 28 days",
    "90": "Last 90 days",
    "365": "Last 365 days",
    "today": "Today so far",
    "own": "From … to …",
}
COMPARISONS = {
    "previous": "the days before",
    "year": "the same days a year before",
    "own": "from … to …",
    "none": "nothing",
}


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in UTC, the first and the last included."""

    start: date
    end: date

    def __len__(self) -> int:
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=number) for number in range(len(self)))

    def __str__(self) -> str:
        if self.start == self.end:
            return f"{self.end:%-d %B %Y}"
        year = "" if self.start.year == self.end.year else f" {self.start.year}"
        return f"{self.start:%-d %B}{year} to {self.end:%-d %B %Y}"

    def before(self) -> Period:
        """Return as many days that end where these begin."""
        return Period(self.start - timedelta(days=len(self)), self.start - timedelta(days=1))

    def a_year_before(self) -> Period:
        """Return the same days 52 weeks earlier: the same days of the week, which matter more than the date."""
        return Period(self.start - timedelta(weeks=52), self.end - timedelta(weeks=52))


def period_of(query: Mapping[str, str], today: date) -> Period:
    """Return the days that a query asks for. They end yesterday: today is not over, so it would always look bad."""
    wanted = query.get("period", DEFAULT)
    if wanted == "today":
        return Period(today, today)
    if wanted == "own" and (found := _between(query.get("from", ""), query.get("to", ""))):
        return found
    days = int(wanted) if wanted in ("7", "28", "90", "365") else int(DEFAULT)
    return Period(today - timedelta(days=days), today - timedelta(days=1))


def compared_with(query: Mapping[str, str], period: Period) -> Period | None:
    """Return the days to compare with; None for no comparison."""
    wanted = query.get("compare", "previous")
    if wanted == "none":
        return None
    if wanted == "year":
        return period.a_year_before()
    if wanted == "own" and (found := _between(query.get("cfrom", ""), query.get("cto", ""))):
        return found
    return period.before()


def _between(first: str, last: str) -> Period | None:
    """Return the days between two dates as browsers send them; None if they are none, or far too many."""
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    if end < start:
        start, end = end, start
    return Period(start, end) if (end - start).days < LONGEST and start.year > 1990 else None
