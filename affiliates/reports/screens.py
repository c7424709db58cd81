"""What the templates of the reports show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from affiliates.models import Dimension
from affiliates.reports import numbers
from affiliates.reports.answer import Answer, answer
from affiliates.reports.charts import clicks_chart
from affiliates.reports.columns import Cell, Column, cells, change_cell, columns_of, digits, total_cells
from affiliates.reports.labels import label
from affiliates.reports.periods import COMPARISONS, PRESETS
from affiliates.reports.question import Question
from affiliates.reports.reconcile import HIGH, LOW, reconcile
from affiliates.reports.rows import Row
from affiliates.reports.unknown import RECONCILE
from affiliates.tallies.facts import Numbers

REASONS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. `opens_group` is a heading above it, "" for none."""

    row: Row
    cells: Sequence[Cell]
    opens_group: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number of the overview."""

    title: str
    text: str
    note: str = ""
    change: Cell | None = None


def table(question: Question, *, sees_money: bool) -> dict[str, Any]:
    found = answer(question, sees_money=sees_money)
    columns = columns_of(found)
    lines = zip(found.rows, cells(found, columns), _headings(found), strict=True)
    return {
        **_controls(question, found),
        "columns": [(column, _sorting(question, column)) for column in columns],
        "lines": [Line(row, values, heading) for row, values, heading in lines],
        "total": total_cells(found, columns),
        "chart": clicks_chart(found) if found.days else None,
        "chart_immature": found.has_immature_days,
        "count": found.count,
        "number": found.number,
        "last_page": found.last_page,
        "newer": question.link(page=str(found.number - 1)) if found.number > 1 else "",
        "older": question.link(page=str(found.number + 1)) if found.number < found.last_page else "",
        "is_empty": found.is_empty,
    }


def overview(question: Question, *, sees_money: bool) -> dict[str, Any]:
    found = answer(question, sees_money=sees_money)
    return {
        **_controls(question, found),
        "figures": list(_figures(found)),
        "chart": clicks_chart(found),
        "chart_immature": found.has_immature_days,
        "reasons": _reasons(question),
        "is_empty": found.is_empty,
    }


def reconciliation(question: Question, *, sees_money: bool) -> dict[str, Any]:
    found = reconcile(question.period)
    return {
        **_controls(question, None),
        "comparisons": found,
        "band": (LOW, HIGH),
        "alerts": sum(one.is_alert for one in found),
        "unknown": RECONCILE,
        "is_empty": not found,
    }


def reconciliation_rows(question: Question) -> Iterator[Sequence[Any]]:
    yield ["network", "days", "our_clicks", "their_clicks", "ratio", "verdict"]
    for one in reconcile(question.period):
        ratio = "" if one.ratio is None else f"{one.ratio:.4f}"
        yield [one.name, one.days, one.ours, one.theirs, ratio, one.verdict]


def _controls(question: Question, found: Answer | None) -> dict[str, Any]:
    currencies = list(found.currencies.totals) if found and found.currencies else []
    return {
        "presets": PRESETS,
        "comparisons_offered": COMPARISONS,
        "asked_period": question.parameters.get("period", "28"),
        "asked_compare": question.parameters.get("compare", "previous"),
        "currencies": currencies,
        "currency": found.currency if found else "",
        "unknown": found.unknown if found else [],
    }


def _sorting(question: Question, column: Column) -> str:
    return question.link(sort=column.sort) if column.sort else ""


def _headings(found: Answer) -> Iterator[str]:
    """Yield a heading where a group begins: how many rows share it, since their order says nothing."""
    last = -1
    is_grouped = any(found.sizes)
    for row in found.rows:
        yield _heading(row.group, found.sizes[row.group]) if is_grouped and row.group != last else ""
        last = row.group


def _heading(number: int, size: int) -> str:
    if number == 0:
        return f"Too little to say ({size})"
    if size == 1:
        return f"Group {number}: clearly apart"
    return f"Group {number}: no clear difference between these {size}"


def _figures(found: Answer) -> Iterator[Figure]:
    total, before = found.total, found.before
    now = total.now
    compared = found.question.before is not None
    yield Figure(
        "Clicks",
        f"{now.clicks:,}",
        f"{now.bots + now.suspects + now.own:,} more were not people",
        change_cell(found, now.clicks, before.clicks) if compared else None,
    )
    yield Figure(
        "Unique clicks",
        f"{now.unique_clicks:,}",
        f"{now.unmeasured:,} not measured" if now.unmeasured else "once a day, link and reader",
        change_cell(found, now.unique_clicks, before.unique_clicks) if compared else None,
    )
    yield Figure(
        "Article views",
        f"{now.views:,}",
        f"{now.impressions:,} paid links in sight",
        change_cell(found, now.views, before.views) if compared else None,
    )
    if total.rate:
        rate = total.rate.scaled(100)
        yield Figure("Click rate", f"{rate.value:.2f} %", f"{rate.low:.2f} to {rate.high:.2f} % of views")
    if found.currencies is not None and found.currency:
        yield from _money_figures(found)


def _money_figures(found: Answer) -> Iterator[Figure]:
    total, currency = found.total, found.currency
    earned = total.earned
    yield Figure(
        f"Commission, {currency}",
        f"{earned.commission:,.2f}",
        f"{earned.pending:,.2f} of it pending; {total.earned_before.commission:,.2f} in the other days"
        if found.question.before
        else f"{earned.pending:,.2f} of it pending",
    )
    coverage = found.currencies.coverage(currency) if found.currencies else None
    if coverage is not None:
        yield Figure("Coverage", f"{coverage:.0%}", "of the commission is tied to an article")
    for title, estimate, what in (("EPC", total.epc, "a click"), ("RPM", total.rpm, "1,000 views")):
        if estimate:
            places = digits(estimate)
            limits = f"{estimate.low:,.{places}f} to {estimate.high:,.{places}f} {currency} for {what}"
            yield Figure(title, f"{estimate.value:,.{places}f}", limits)


def _reasons(question: Question) -> list[tuple[Row, int]]:
    """Return the most frequent reasons why requests were no clicks of people."""
    found = numbers.clicks_by_key(Dimension.REASON, question.period, numbers.unsettled())
    counted = [(key, count) for key, count in found.items() if count and not key.startswith("human:")]
    counted.sort(key=lambda each: (-each[1], each[0]))
    shown = [(Row(key, Numbers()), count) for key, count in counted[:REASONS_SHOWN]]
    label(Dimension.REASON, [row for row, _ in shown])
    return shown
