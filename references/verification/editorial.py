"""What notices make of a work. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from references.models.states import EditorialStatus as Status

# What readers must know most comes last.
ORDER = (
    Status.CURRENT,
    Status.CORRECTED,
    Status.SUPERSEDED,
    Status.NOTICE,
    Status.CONCERN,
    Status.WITHDRAWN,
    Status.RETRACTED,
)
UNRELIABLE = frozenset({Status.RETRACTED, Status.WITHDRAWN})
BLOCKING = UNRELIABLE | {Status.NOTICE}  # a notice about a study is no study


class Said(Protocol):
    @property
    def status(self) -> str: ...

    @property
    def is_hint(self) -> bool: ...


def derive(notices: Iterable[Said]) -> Status:
    """Return the worst that a source that may flag has said; hints alone say nothing."""
    return worst([Status(notice.status) for notice in notices if not notice.is_hint])


def worst(statuses: Sequence[Status]) -> Status:
    return max(statuses, key=ORDER.index, default=Status.CURRENT)


def raised(present: str, notices: Iterable[Said]) -> Status:
    """Return the status after new notices. A check only ever raises it: taking a flag back is for people."""
    return worst([Status(present), derive(notices)])


def reconciled(*, read: str | None, now: str, wanted: str) -> Status:
    """Return the status to store when it may have changed since it was read: only who saw a flag takes it back."""
    if read in (None, now):
        return Status(wanted)
    return Status(now) if wanted == read else worst([Status(now), Status(wanted)])
