"""What a CDN is told of a page: what it shows, and for how long it may be kept. See docs/decisions/0009-cdn.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import F, Subquery
from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.models import Author, Edition, EditionQuerySet
from cms import plugins
from cms.contracts import SlotName

SITE, LISTS = "site", "articles"  # on every page; on every page that lists articles
TAGS = "Surrogate-Key"
WAY_SECONDS = 1  # a CDN counts from when the page arrives
R = TypeVar("R", bound=HttpResponseBase)


def name(response: HttpResponseBase, keys: Iterable[str]) -> None:
    """Name what a page shows. A page without names is not kept."""
    if settings.CDN_MAX_AGE:
        response.headers[TAGS] = " ".join(dict.fromkeys((SITE, *keys)))


def keys_of(edition: Edition, authors: Sequence[Author], related: Sequence[Edition]) -> Iterator[str]:
    """Yield the key of every row that an article page is made of."""
    for shown in (edition, *related):
        yield f"article:{shown.article_id}"
        if shown.topic_id:
            yield f"topic:{shown.topic_id}"
        if shown.image_id:
            yield f"image:{shown.image_id}"
    for author_id in (edition.reviewer_id, *(author.pk for author in authors)):
        if author_id:
            yield f"author:{author_id}"


def has_open_slots(*names: SlotName) -> bool:
    """Return whether a plugin fills one of these slots anew for every request."""
    return any(not item.is_fixed for slot in names for item in plugins.registry().slots(slot))


def tell(response: R, keys: str, asked_at: datetime) -> R:
    """Tell a CDN how long it may keep the page that was asked for then. An answer without keys: not at all.

    A 304 says it as well: a CDN would else keep the page as long again as it was told the first time.
    """
    if settings.CDN_MAX_AGE:
        seconds = seconds_to_keep(asked_at) if keys else 0
        response.headers["Surrogate-Control"] = f"max-age={seconds}"
        response.headers["CDN-Cache-Control"] = f"max-age={seconds}, must-revalidate"
        if keys:
            response.headers[TAGS] = keys
            response.headers["Cache-Tag"] = keys.replace(" ", ",")
    return response


def seconds_to_keep(asked_at: datetime) -> int:
    """Return how long a page may be kept whose queries ran after `asked_at`: never past the next edge. One query."""
    edge = next_edge(asked_at)
    if edge is None:
        return settings.CDN_MAX_AGE
    left = int((edge - timezone.now()).total_seconds()) - WAY_SECONDS
    return max(0, min(settings.CDN_MAX_AGE, left))


def next_edge(after: datetime) -> datetime | None:
    """Return when the next window of any article opens or closes. Two short reads of an index, in one query.

    Of any article, since one that opens may enter a list or the recommendations of a page that does not know it yet.
    """
    starts = _first(Edition.objects.filter(live_from__gt=F("created_at")), "live_from", after)
    ends = _first(Edition.objects.all(), "live_until", after)
    both = Edition.objects.order_by().annotate(starts=Subquery(starts), ends=Subquery(ends))
    edges = both.values_list("starts", "ends").first() or ()
    return min((edge for edge in edges if edge is not None), default=None)


def _first(editions: EditionQuerySet, column: str, after: datetime) -> Any:
    return editions.filter(**{f"{column}__gt": after}).order_by(column).values(column)[:1]
