"""The columns of a report: as cells for the page, as plain numbers for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from affiliates.reports.answer import Answer
from affiliates.reports.earned import Earned
from affiliates.reports.intervals import LEAST_SALES, Estimate
from affiliates.reports.rows import Row, change

SCALE = 100  # units of a whisker's view box
LEDGER = Decimal("0.0001")  # as the ledger has its amounts


@dataclass(frozen=True, slots=True)
class Whisker:
    """An interval as a line with a dot, in units of the view box, as SVG spells them."""

    low: str
    value: str
    high: str


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    note: str = ""
    tone: str = ""
    whisker: Whisker | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `sort` is the parameter that sorts by it, "" if nothing does."""

    id: str
    title: str
    hint: str
    sort: str = ""


CLICKS = Column("clicks", "Clicks", "By people, every one of them.", "clicks")
UNIQUE = Column("unique", "Unique", "The first click of a reader on a link on a day.", "unique")
CHANGE = Column("change", "Change", "Clicks a day against the other period.")
BOTS = Column("bots", "Not people", "Bots, our own previews and suspects; not among the clicks.")
SEEN = {
    "views": Column("seen", "Views", "How often the article was opened.", "seen"),
    "impressions": Column("seen", "Sights", "How often the link was in sight for a second.", "seen"),
}
RATE = Column("rate", "Click rate", "Unique clicks for each 100 views or sights, with 95 % limits.", "rate")
COMMISSION = Column(
    "commission", "Commission", "Not declined; below it the sales, and what is pending.", "commission"
)
EPC = Column("epc", "EPC", "Commission for each click, with 95 % limits.", "epc")
RPM = {
    "views": Column("rpm", "RPM", "Commission for each 1,000 views, with 95 % limits.", "rpm"),
    "impressions": Column("rpm", "RPM", "Commission for each 1,000 sights, with 95 % limits.", "rpm"),
}
REQUESTS = Column("clicks", "Requests", "How many were of this kind.", "clicks")


def columns_of(answer: Answer) -> list[Column]:
    page = answer.question.page
    compared = [CHANGE] if answer.question.before else []
    if page.key == "reason":
        return [REQUESTS, *compared]
    found = [CLICKS, UNIQUE, *compared]
    if page.seen:
        found += [SEEN[page.seen], RATE]
    if page.has_money and answer.sees_money:
        found += [COMMISSION, EPC, RPM[page.seen]]
    # What is no person's is known by place, not by country: bots come from anywhere.
    return [*found, BOTS] if page.seen else found


def cells(answer: Answer, columns: Sequence[Column]) -> list[list[Cell]]:
    """Return the cells of the rows. Whiskers of one column share one scale."""
    return _cells(answer, columns, answer.rows)


def total_cells(answer: Answer, columns: Sequence[Column]) -> list[Cell]:
    return _cells(answer, columns, [answer.total])[0]


def _cells(answer: Answer, columns: Sequence[Column], shown: Sequence[Row]) -> list[list[Cell]]:
    tops = {
        name: max((found.high for row in shown if (found := getattr(row, name))), default=0.0)
        for name in ("rate", "epc", "rpm")
    }
    return [[_cell(answer, column.id, row, tops) for column in columns] for row in shown]


def _cell(answer: Answer, column: str, row: Row, tops: dict[str, float]) -> Cell:
    if column == "change":
        day = row.key if answer.question.page.key == "day" else ""
        return change_cell(answer, row.now.clicks, row.before, day)
    if column == "rate":
        return _estimated(row.rate, tops["rate"], 100, "{:.1f} %", "{:.1f} to {:.1f} %")
    if column in ("epc", "rpm"):
        estimate: Estimate | None = getattr(row, column)
        if estimate is None:
            return _few(row, column)
        number = f"{{:,.{digits(estimate)}f}}"
        return _estimated(estimate, tops[column], 1, number, f"{number} to {number}")
    return _count_cell(column, row)


def _count_cell(column: str, row: Row) -> Cell:
    now, earned = row.now, row.earned
    found = {
        "clicks": Cell(f"{now.clicks:,}", "lower bound" if row.is_lower_bound else ""),
        "unique": Cell(
            f"{now.unique_clicks:,}", f"{now.unmeasured:,} not measured" if now.unmeasured else ""
        ),
        "bots": Cell(f"{now.bots + now.own + now.suspects:,}", tone="quiet"),
        "seen": Cell(f"{row.seen:,}"),
        "commission": Cell(f"{earned.commission:,.2f}", _sales(earned)),
    }
    return found[column]


