"""Advice of editions that were published before there was a reader, or that an older one has read."""

from __future__ import annotations

from claims.contradictions.store import catch_up
from cms.tasks import task

BATCH = 200  # editions a run, about 20 ms each


@task(idempotent=True)
def read_missed() -> int:
    """Read what was missed and return how many editions that were. Runs again at the next tick if there are more."""
    return catch_up(BATCH)
