"""Telling a CDN which pages have changed: by the keys that the pages named (articles/cdn.py).

Keys wait in a table, written with the change itself, so none is lost. Each is sent twice: a page that was being made
while it changed may have reached the CDN after the first time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from articles import tasks
from articles.cdn import LISTS, SITE
from articles.models import Article, Edition, PurgeDue, RelatedEdge
from cms import outbound

BATCH = 30  # what Cloudflare took in one call for long; Fastly takes 256
ROUND = 500  # rows
TOO_MANY = 300  # keys of one change: forgetting everything is cheaper than ten calls
AGAIN_AFTER = timedelta(seconds=30)
LATE = timedelta(minutes=5)
log = structlog.get_logger("chelate.cdn")


def purge(*keys: str) -> None:
    """Queue keys for the CDN, in the transaction of the change."""
    if not settings.CDN_PURGE_URL or not keys:
        return
    wanted = keys if len(keys) <= TOO_MANY else (SITE,)
    PurgeDue.objects.bulk_create(PurgeDue(key=key) for key in dict.fromkeys(wanted))
    tasks.send_purges.enqueue()


def row_changed(instance: Any, **_: Any) -> None:
    """Purge what shows an article, topic, author or picture that was saved or deleted, and every list."""
    if isinstance(instance, Edition):
        key = f"article:{instance.article_id}"
    else:
        key = f"{instance._meta.model_name}:{instance.pk}"
    purge(key, LISTS)


def appears(article: Article) -> None:
    """Purge the pages that recommend an article which readers could not see until now. Call it before they can."""
    if settings.CDN_PURGE_URL and not article.editions.live().exists():
        sources = RelatedEdge.objects.filter(target=article).values_list("source_id", flat=True)
        purge(*(f"article:{source}" for source in sources))


def recommends_anew(sources: Sequence[int], edges: Iterable[RelatedEdge]) -> None:
    """Purge the articles whose recommendations will be others than those stored."""
    if not settings.CDN_PURGE_URL:
        return
    stored = RelatedEdge.objects.filter(source__in=sources).order_by("source_id", "rank")
    was = _by_source(stored.values_list("source_id", "target_id"))
    now = _by_source((edge.source_id, edge.target_id) for edge in edges)
    purge(*(f"article:{source}" for source in sources if was.get(source) != now.get(source)))


def _by_source(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for source, target in pairs:
        found.setdefault(source, []).append(target)
    return found


def resume() -> None:
    """Send what has to be sent again, because it failed or for the second time."""
    if PurgeDue.objects.exists():
        tasks.send_purges.enqueue()


def send() -> int:
    """Send the keys that wait, and return how many the CDN took. What it does not take waits for the next time."""
    if not settings.CDN_PURGE_URL:
        PurgeDue.objects.all().delete()
        return 0
    is_due = Q(sent_at=None) | Q(sent_at__lte=timezone.now() - AGAIN_AFTER)
    sent = 0
    while rows := list(PurgeDue.objects.filter(is_due).order_by("pk")[:ROUND]):
        keys = list(dict.fromkeys(row.key for row in rows))
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            failure = _post(batch)
            _note([row.pk for row in rows if row.key in batch], failure)
            if failure:
                log.warning("purge_failed", keys=len(batch), reason=failure)
                return sent
            sent += len(batch)
    return sent


def _note(ids: Sequence[int], failure: str) -> None:
    due = PurgeDue.objects.filter(pk__in=ids)
    if failure:
        due.update(failure=failure[:300])
        return
    due.exclude(sent_at=None).delete()
    due.update(sent_at=timezone.now(), failure="")


def last_failure() -> str:
    """Return why the CDN could not be told the last time, "" if it could."""
    return PurgeDue.objects.exclude(failure="").values_list("failure", flat=True).first() or ""


def _post(keys: Sequence[str]) -> str:
    """Return why the CDN did not take the keys, "" if it did."""
    url, token = urlsplit(settings.CDN_PURGE_URL), settings.CDN_PURGE_TOKEN
    headers = {
        "surrogate-key": " ".join(keys),
        "cache-tag": ",".join(keys),
        "content-type": "application/json",
    }
    if token:
        headers |= {"authorization": f"Bearer {token}", "fastly-key": token}
    try:
        answer = outbound.get(
            url.geturl(),
            method="POST",
            headers=headers,
            body=json.dumps({"tags": keys}).encode(),
            max_hops=0,  # a redirect would take the token along
            retries=0,  # resume() tries again
            trusted=frozenset({f"{url.hostname}:{url.port or outbound.PORTS.get(url.scheme)}"}),
        )
    except outbound.Failed as failed:
        return str(failed)
    return "" if answer.is_ok else f"The CDN answered {answer.status}."


def check_purges(*, databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Warn when the CDN could not be told. Migrating asks, too, and then the table may not be there yet."""
    if not databases:
        return []
    try:
        with transaction.atomic():  # a failed question must not spoil the caller's transaction
            late = PurgeDue.objects.filter(created_at__lte=timezone.now() - LATE)
            found = list(late.filter(Q(sent_at=None) | ~Q(failure="")).order_by("-failure", "pk")[:TOO_MANY])
    except DatabaseError:
        return []
    if not found:
        return []
    many = f"{len(found)} change{'' if len(found) == 1 else 's'}"
    since = min(row.created_at for row in found)
    return [
        checks.Warning(
            f"The CDN was not told of {many} since {since:%Y-%m-%d %H:%M} UTC. {found[0].failure}".strip(),
            hint="Readers may see pages as they were, for CDN_MAX_AGE seconds. Look at CDN_PURGE_URL and "
            "CDN_PURGE_TOKEN; the worker tries again every minute.",
            id="articles.W004",
        )
    ]
