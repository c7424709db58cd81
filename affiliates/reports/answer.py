"""A report's answer: every row, their sum, and what they do not know; in ten queries at most, whatever the size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from affiliates.models import Dimension
from affiliates.reports import earned as money
from affiliates.reports import numbers, rows, unknown
from affiliates.reports.earned import Currencies, Ledger, Maturity
from affiliates.reports.labels import label
from affiliates.reports.periods import Period
from affiliates.reports.question import Question
from affiliates.reports.rows import Row
from affiliates.tallies.facts import Numbers

ROWS_A_PAGE = 50
T = TypeVar("T")


@dataclass(slots=True)
class Answer:
    """What a page shows. `rows` are all of them; only those of the page have names."""

    question: Question
    rows: list[Row]
    total: Row
    currency: str = ""
    currencies: Currencies | None = None
    maturity: Maturity | None = None
    unknown: list[str] = field(default_factory=list)
    days: dict[date, Numbers] = field(default_factory=dict)

    @property
    def last_page(self) -> int:
        return max(1, -(-len(self.rows) // ROWS_A_PAGE))

    @property
    def number(self) -> int:
        return min(max(1, self.question.number), self.last_page)

    @property
    def shown(self) -> list[Row]:
        start = (self.number - 1) * ROWS_A_PAGE
        return self.rows[start : start + ROWS_A_PAGE]

    @property
    def sees_money(self) -> bool:
        return self.currencies is not None


def answer(question: Question, *, sees_money: bool, names_all: bool = False) -> Answer:
    """Answer the question of one table; `names_all` looks up the name of every row, for a file."""
    is_by_day = question.page.key in {"day", "overview"}
    build = _by_day if is_by_day else _by_key
    found = build(question, sees_money, names_all)
    found.unknown = unknown.sentences(
        question.page,
        question.period,
        found.total,
        currency=found.currency,
        earned=found.currencies,
        maturity=found.maturity,
        began=numbers.first_day(),
        before=question.before,
    )
    told = found.rows if names_all else found.shown
    for row in told:
        row.work_out()
    if not is_by_day:
        label(question.page.dimension, told)
    return found


def _by_key(question: Question, sees_money: bool, is_file: bool) -> Answer:
    """Only files tell the money of the other period by row: on a page, sales are too few to compare row by row."""
    page, period, before = question.page, question.period, question.before
    running = numbers.unsettled()
    now = numbers.by_key(page.dimension, period, running)
    then = numbers.by_key(page.dimension, before, running) if before else {}
    if page.dimension == Dimension.REASON:
        now, then = _requests(now), _requests(then)
    has_money = sees_money and page.has_money
    ledger = money.by_key(page.dimension, period) if has_money else Ledger()
    currency = ledger.currencies.main(question.currency)
    other = money.by_key(page.dimension, before) if has_money and before and is_file else Ledger()
    found = rows.build(question, now, then, ledger.of(currency), other.of(currency))
    answer = Answer(question, found, rows.sum_of(page, found), currency)
    if has_money:
        answer.currencies, answer.maturity = ledger.currencies, money.maturity()
    return answer


def _by_day(question: Question, sees_money: bool, is_file: bool) -> Answer:
    days = numbers.by_day(question.periods)
    ledger = money.by_day(question.period) if sees_money else Ledger()
    other = money.by_day(question.before) if sees_money and question.before and is_file else Ledger()
    currency = ledger.currencies.main(question.currency)
    maturity = money.maturity() if sees_money else None
    earned = {**other.of(currency), **ledger.of(currency)}
    found = rows.day_rows(question, days, earned, maturity or Maturity(None, None))
    total = rows.sum_of(question.page, found)
    if question.before:  # it may have more days than this one
        total.before = numbers.total(_of(question.before, days))
        if sees_money:
            total.earned_before.commission = money.currencies(question.before).totals.get(
                currency, Decimal(0)
            )
    currencies = ledger.currencies if sees_money else None
    return Answer(question, found, total, currency, currencies, maturity, days=days)


def _requests(found: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Count requests of any class in one column: this table is about what they are."""
    return {
        key: Numbers(clicks=each.clicks + each.bots + each.suspects + each.own) for key, each in found.items()
    }


def _of(period: Period, days: Mapping[date, T]) -> list[T]:
    return [value for day, value in days.items() if day in period]
