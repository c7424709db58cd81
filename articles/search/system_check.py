"""The doctor's question to search: does it know every article?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError, transaction


def check_index(*, databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Warn when the index is behind. Migrating asks, too, and then the tables may not be there yet."""
    from articles.search.index import behind

    if not databases:
        return []
    try:
        with transaction.atomic():  # a failed question must not spoil the caller's transaction
            count = behind()
    except DatabaseError:
        return []
    if not count:
        return []
    return [
        checks.Warning(
            f"Search does not know {count} published text{'' if count == 1 else 's'} yet.",
            hint="The worker adds them within the hour; manage.py rebuild_search adds them now.",
            id="articles.W003",
        )
    ]
