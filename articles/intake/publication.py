"""`--publish`: put online what has no error finding, and say of the rest why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import addresses
from articles.importers.values import day_of
from articles.intake.report import Entry
from articles.models import Article
from articles.publishing import PublishRefused, SlugTaken, publish, schedule
from articles.revisions import StaleRevision
from cms.contracts import Finding

ONLINE = "online already"


def put_online(entry: Entry, *, by: User | None = None, override: str = "") -> None:
    """Publish the article of one entry; what readers see already is left alone."""
    article = Article.objects.select_related("head").get(pk=entry.article_id or 0)
    if article.head is None or article.head.front_matter.get("draft") is True:
        entry.publication = "left as a draft: the front matter says so"
        return
    if article.editions.live_or_scheduled().filter(revision=article.head).exists():
        entry.publication = ONLINE
        return
    if entry.errors and not override:
        entry.is_refused = True
        entry.publication = _refusal(entry.errors)
        return
    moment = _future(article.head.front_matter.get("date"))
    reason = f"Imported; {override}" if override else "Imported"
    try:
        if moment:
            schedule(article, at=moment, by=by, reason=reason, override=override)
            entry.publication = f"scheduled for {moment:%Y-%m-%d %H:%M} UTC"
        else:
            publish(article, by=by, reason=reason, override=override)
            entry.publication = "published"
    except PublishRefused as refusal:
        entry.is_refused = True
        entry.publication = _refusal(refusal.findings)
        if override and not refusal.can_be_overridden:
            entry.publication += " (critical findings cannot be overridden)"
    except (SlugTaken, StaleRevision) as refusal:
        entry.is_refused = True
        entry.publication = f"not published: {refusal}"
    else:
        written = addresses.written_in(article.head.front_matter)
        entry.not_understood = [*entry.not_understood, *addresses.claim(article, written)]


def _refusal(findings: Sequence[Finding]) -> str:
    reasons = dict.fromkeys(f"{finding.id}: {finding.message}" for finding in findings)
    return f"not published: {' · '.join(reasons)}"


def _future(written: object) -> datetime | None:
    """Return a date of the front matter that is still to come."""
    day = day_of(str(written or ""))
    if day is None:
        return None
    moment = parse_datetime(str(written)) or datetime.combine(day, time(), UTC)
    moment = moment.astimezone(UTC) if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)
    return moment if moment > timezone.now() else None
