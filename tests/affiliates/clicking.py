"""Clicks and views as rows, at a moment of one's choice."""

from datetime import UTC, date, datetime

from affiliates.models import Click, Tally

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = date(2026, 5, 1)


def click(link, moment=NOON, **fields):
    return Click.objects.create(
        link=link, time=moment, channel="redirect", **{"click_class": "human", **fields}
    )


def placed(placement, moment=NOON, **fields):
    return click(placement.link, moment, placement=placement, **fields)


def tallies(dimension, *columns, span=1, day=DAY):
    """The sums of a day: key -> the number, or the numbers, of these columns."""
    rows = Tally.objects.filter(dimension=dimension, span=span, start=day).values_list(
        "key", *(columns or ["clicks"])
    )
    return {key: numbers[0] if len(numbers) == 1 else tuple(numbers) for key, *numbers in rows}
