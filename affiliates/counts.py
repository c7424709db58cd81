"""Clicks of the last days, as the admin shows them: people, unique people and bots side by side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from affiliates.models import AffiliateLink, ClickClass, ClickDay, Network, Placement

DAYS = 28  # four whole weeks, so that any two records have equally many weekends
ROUTING = ("link__network", "link__program")  # what placements are read with to put their clicks into words


def since() -> date:
    return timezone.now().date() - timedelta(days=DAYS - 1)


def with_clicks(records: Any, key: str) -> Any:
    """Annotate human_clicks, unique_clicks, unmeasured_clicks and bot_clicks; `key` is "link" or "placement"."""
    return records.annotate(
        human_clicks=_total(key, ClickClass.HUMAN, "raw_count"),
        unique_clicks=_total(key, ClickClass.HUMAN, "unique_count"),
        unmeasured_clicks=_total(key, ClickClass.HUMAN, "unmeasured_count"),
        bot_clicks=_total(key, ClickClass.BOT, "raw_count"),
    )


def _total(key: str, click_class: str, column: str) -> Coalesce:
    days = ClickDay.objects.filter(**{key: OuterRef("pk")}, click_class=click_class, day__gte=since())
    totals = days.order_by().values(key).annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(totals, output_field=IntegerField()), 0)


def clicks_in_words(record: AffiliateLink | Placement) -> list[str]:
    """Return "12 (9 unique)" and, as a second line, what is beside it or not known about it.

    A direct link's clicks are a lower bound: a browser that blocks the beacon counts none.
    """
    link = record.link if isinstance(record, Placement) else record
    least = "at least " if link.routing == Network.Routing.DIRECT else ""
    counted: Any = record
    beside = []
    if counted.unmeasured_clicks:
        beside.append(f"uniqueness of {counted.unmeasured_clicks} not measured")
    if counted.bot_clicks:
        beside.append(f"{counted.bot_clicks} by bots")
    return [f"{least}{counted.human_clicks} ({counted.unique_clicks} unique)", ", ".join(beside)]
