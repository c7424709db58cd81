"""Clicks are deleted after CLICK_RETENTION_DAYS; their sums stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from affiliates.models import Click, CountedDay
from cms.tasks import task

BATCH = 2_000


def first_day_kept() -> date:
    """Return the oldest day whose clicks are kept."""
    return timezone.now().date() - timedelta(days=settings.CLICK_RETENTION_DAYS - 1)


@task(idempotent=True)
def delete_old_clicks() -> int:
    """Delete the clicks of whole days that are too old, in small transactions; returns how many it were.

    A day that was never settled keeps its clicks: they are all that is known of it.
    """
    before = datetime.combine(first_day_kept(), time.min, UTC)
    waiting = CountedDay.objects.filter(settled_at=None, day__lt=before.date()).order_by("day").first()
    if waiting is not None:
        before = datetime.combine(waiting.day, time.min, UTC)
    total = 0
    while ids := list(
        Click.objects.filter(time__lt=before).order_by("time").values_list("pk", flat=True)[:BATCH]
    ):
        Click.objects.filter(pk__in=ids).delete()
        total += len(ids)
    return total
