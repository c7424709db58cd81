"""The recall switch: out of every article at once, with a reason, a name and a line in the log of each article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from django.contrib.auth.models import User
from django.db import transaction

from affiliates.models import AffiliateLink, Product
from affiliates.services import announce, mark_changed
from articles.models import AuditEvent, Edition, EditionQuerySet
from articles.recompile import recompile

Recallable = AffiliateLink | Product
AT_ONCE = 20  # editions that are compiled again before the answer; a worker does the rest
log = structlog.get_logger("chelate.recall")


class RecallError(ValueError):
    """The recall cannot be done. The message is a sentence for the editor."""


def key_of(record: Recallable) -> str:
    """Return what editions note when they show the record."""
    return f"{'link' if isinstance(record, AffiliateLink) else 'product'}:{record.pk}"


def is_recalled(record: Recallable) -> bool:
    if isinstance(record, Product):
        return record.is_recalled
    return record.status == AffiliateLink.Status.RECALLED


def affected(records: Sequence[Recallable]) -> EditionQuerySet:
    """Return the live and scheduled editions that show any of the records."""
    keys = [key_of(record) for record in records]
    return Edition.objects.live_or_scheduled().filter(dependencies__key__in=keys).distinct().order_by("title")


def recall(
    records: Sequence[Recallable],
    *,
    reason: str,
    by: User | None = None,
    replacement: AffiliateLink | None = None,
) -> int:
    """Take links and products out of every article, and return how many articles showed them.

    Raises RecallError without a reason, or if the replacement is itself recalled.
    """
    if not reason.strip():
        raise RecallError("Say why: the reason stands in the log of every article.")
    if replacement is not None and (replacement in records or is_recalled(replacement)):
        raise RecallError("The replacement is recalled itself. Choose another one.")
    return _switch(records, recalled=True, reason=reason.strip(), by=by, replacement=replacement)


def reinstate(records: Sequence[Recallable], *, reason: str = "", by: User | None = None) -> int:
    """Let recalled links and products be what they were, and return how many articles have them."""
    return _switch(records, recalled=False, reason=reason.strip(), by=by, replacement=None)


def _switch(
    records: Sequence[Recallable],
    *,
    recalled: bool,
    reason: str,
    by: User | None,
    replacement: AffiliateLink | None,
) -> int:
    changing = [record for record in records if is_recalled(record) != recalled]
    if not changing:
        return 0
    shown = list(affected(changing).only("pk", "article_id"))
    with transaction.atomic():
        for record in changing:
            _set(record, recalled=recalled, reason=reason, by=by, replacement=replacement)
        AuditEvent.objects.bulk_create(_lines(changing, shown, recalled=recalled, reason=reason, by=by))
    if len(shown) <= AT_ONCE:
        keys = [key_of(record) for record in changing]
        transaction.on_commit(lambda: _recompile_now(keys))
    return len({edition.article_id for edition in shown})


def _set(
    record: Recallable, *, recalled: bool, reason: str, by: User | None, replacement: AffiliateLink | None
) -> None:
    record.recall_reason = reason[:300] if recalled else ""
    if isinstance(record, Product):
        record.is_recalled = recalled
    else:
        record.status = AffiliateLink.Status.RECALLED if recalled else _status_before(record)
        record.replacement = replacement if recalled else None
        record._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
    mark_changed(record)
    record.save()
    announce(record)


def _status_before(link: AffiliateLink) -> str:
    """Return what a link was before it was recalled: one that was paused had its own reason not to be shown."""
    others = link.history.exclude(status=AffiliateLink.Status.RECALLED)
    return others.values_list("status", flat=True).first() or AffiliateLink.Status.LIVE


def _lines(
    records: Sequence[Recallable],
    editions: Sequence[Edition],
    *,
    recalled: bool,
    reason: str,
    by: User | None,
) -> list[AuditEvent]:
    """Return one line for each article that showed them, or a single one if none did."""
    shared: dict[str, Any] = {
        "kind": AuditEvent.Kind.RECALLED if recalled else AuditEvent.Kind.REINSTATED,
        "actor": by,
        "actor_name": by.get_username() if by else "",
        "reason": reason[:500],
        "data": {"records": [{"key": key_of(record), "name": str(record)} for record in records]},
    }
    by_article = {edition.article_id: edition for edition in editions}
    return [AuditEvent(article_id=pk, edition=edition, **shared) for pk, edition in by_article.items()] or [
        AuditEvent(**shared)
    ]


def _recompile_now(keys: Sequence[str]) -> None:
    """Let no worker be waited for. What fails here is tried again by the task that announce() has queued."""
    try:
        recompile(keys)
    except Exception:
        log.exception("recall_recompile_failed", keys=list(keys))
