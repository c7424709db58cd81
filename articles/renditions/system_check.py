"""System check for `manage.py doctor`: pictures whose readers load more than they need."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.core import checks
from django.db import DatabaseError
from django.db.models import Count, Q
from django.utils import timezone

LONG = timedelta(hours=1)


def check_renditions(
    *, databases: Collection[str] | None = None, **_: object
) -> Iterator[checks.CheckMessage]:
    """Count what is missing. Asks the database, so only where that is allowed; before `migrate` there is no table."""
    from articles.models import Image

    if not databases:
        return
    state = Image.Renditions
    late = Q(renditions_state=state.WAITING, uploaded_at__lt=timezone.now() - LONG)
    try:
        found = Image.objects.aggregate(
            late=Count("pk", filter=late), failed=Count("pk", filter=Q(renditions_state=state.FAILED))
        )
    except DatabaseError:
        return
    if found["late"]:
        yield checks.Warning(
            f"{_pictures(found['late'])} for more than an hour to be made smaller; readers load the originals.",
            hint="Start manage.py worker, or run manage.py rebuild_renditions.",
            id="articles.W001",
        )
    if found["failed"]:
        yield checks.Warning(
            f"{found['failed']} picture{'' if found['failed'] == 1 else 's'} could not be made smaller; readers load "
            "the original.",
            hint="Their pages under Pictures say why. manage.py rebuild_renditions tries again.",
            id="articles.W002",
        )


def _pictures(count: int) -> str:
    return f"{count} picture waits" if count == 1 else f"{count} pictures wait"
