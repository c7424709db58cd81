"""Keeping the index: live and scheduled editions are in it, so a scheduled one is found from its second on."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import Edition, EditionQuerySet, SearchEntry
from articles.search import contents
from articles.search.words import VERSION

BATCH = 100
FIELDS = ["fingerprint", "title", "about", "body", "cited"]


def index_article(article_id: int) -> int:
    """Write the entries of one article, drop those of its past; return how many it has now."""
    wanted = Edition.objects.live_or_scheduled().filter(article=article_id)
    written = _write(wanted.values_list("pk", flat=True))
    SearchEntry.objects.filter(edition__article=article_id).exclude(edition__in=wanted).delete()
    return written


def refresh() -> int:
    """Write what is missing or says something else now (a topic has a new name); return how many were written."""
    known = dict(SearchEntry.objects.values_list("pk", "fingerprint"))
    light = _with_names(Edition.objects.live_or_scheduled()).only("pk", "content_hash", "topic")
    stale = [
        edition.pk
        for edition in light.order_by("pk").iterator(chunk_size=1_000)
        if known.get(edition.pk) != contents.fingerprint(edition)
    ]
    written = _write(stale)
    _drop_past()
    return written


def rebuild() -> int:
    """Write every entry anew; readers search the old ones meanwhile."""
    written = _write(Edition.objects.live_or_scheduled().order_by("pk").values_list("pk", flat=True))
    _drop_past()
    return written


def behind() -> int:
    """Return how many articles' editions search cannot find, or finds by the rules of an earlier version."""
    good = SearchEntry.objects.filter(fingerprint__startswith=f"{VERSION}:")
    return Edition.objects.live_or_scheduled().exclude(pk__in=good.values("pk")).count()


def _write(edition_ids: Iterable[int]) -> int:
    ids = list(edition_ids)
    for start in range(0, len(ids), BATCH):
        editions = _with_names(Edition.objects.filter(pk__in=ids[start : start + BATCH])).order_by("pk")
        SearchEntry.objects.bulk_create(
            [contents.entry(edition) for edition in editions],
            update_conflicts=True,
            unique_fields=["edition"],
            update_fields=FIELDS,
        )
    return len(ids)


def _with_names(editions: EditionQuerySet) -> EditionQuerySet:
    return editions.select_related("topic").prefetch_related("tags", "authors")


def _drop_past() -> None:
    SearchEntry.objects.exclude(edition__in=Edition.objects.live_or_scheduled()).delete()
