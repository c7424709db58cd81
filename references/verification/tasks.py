"""Checks in the background: what is due, a few at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import timezone

from cms.tasks import task
from references.models import Reference
from references.models.states import VerificationState as State
from references.verification.service import Outcome, verify

BATCH = 20
GIVE_UP_AFTER = 2  # works in a row without an answer: we are offline, and the worker has other things to do


@task(idempotent=True)
def verify_due() -> int:
    """Check the works that are due and return how many were."""
    if not settings.REFERENCE_LOOKUPS:
        return 0
    due = Reference.objects.due(timezone.now())[:BATCH]
    return sum(1 for _ in verify_each(due))


def verify_each(references: Iterable[Reference], *, gives_up: bool = True) -> Iterator[Outcome]:
    """Check one work after the other; without an answer to several, leave the rest for later."""
    silent = 0
    for reference in references:
        outcome = verify(reference)
        yield outcome
        silent = silent + 1 if outcome.state == State.UNREACHABLE else 0
        if gives_up and silent == GIVE_UP_AFTER:
            return
