"""After an upgrade readers search what the new version knows of the articles: migrating leaves the task to write it."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, transaction


def refresh_after_migrate(**_: Any) -> None:
    """Queue what writes the index, if it is behind (receiver of Django's post_migrate).

    The schedule alone could come an hour later, while search finds nothing. The tables of the index or of the queue
    may not be there: after migrating back, or one app alone.
    """
    from articles.search.index import behind
    from articles.tasks import refresh_search

    try:
        with transaction.atomic():
            if behind():
                refresh_search.enqueue()
    except DatabaseError:
        return
