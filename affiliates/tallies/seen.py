"""Views of articles and sights of paid links, from their day sums into those of the reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from affiliates.models import Dimension, Tally, ViewDay
from affiliates.tallies import store
from affiliates.tallies.facts import Key, Numbers, Places

DIMENSIONS = (
    Dimension.TOTAL, Dimension.ARTICLE, Dimension.PLACEMENT, Dimension.POSITION, Dimension.LINK, Dimension.NETWORK,
)  # fmt: skip


def seen_on(day: date, places: Places) -> dict[Key, Numbers]:
    """Return views and impressions of a day by dimension."""
    rows = list(ViewDay.objects.filter(day=day).order_by().values_list("article", "placement", "count"))
    places.learn(placement for _, placement, _ in rows)
    sums: dict[Key, Numbers] = {}
    for article, placement, number in rows:
        if not placement:
            everywhere: list[Key] = [(Dimension.TOTAL, ""), (Dimension.ARTICLE, str(article))]
            for key in everywhere:
                sums.setdefault(key, Numbers()).views += number
        else:
            for key in places.keys_of(placement):
                sums.setdefault(key, Numbers()).impressions += number
    return sums


def sync(day: date) -> int:
    """Bring views and impressions of a day into its sums; returns how many of these changed."""
    changed = dict(_changed(day, seen_on(day, Places())))
    if changed:
        with transaction.atomic():
            store.note_days([day])
            store.set_seen(day, changed)
    return len(changed)


def _changed(day: date, sums: dict[Key, Numbers]) -> Iterator[tuple[Key, Numbers]]:
    stored = Tally.objects.filter(dimension__in=DIMENSIONS, span=1, start=day).order_by()
    rows = stored.values_list("dimension", "key", "views", "impressions")
    known = {(dimension, key): numbers for dimension, key, *numbers in rows}
    for key, numbers in sums.items():
        if known.get(key) != [numbers.views, numbers.impressions]:
            yield key, numbers
