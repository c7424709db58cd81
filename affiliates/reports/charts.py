"""The chart of days as SVG geometry: bars of clicks with the unique ones inside, a line for the other period."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from affiliates.reports.answer import Answer
from affiliates.reports.periods import Period
from affiliates.tallies.facts import Numbers

WIDTH, HEIGHT, BOTTOM = 960.0, 220.0, 24.0
DIGIT, AIR = 9.0, 8.0  # how wide a digit is at most, and how far from the bars a number ends
MOST_BARS = 120
GAP = 0.25  # of a bar's room
MARKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; numbers as SVG spells them, whatever the language of the site."""

    x: str
    width: str
    y: str
    height: str
    inner_y: str
    inner_height: str
    label: str
    css: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line with its number, or a date below the axis."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: Sequence[Bar]
    line: str
    levels: Sequence[Mark]
    dates: Sequence[Mark]
    step_days: int
    summary: str
    left: str
    numbers: str  # where the numbers of the levels end
    width: str = f"{WIDTH:.0f}"
    height: str = f"{HEIGHT:.0f}"


def clicks_chart(answer: Answer) -> Chart | None:
    """Draw the clicks of the period; None if there are none."""
    period, before = answer.question.period, answer.question.before
    step = max(1, math.ceil(len(period) / MOST_BARS))
    if step > 1:
        step = 7 * math.ceil(step / 7)
    groups = _groups(period, step)
    all_clicks = [_sum(days, answer.days, lambda n: n.clicks) for days in groups]
    unique = [_sum(days, answer.days, lambda n: n.unique_clicks) for days in groups]
    other = [_sum(days, answer.days, lambda n: n.clicks) for days in _groups(before, step)] if before else []
    top = nice(max([*all_clicks, *other], default=0))
    if not any(all_clicks) and not any(other):
        return None
    left = AIR + DIGIT * len(f"{top:,}")
    room = (WIDTH - left) / len(groups)
    bars = [
        _bar(left + room * index, room, days, all_clicks[index], unique[index], top, answer)
        for index, days in enumerate(groups)
    ]
    points = [
        f"{left + room * (index + 0.5):.1f},{_y(value, top):.1f}"
        for index, value in enumerate(other[: len(groups)])
    ]
    every = max(1, math.ceil(len(groups) / 8))
    return Chart(
        bars=bars,
        line=" ".join(points) if len(points) > 1 else "",
        levels=[Mark(f"{_y(top * n / MARKS, top):.1f}", f"{top * n // MARKS:,}") for n in range(MARKS + 1)],
        dates=[
            Mark(f"{left + room * (index + 0.5):.1f}", f"{days[0]:%-d %b}")
            for index, days in enumerate(groups)
            if index % every == 0
        ],
        step_days=step,
        left=f"{left:.0f}",
        numbers=f"{left - AIR:.0f}",
        summary=f"Clicks from {period}: {sum(all_clicks):,}, {sum(unique):,} of them unique.",
    )


def nice(value: int) -> int:
    """Return the next round number that MARKS lines divide evenly."""
    if value <= MARKS:
        return MARKS
    power = int(10 ** int(math.log10(value)))
    for factor in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10):
        found = math.ceil(power * factor)
        if found >= value and found % MARKS == 0:
            return found
    return math.ceil(value / (MARKS * power)) * MARKS * power


def _bar(
    at: float, room: float, days: Sequence[date], value: int, inner: int, top: int, answer: Answer
) -> Bar:
    y, inner_y = _y(value, top), _y(inner, top)
    maturity = answer.maturity
    immature = maturity is not None and any(maturity.is_immature(day) for day in days)
    when = f"{days[0]:%a %-d %b}" if len(days) == 1 else f"{days[0]:%-d %b} to {days[-1]:%-d %b}"
    note = ", earnings still coming in" if immature else ""
    return Bar(
        x=f"{at + room * GAP / 2:.2f}",
        width=f"{room * (1 - GAP):.2f}",
        y=f"{y:.1f}",
        height=f"{HEIGHT - BOTTOM - y:.1f}",
        inner_y=f"{inner_y:.1f}",
        inner_height=f"{HEIGHT - BOTTOM - inner_y:.1f}",
        label=f"{when}: {value:,} clicks, {inner:,} unique{note}",
        css="plot__bar plot__bar--immature" if immature else "plot__bar",
    )


def _y(value: float, top: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 8) * value / top


def _groups(period: Period, step: int) -> list[list[date]]:
    days = list(period)
    return [days[start : start + step] for start in range(0, len(days), step)]


def _sum(days: Sequence[date], numbers: Mapping[date, Numbers], column: Callable[[Numbers], int]) -> int:
    return sum(column(numbers[day]) for day in days if day in numbers)
