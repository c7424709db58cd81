"""Renderings, kept by a hash of what went in: publishing waits for pandoc, a preview only for a moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from references.models import RenderedCitations
from references.styles import TIMEOUT_SECONDS, PandocFailed, Rendering, pandoc, render
from references.styles.request import Cluster, Part, bibliography

PREVIEW_SECONDS = (
    0.8  # 40 works take 0.2 s; a busy machine shows provisional labels and tries in the background
)
PATIENCE = timedelta(seconds=20)  # where no worker runs, a preview tries again after this
KEPT = timedelta(days=30)
VERSION = 1  # counts up when the same answer of pandoc becomes other HTML
log = structlog.get_logger("chelate.references.styles")


@dataclass(frozen=True, slots=True)
class Request:
    style: str
    locale: str
    items: Mapping[str, Mapping[str, Any]]
    clusters: Sequence[Cluster]
    uncited: Sequence[str]

    @property
    def key(self) -> str:
        said = [
            VERSION,
            pandoc.versions(),
            self.style,
            self.locale,
            bibliography(self.items),
            [[asdict(part) for part in cluster] for cluster in self.clusters],
            list(self.uncited),
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Request:
        clusters = [tuple(Part(**part) for part in cluster) for cluster in stored["clusters"]]
        return cls(stored["style"], stored["locale"], stored["items"], clusters, stored["uncited"])


class NotReady(Exception):
    """The rendering is being made; show provisional labels and ask again."""


def fetch(request: Request, *, may_wait: bool) -> Rendering:
    """Return the rendering, kept or new, with one query if it is kept.

    Raises NotReady if it takes longer than a preview may wait (a task makes it then), PandocFailed.
    """
    key = request.key
    row = RenderedCitations.objects.filter(key=key).values_list("value", "created_at").first()
    if row and row[0]:
        return Rendering.from_json(row[0])
    if row and not may_wait and timezone.now() - row[1] < PATIENCE:
        raise NotReady
    try:
        return _make(key, request, TIMEOUT_SECONDS if may_wait else PREVIEW_SECONDS)
    except pandoc.TookTooLong as error:
        if may_wait:
            raise
        _leave_to_a_task(key, request)
        raise NotReady from error


def _make(key: str, request: Request, timeout_seconds: float) -> Rendering:
    rendering = render(
        request.style,
        request.locale,
        request.items,
        request.clusters,
        uncited=request.uncited,
        timeout_seconds=timeout_seconds,
    )
    RenderedCitations.objects.bulk_create(
        [RenderedCitations(key=key, value=rendering.as_json())],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["request", "value"],
    )
    return rendering


def _leave_to_a_task(key: str, request: Request) -> None:
    from references.styles.tasks import render_citations

    waiting = RenderedCitations(key=key, request=request.as_json())
    RenderedCitations.objects.bulk_create([waiting], ignore_conflicts=True)
    render_citations.enqueue(key)


def make_waiting(key: str) -> bool:
    """Make a rendering that a preview did not wait for. Returns False if there is nothing to do."""
    row = RenderedCitations.objects.filter(key=key, value__isnull=True).first()
    if row is None or row.request is None:
        return False
    try:
        _make(key, Request.from_json(row.request), TIMEOUT_SECONDS)
    except PandocFailed as error:
        log.warning("citations_failed", key=key, reason=str(error))
        row.delete()  # the next preview tries again and says why
        return False
    return True


def drop_old() -> int:
    """Delete what was made long ago: live pages hold their own copy, and the next preview makes what it needs."""
    deleted, _ = RenderedCitations.objects.older_than(timezone.now() - KEPT).delete()
    return deleted
