"""Sums of earnings by day, rebuilt from the ledger: running it twice, or at the same time twice, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import TruncDate

from affiliates.models import Attribution, Conversion, EarningsDay, ImportFile, Network, Status
from affiliates.tallies import money
from affiliates.turns import give_way

PLACE = ("network_id", "article_id", "placement_id", "link_id", "currency", "method")
SUMS = ("commission", "pending_commission", "sale_amount", "conversion_count")
BATCH = 500


def rebuild(days: Iterable[date]) -> int:
    """Bring the sums of these days in line with the ledger and return how many there are.

    A transaction writes one day with the longer sums that it lies in. A whole week at once writes these less often, but
    held up the clicks that wait for SQLite's one writer for longer than their 50 ms.
    """
    wanted = sorted(set(days))
    for day in wanted:
        with transaction.atomic():
            # One at a time: sums that were read before another import's rows must not be written after them.
            list(Network.objects.select_for_update(no_key=True).order_by("pk").values_list("pk")[:1])
            _rebuild_day(day)
            money.add_up([day])
        give_way()
    return len(wanted)


def days_of(import_file: ImportFile) -> list[date]:
    """Return the days of the conversions that an import says something about.

    Not of its own rows only: with a sale the place of its refund came to be known, which an earlier import wrote.
    """
    own = Conversion.objects.filter(import_file=import_file).order_by().values("external_id")
    rows = Conversion.objects.filter(network=import_file.network_id, external_id__in=own).order_by()
    days = rows.annotate(day=TruncDate("event_at", tzinfo=UTC)).values_list("day", flat=True)
    return sorted(days.distinct())


def _rebuild_day(day: date) -> None:
    start = datetime.combine(day, time.min, UTC)
    rows = Attribution.objects.filter(
        conversion__event_at__gte=start, conversion__event_at__lt=start + timedelta(days=1)
    )
    pending = Q(conversion__status=Status.PENDING)
    sums = (
        rows.order_by()
        .values(
            "article_id",
            "placement_id",
            "link_id",
            "method",
            network_id=F("conversion__network_id"),
            currency=F("conversion__currency"),
        )
        .annotate(
            commission_sum=Sum("commission"),
            pending_sum=Sum("commission", filter=pending, default=0),
            sale_sum=Sum("sale_amount"),
            count_sum=Sum("conversion_count"),
        )
    )
    found = [_row(day, entry) for entry in sums]
    kept = [row for row in found if any(getattr(row, name) for name in SUMS)]
    EarningsDay.objects.bulk_create(
        kept,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["day", *PLACE, *SUMS],
    )
    keys = {row.key for row in kept}
    stored = EarningsDay.objects.filter(day=day).values_list("pk", "key")
    gone = [pk for pk, key in stored if key not in keys]
    for first in range(0, len(gone), BATCH):
        EarningsDay.objects.filter(pk__in=gone[first : first + BATCH]).delete()


def _row(day: date, entry: Mapping[str, Any]) -> EarningsDay:
    place = {name: entry[name] for name in PLACE}
    return EarningsDay(
        key="/".join([str(day), *("" if value is None else str(value) for value in place.values())]),
        day=day,
        commission=entry["commission_sum"],
        pending_commission=entry["pending_sum"],
        sale_amount=entry["sale_sum"],
        conversion_count=entry["count_sum"],
        **place,
    )
