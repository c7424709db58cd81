"""A report's answer: its rows, their sum, and what they do not know; in ten queries at most, whatever the size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from affiliates.models import Dimension
from affiliates.reports import earned as money
from affiliates.reports import numbers, rows, unknown
from affiliates.reports.earned import Currencies, Earned, Ledger, Maturity
from affiliates.reports.labels import label
from affiliates.reports.periods import Period
from affiliates.reports.question import Question
from affiliates.reports.rows import Row
from affiliates.reports.sums import NOTHING, Sums
from affiliates.tallies.facts import Numbers

ROWS_A_PAGE = 50
T = TypeVar("T")


@dataclass(slots=True)
class Answer:
    """What a page shows: `rows` are its own, or every one for a file, `count` is how many there are."""

    question: Question
    rows: Sequence[Row]
    total: Row
    count: int = 0
    sizes: Mapping[int, int] = field(default_factory=dict)
    currency: str = ""
    currencies: Currencies | None = None
    maturity: Maturity | None = None
    unknown: list[str] = field(default_factory=list)
    days: Mapping[date, Numbers] = field(default_factory=dict)
    before: Numbers = field(default_factory=Numbers)

    @property
    def last_page(self) -> int:
        return _last_page(self.count)

    @property
    def number(self) -> int:
        return _number(self.question, self.count)

    @property
    def sees_money(self) -> bool:
        return self.currencies is not None

    @property
    def has_immature_days(self) -> bool:
        return self.maturity is not None and self.maturity.is_immature(self.question.period.end)

    @property
    def is_empty(self) -> bool:
        earned = self.total.earned
        return not (self.total.now.clicks or self.total.seen or earned.conversions or earned.commission)


def answer(question: Question, *, sees_money: bool, names_all: bool = False) -> Answer:
    """Answer the question of one table; `names_all` tells every row with its name, for a file."""
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
        rows=found.rows,
        is_running=question.is_running(),
    )
    for row in found.rows:
        row.work_out()
    if not is_by_day:
        label(question.page.dimension, found.rows)
    return found


def _by_key(question: Question, sees_money: bool, is_file: bool) -> Answer:
    """Only files tell the money of the other period by row: on a page, sales are too few to compare row by row."""
    page, period, before = question.page, question.period, question.before
    running = numbers.unsettled()
    if page.dimension == Dimension.REASON:
        asked = numbers.clicks_by_key(page.dimension, period, running)
        now = {key: (count, *NOTHING[1:]) for key, count in asked.items()}
    else:
        now = numbers.by_key(page.dimension, period, running)
    then = numbers.clicks_by_key(page.dimension, before, running) if before else {}
    has_money = sees_money and page.has_money
    ledger = money.by_key(page.dimension, period) if has_money else Ledger()
    currency = ledger.currencies.main(question.currency)
    other = money.by_key(page.dimension, before) if has_money and before and is_file else Ledger()
    sums = Sums(page, now, then, ledger.amounts_of(currency), other.amounts_of(currency))
    order = sums.order(question.sort)
    shown = [sums.row(key, order.groups.get(key, 0)) for key in _part(question, order.keys, is_file)]
    answer = Answer(question, shown, sums.total(), len(order.keys), order.sizes(), currency)
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
    total = Row("", numbers.total(_of(question.period, days)), earned=ledger.total(currency))
    total.look(question.page)
    answer = Answer(question, _part(question, found, is_file), total.work_out(), len(found), days=days)
    if question.before:
        answer.before = numbers.total(_of(question.before, days))
        total.before = answer.before.clicks
        if sees_money:
            then = money.currencies(question.before).totals
            total.earned_before = Earned(then.get(currency, Decimal(0)))
    answer.currency, answer.maturity = currency, maturity
    answer.currencies = ledger.currencies if sees_money else None
    return answer


def _of(period: Period, days: Mapping[date, T]) -> Iterable[T]:
    return (value for day, value in days.items() if day in period)


def _part(question: Question, every: Sequence[T], is_file: bool) -> Sequence[T]:
    if is_file:
        return every
    start = (_number(question, len(every)) - 1) * ROWS_A_PAGE
    return every[start : start + ROWS_A_PAGE]


def _number(question: Question, count: int) -> int:
    return min(max(1, question.number), _last_page(count))


def _last_page(count: int) -> int:
    return max(1, -(-count // ROWS_A_PAGE))
