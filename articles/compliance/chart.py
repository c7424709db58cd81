"""A small line chart as SVG points: the page draws it without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.compliance.overview import DayRow

WIDTH, HEIGHT = 600, 120


@dataclass(frozen=True, slots=True)
class Chart:
    """Points for two lines in a box of WIDTH by HEIGHT; `top` is the number at its upper edge."""

    errors: str
    warnings: str
    top: int
    first: DayRow
    last: DayRow
    width: int = WIDTH
    height: int = HEIGHT


def chart(days: Sequence[DayRow]) -> Chart | None:
    """Return the chart of two days or more; one day is no trend."""
    if len(days) < 2:
        return None
    span = (days[-1].day - days[0].day).days
    top = max(1, *(max(row.errors, row.warnings) for row in days))

    def points(numbers: Sequence[int]) -> str:
        places = zip(days, numbers, strict=True)
        return " ".join(
            f"{(row.day - days[0].day).days / span * WIDTH:.1f},{HEIGHT - number / top * HEIGHT:.1f}"
            for row, number in places
        )

    return Chart(
        points([row.errors for row in days]), points([row.warnings for row in days]), top, days[0], days[-1]
    )
