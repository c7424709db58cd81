"""Money of a period by one dimension, in one currency: sums of the ledger's days. Currencies are never added up."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Subquery

from affiliates.models import Conversion, Dimension, EarningsDay
from affiliates.reports.intervals import LEAST_SALES, Estimate, money
from affiliates.reports.periods import Period
from affiliates.tallies.facts import block_counts, position_of
from affiliates.tallies.money import DIGITS, RECORD
from affiliates.tallies.spans import ranges

LATEST = 1_000  # ledger rows that the posting lag is taken from
LOOKED_AT = 50_000  # for them: where no network says when it posts, a search of 400,000 rows took 90 ms
UNATTRIBUTED = "none"
# Written out, as those of the clicks: the sums are plain numbers, which the ORM would convert one by one.
SUMS = """
SELECT {names}, CAST(SUM(commission) AS bigint), CAST(SUM(pending) AS bigint), SUM(conversions), SUM(squares),
       MAX(largest)
FROM affiliates_earningstally {source} WHERE dimension = %s AND ({ranges}) GROUP BY {names}
"""
RANGE = "(span = %s AND start BETWEEN %s AND %s)"
PLACED = "LEFT JOIN affiliates_placement ON affiliates_placement.id = record"


Amounts = tuple[int, int, int, float, float]  # the columns of an EarningsTally, in their order
NO_AMOUNTS: Amounts = (0, 0, 0, 0.0, 0.0)


@dataclass(slots=True)
class Earned:
    """Commission that is not declined, the part of it that may still be, and what its interval needs."""

    commission: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    conversions: int = 0
    squares: float = 0.0
    largest: float = 0.0

    @classmethod
    def of(cls, amounts: Amounts) -> Earned:
        commission, pending, conversions, squares, largest = amounts
        return cls(_amount(commission), _amount(pending), conversions, squares, largest)

    def estimate(self, per: float) -> Estimate | None:
        """Return the commission for each of `per` clicks or views, with its interval; None for too few sales."""
        if self.conversions < LEAST_SALES:
            return None
        found = money(float(self.commission), self.squares, self.largest)
        return found.scaled(1 / per) if found and per > 0 else None


@dataclass(slots=True)
class Currencies:
    """What was earned in each currency, and how much of it names an article."""

    totals: dict[str, Decimal] = field(default_factory=dict)
    placed: dict[str, Decimal] = field(default_factory=dict)
    pending: dict[str, Decimal] = field(default_factory=dict)

    def add(self, currency: str, amounts: Amounts, *, is_placed: bool) -> None:
        commission, pending = _amount(amounts[0]), _amount(amounts[1])
        self.totals[currency] = self.totals.get(currency, Decimal(0)) + commission
        self.pending[currency] = self.pending.get(currency, Decimal(0)) + pending
        if is_placed:
            self.placed[currency] = self.placed.get(currency, Decimal(0)) + commission

    def sort(self, sales: Mapping[str, int]) -> None:
        """Put the currency with the most conversions first."""
        self.totals = dict(sorted(self.totals.items(), key=lambda item: (-sales[item[0]], item[0])))

    def main(self, wanted: str) -> str:
        """Return the wanted currency, else the first."""
        return wanted if wanted in self.totals else next(iter(self.totals), "")

    def coverage(self, currency: str) -> float | None:
        """Return which share of the commission is tied to an article."""
        total = self.totals.get(currency, Decimal(0))
        return float(self.placed.get(currency, Decimal(0)) / total) if total > 0 else None


@dataclass(slots=True)
class Ledger:
    """The money of a period in every currency, by the values of one column, read in one pass."""

    currencies: Currencies = field(default_factory=Currencies)
    amounts: dict[str, dict[Any, Amounts]] = field(default_factory=dict)

    def amounts_of(self, currency: str) -> Mapping[Any, Amounts]:
        return self.amounts.get(currency, {})

    def of(self, currency: str) -> dict[Any, Earned]:
        return {key: Earned.of(found) for key, found in self.amounts_of(currency).items()}

    def total(self, currency: str) -> Earned:
        return Earned.of(total(self.amounts_of(currency).values()))


def total(amounts: Iterable[Amounts]) -> Amounts:
    """Add up columns; the last one is a largest."""
    found = list(zip(*amounts, strict=True))
    if not found:
        return NO_AMOUNTS
    commission, pending, conversions, squares, largest = found
    return sum(commission), sum(pending), sum(conversions), sum(squares), max(largest)


def currencies(period: Period) -> Currencies:
    """Return the sums of every currency, the one with the most conversions first."""
    return _read(period, Dimension.TOTAL).currencies


def by_key(dimension: str, period: Period) -> Ledger:
    """Return the earnings of a period for each value of a dimension; of a country or a device nothing is known."""
    if dimension == Dimension.POSITION:
        return _by_position(period)
    if dimension not in RECORD:
        return Ledger(currencies(period))
    found = _read(period, dimension, ("record",))
    for currency, rows in found.amounts.items():
        found.amounts[currency] = {str(key) if key else UNATTRIBUTED: each for (key,), each in rows.items()}
    return found


def by_day(period: Period) -> Ledger:
    """Return the earnings of each day of a period that has any."""
    found = _read(period, Dimension.TOTAL, ("start",), [(1, period.start, period.end)])
    for currency, rows in found.amounts.items():
        found.amounts[currency] = {_as_date(day): each for (day,), each in rows.items()}
    return found


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value  # SQLite's own type for it


def _by_position(period: Period) -> Ledger:
    found = _read(period, Dimension.PLACEMENT, ("kind", "block_index", "article_id"))
    lengths = block_counts({key[2] for rows in found.amounts.values() for key in rows})
    for currency, rows in found.amounts.items():
        sums: dict[str, Amounts] = {}
        for (kind, index, article), each in rows.items():
            key = position_of(kind, index, lengths.get(article, 0)) if kind else UNATTRIBUTED
            sums[key] = total((sums.get(key, NO_AMOUNTS), each))
        found.amounts[currency] = sums
    return found


def _read(
    period: Period,
    dimension: str,
    columns: tuple[str, ...] = (),
    spans: Sequence[tuple[int, date, date]] | None = None,
) -> Ledger:
    """Sum by some columns of a tally, or of the placement that it is for."""
    wanted = ranges(period.start, period.end) if spans is None else spans
    names = ", ".join([*columns, "currency", "is_placed"])
    source = PLACED if "kind" in columns else ""
    with connection.cursor() as cursor:
        cursor.execute(
            SUMS.format(names=names, source=source, ranges=" OR ".join([RANGE] * len(wanted))),
            [str(dimension), *(value for each in wanted for value in each)],
        )
        rows = cursor.fetchall()
    found = Ledger()
    parts: dict[tuple[str, bool], list[Amounts]] = defaultdict(list)
    width = len(columns)
    for row in rows:
        key, currency, is_placed, amounts = row[:width], row[width], bool(row[width + 1]), row[width + 2 :]
        here = found.amounts.setdefault(currency, {})
        here[key] = total((here[key], amounts)) if key in here else amounts
        parts[currency, is_placed].append(amounts)
    sales: dict[str, int] = defaultdict(int)
    for (currency, is_placed), every in parts.items():
        amounts = total(every)
        found.currencies.add(currency, amounts, is_placed=is_placed)
        sales[currency] += amounts[2]
    found.currencies.sort(sales)
    return found


def _amount(whole: int) -> Decimal:
    return Decimal(whole).scaleb(-DIGITS)


@dataclass(frozen=True, slots=True)
class Maturity:
    """From which day on earnings are still coming in."""

    lag_days: int | None
    last_day: date | None

    def is_immature(self, day: date) -> bool:
        if self.last_day is None:
            return False
        return day > self.last_day - timedelta(days=self.lag_days or 0)


def maturity() -> Maturity:
    """Return the median time from a sale to its posting, of the latest rows that tell, and the last day reported."""
    newest = Subquery(Conversion.objects.order_by("-pk").values("pk")[:1])
    moments = (
        Conversion.objects.filter(posted_at__isnull=False, conversion_count=1, pk__gt=newest - LOOKED_AT)
        .order_by("-pk")
        .values_list("event_at", "posted_at")[:LATEST]
    )
    lags = [max(0, (posted - sold).days) for sold, posted in moments if posted]
    last = EarningsDay.objects.order_by("-day").values_list("day", flat=True).first()
    return Maturity(round(statistics.median(lags)) if lags else None, last)
