"""Sums of days and money, as counting and the ledger would leave them."""

from datetime import timedelta

from django.utils import timezone

from affiliates.models import CountedDay, Dimension, EarningsDay, Tally
from affiliates.tallies.money import add_up
from affiliates.tallies.spans import roll_up


def ago(days):
    return timezone.now().date() - timedelta(days=days)


def tally(dimension, key="", days=1, **numbers):
    return Tally.objects.create(dimension=dimension, key=str(key), span=1, start=ago(days), **numbers)


def earn(placement, commission, /, days=1, **fields):
    number = EarningsDay.objects.count()
    values = {
        "article": placement.article,
        "placement": placement,
        "link": placement.link,
        "network": placement.link.network,
        "currency": "EUR",
        "method": "placement_sub_id",
        "conversion_count": 1,
    }
    made = EarningsDay.objects.create(
        key=str(number), day=ago(days), commission=commission, **{**values, **fields}
    )
    add_up([made.day])
    return made


def busy_day(placement, days=1, clicks=100, **numbers):
    """A day of one placement in every dimension."""
    keys = {
        Dimension.TOTAL: "",
        Dimension.ARTICLE: placement.article_id,
        Dimension.PLACEMENT: placement.pk,
        Dimension.POSITION: "inline:1",
        Dimension.LINK: placement.link_id,
        Dimension.NETWORK: placement.link.network_id,
        Dimension.COUNTRY: "DE",
        Dimension.DEVICE: "phone",
        Dimension.LANGUAGE: "de",
        Dimension.REFERRER: "other.example",
        Dimension.REASON: "bot:user_agent",
    }
    counted = {"clicks": clicks, "unique_clicks": clicks * 4 // 5, "unmeasured": clicks // 10, **numbers}
    for dimension, key in keys.items():
        row, is_new = Tally.objects.get_or_create(
            dimension=dimension, key=str(key), span=1, start=ago(days), defaults=counted
        )
        if not is_new:
            for name, value in counted.items():
                setattr(row, name, getattr(row, name) + value)
            row.save()


def settle(*days):
    for number in days:
        CountedDay.objects.get_or_create(day=ago(number), defaults={"settled_at": timezone.now()})
        roll_up(ago(number))
