"""Money of a period by one dimension, in one currency: sums of the ledger's days. Currencies are never added up."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, FloatField, Max, Sum
from django.db.models.functions import Abs, Cast, Greatest

from affiliates.models import Conversion, Dimension, EarningsDay, Method
from affiliates.reports.intervals import LEAST_SALES, Estimate, money
from affiliates.reports.periods import Period
from affiliates.tallies.facts import block_counts, position_of

LATEST = 1_000  # ledger rows that the posting lag is taken from
COLUMN = {
    Dimension.ARTICLE: "article",
    Dimension.PLACEMENT: "placement",
    Dimension.LINK: "link",
    Dimension.NETWORK: "network",
}
UNATTRIBUTED = "none"


@dataclass(slots=True)
class Earned:
    """Commission that is not declined, the part of it that may still be, and what its interval needs."""

    commission: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    conversions: int = 0
    squares: float = 0.0
    largest: float = 0.0

    def add(self, other: Earned) -> None:
        self.commission += other.commission
        self.pending += other.pending
        self.conversions += other.conversions
        self.squares += other.squares
        self.largest = max(self.largest, other.largest)

    def estimate(self, per: float) -> Estimate | None:
        """Return the commission for each of `per` clicks or views, with its interval; None for too few sales."""
        if self.conversions < LEAST_SALES:
            return None
        found = money(float(self.commission), self.squares, self.largest)
        return found.scaled(1 / per) if found and per > 0 else None


@dataclass(slots=True)
class Currencies:
    """What was earned in each currency, and how much of it belongs to a place."""

    totals: dict[str, Decimal] = field(default_factory=dict)
    placed: dict[str, Decimal] = field(default_factory=dict)
    pending: dict[str, Decimal] = field(default_factory=dict)

    def main(self, wanted: str) -> str:
        """Return the wanted currency, else the one with most conversions' worth of rows: the first."""
        return wanted if wanted in self.totals else next(iter(self.totals), "")

    def coverage(self, currency: str) -> float | None:
        """Return which share of the commission is tied to an article."""
        total = self.totals.get(currency, Decimal(0))
        return float(self.placed.get(currency, Decimal(0)) / total) if total > 0 else None


def currencies(period: Period) -> Currencies:
    """Return the sums of every currency, the one with the most conversions first."""
    rows = (
        EarningsDay.objects.filter(day__range=(period.start, period.end))
        .order_by()
        .values_list("currency", "method")
        .annotate(Sum("commission"), Sum("pending_commission"), Sum("conversion_count"))
    )
    found = Currencies()
    sales: dict[str, int] = defaultdict(int)
    for currency, method, commission, pending, number in rows:
        found.totals[currency] = found.totals.get(currency, Decimal(0)) + commission
        found.pending[currency] = found.pending.get(currency, Decimal(0)) + pending
        if method != Method.UNATTRIBUTED:
            found.placed[currency] = found.placed.get(currency, Decimal(0)) + commission
        sales[currency] += number
    found.totals = dict(sorted(found.totals.items(), key=lambda item: (-sales[item[0]], item[0])))
    return found


def by_key(dimension: str, period: Period, currency: str) -> dict[str, Earned]:
    """Return the earnings of a period for each value of a dimension; of a country or a device nothing is known."""
    if not currency:
        return {}
    if dimension == Dimension.POSITION:
        return _by_position(period, currency)
    column = COLUMN.get(Dimension(dimension))
    rows = _grouped(period, currency, f"{column}_id") if column else ()
    return {UNATTRIBUTED if key is None else str(key): earned for (key,), earned in rows}


def _by_position(period: Period, currency: str) -> dict[str, Earned]:
    columns = ("placement__kind", "placement__block_index", "placement__article_id")
    rows = list(_grouped(period, currency, *columns))
    lengths = block_counts({article for (_, _, article), _ in rows})
    found: dict[str, Earned] = defaultdict(Earned)
    for (kind, index, article), earned in rows:
        key = position_of(kind, index, lengths.get(article, 0)) if kind else UNATTRIBUTED
        found[key].add(earned)
    return dict(found)


def by_day(periods: Iterable[Period], currency: str) -> dict[date, Earned]:
    """Return the earnings of each day of some periods that has any."""
    found: dict[date, Earned] = {}
    for period in periods if currency else ():
        found.update({day: earned for (day,), earned in _grouped(period, currency, "day")})
    return found


def total(earned: Iterable[Earned]) -> Earned:
    found = Earned()
    for each in earned:
        found.add(each)
    return found


def _grouped(period: Period, currency: str, *columns: str) -> Iterable[tuple[tuple[Any, ...], Earned]]:
    """Sum by some columns. A day's sum of n sales counts as n equal ones; of a single sale it is exact."""
    number = Greatest(Abs(F("conversion_count")), 1)
    amount = Cast(
        "commission", FloatField()
    )  # for the interval only; PostgreSQL's exact numbers are slow to multiply
    rows = (
        EarningsDay.objects.filter(day__range=(period.start, period.end), currency=currency)
        .order_by()
        .values_list(*columns)
        .annotate(
            a=Sum("commission"),
            b=Sum("pending_commission"),
            c=Sum("conversion_count"),
            d=Sum(amount * amount / number, output_field=FloatField()),
            e=Max(Abs(amount) / number, output_field=FloatField()),
        )
    )
    for *key, commission, pending, conversions, squares, largest in rows:
        yield tuple(key), Earned(commission, pending, conversions, squares or 0.0, largest or 0.0)


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
    moments = (
        Conversion.objects.filter(posted_at__isnull=False, conversion_count=1)
        .order_by("-pk")
        .values_list("event_at", "posted_at")[:LATEST]
    )
    lags = [max(0, (posted - sold).days) for sold, posted in moments]
    last = EarningsDay.objects.order_by("-day").values_list("day", flat=True).first()
    return Maturity(round(statistics.median(lags)) if lags else None, last)