def _sales(earned: Earned) -> str:
    if not earned.conversions and not earned.pending:
        return ""
    sales = f"{earned.conversions:,} sale{'' if earned.conversions == 1 else 's'}"
    if not earned.pending:
        return sales
    return (
        f"{sales}, all pending"
        if earned.pending == earned.commission
        else f"{sales}, {earned.pending:,.2f} pending"
    )


def change_cell(answer: Answer, now: int, before: int, day: str = "") -> Cell:
    period, other = answer.question.period, answer.question.before
    if other is None or (not now and not before):
        return Cell("")
    if answer.question.is_running(day):
        return Cell("not over yet", f"{before:,} before", "quiet")
    lengths = (1, 1) if day else (len(period), len(other))  # a day stands beside one day
    if day and date.fromisoformat(day) - period.start >= timedelta(days=len(other)):
        return Cell("")
    found = change(now, lengths[0], before, lengths[1])
    if not found.is_clear:
        return Cell("no clear difference", f"{before:,} before", "quiet")
    if found.percent is None:
        return Cell("new", tone="up")
    return Cell(f"{found.percent:+,.0f} %", f"{before:,} before", "up" if found.percent > 0 else "down")


def _estimated(found: Estimate | None, top: float, factor: int, text: str, limits: str) -> Cell:
    if found is None:
        return Cell("")
    whisker = (
        Whisker(*(f"{x / top * SCALE:.1f}" for x in (found.low, found.value, found.high))) if top else None
    )
    shown = found.scaled(factor)
    return Cell(text.format(shown.value), limits.format(shown.low, shown.high), whisker=whisker)


def _few(row: Row, column: str) -> Cell:
    """Return a bare number without an interval: too few sales to say how far it can be trusted."""
    if not row.earned.conversions or row.earned.commission <= 0 or not row.plain(column):
        return Cell("")
    return Cell(f"{row.plain(column):,.2f}", f"under {LEAST_SALES} sales", "quiet")


def digits(found: Estimate) -> int:
    """Return how many decimals make a small amount readable."""
    return 2 if found.high >= 1 else 3


FILE_COLUMNS = (
    "key", "name", "detail", "clicks", "unique", "unique_not_measured", "clicks_before", "bots", "suspects", "own",
    "lower_bound",
)  # fmt: skip
SEEN_COLUMNS = ("views", "impressions", "rate", "rate_low", "rate_high")
MONEY_COLUMNS = (
    "currency", "sales", "commission", "pending", "commission_before", "epc", "epc_low", "epc_high", "rpm", "rpm_low",
    "rpm_high",
)  # fmt: skip


def file_rows(answer: Answer) -> Iterator[Sequence[Any]]:
    """Yield a heading and every row as plain values for a CSV file."""
    page, has_money = answer.question.page, answer.sees_money and answer.question.page.has_money
    yield [
        *FILE_COLUMNS,
        *(SEEN_COLUMNS if page.seen else ()),
        *(MONEY_COLUMNS if has_money else ()),
        "group",
    ]
    for row in answer.rows:
        now = row.now
        values: list[Any] = [
            row.key, row.label, row.note, now.clicks, now.unique_clicks, now.unmeasured, row.before, now.bots,
            now.suspects, now.own, "yes" if row.is_lower_bound else "",
        ]  # fmt: skip
        if page.seen:
            values += [now.views, now.impressions, *_plain(row.rate)]
        if has_money:
            earned = row.earned
            values += [
                answer.currency,
                earned.conversions,
                _amount(earned.commission),
                _amount(earned.pending),
            ]
            values += [_amount(row.earned_before.commission), *_plain(row.epc), *_plain(row.rpm)]
        yield [*values, row.group or ""]


def _plain(found: Estimate | None) -> list[str]:
    return [f"{x:.6f}" for x in (found.value, found.low, found.high)] if found else ["", "", ""]


def _amount(value: Decimal) -> Decimal:
    """Return a number, not its text: a file would quote a loss for a formula."""
    return value.quantize(LEDGER)
