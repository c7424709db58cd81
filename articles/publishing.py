"""From the working copy to what readers see.

Compiling and checking run outside the transaction; the transaction verifies that the article has not changed since
and only writes. Visibility is decided at query time by each edition's window, so no schedule can be missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import purging, tasks
from articles.compile import compile_article, make_source
from articles.compliance.overrides import let_pass
from articles.editions import Draft, SlugTaken, call_listener, write_edition
from articles.metadata import read_metadata
from articles.models import Article, AuditEvent, Edition, RelatedDue, Revision
from articles.revisions import StaleRevision, lock
from articles.windows import after_last
from cms import plugins
from cms.contracts import CompileError, Finding

__all__ = ["PublishRefused", "SlugTaken", "cancel_schedule", "publish", "rollback", "schedule", "unpublish"]


class PublishRefused(Exception):
    """Error findings stand in the way. `findings` are all of them; critical ones cannot be overridden."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.message for finding in findings))

    @property
    def can_be_overridden(self) -> bool:
        return not any(finding.critical for finding in self.findings)


def publish(
    article: Article,
    *,
    by: User | None = None,
    at: datetime | None = None,
    reason: str = "",
    override: str = "",
    substantive: bool = True,
) -> Edition:
    """Publish the working copy, now or from `at` on.

    Raises PublishRefused on error findings (a written `override` lets all but critical ones pass and is logged),
    StaleRevision if the article was saved or deleted meanwhile, SlugTaken if another article has had that address.
    """
    if at is not None:
        _require_zone(at)
    current = Article.objects.select_related("head").filter(pk=article.pk).first()
    if current is None:
        raise StaleRevision(None)
    if current.head is None:
        raise PublishRefused(
            [Finding("FM01", "error", "The article is empty.", fix="Write and save it first.")]
        )
    return _publish(
        current, current.head, by=by, at=at, reason=reason, override=override, substantive=substantive
    )


def schedule(
    article: Article,
    *,
    at: datetime,
    by: User | None = None,
    reason: str = "",
    override: str = "",
) -> Edition:
    """Publish from `at` on; the present edition ends in that moment."""
    _require_zone(at)
    if at <= timezone.now():
        raise ValueError("Choose a time in the future.")
    return publish(article, by=by, at=at, reason=reason, override=override)


def rollback(edition: Edition, *, by: User | None = None, reason: str = "", override: str = "") -> Edition:
    """Show readers the text of an earlier edition again, as a new one, compiled with today's records."""
    article = Article.objects.get(pk=edition.article_id)
    return _publish(article, edition.revision, by=by, reason=reason, override=override, copied_from=edition)


def unpublish(article: Article, *, by: User | None = None, reason: str = "") -> None:
    """End the live edition now and cancel what is scheduled. The addresses stay taken."""
    with transaction.atomic():
        locked = lock(article.pk)
        now = timezone.now()
        ended = list(locked.editions.live_or_scheduled())
        for edition in ended:
            edition.live_until = max(now, edition.live_from)
            edition.save(update_fields=["live_until"])
        if not ended:
            return
        _log(AuditEvent.Kind.UNPUBLISHED, ended[0], by, reason)
        for listener in plugins.registry().listeners.values():
            call_listener(listener.id, listener.unpublished, locked.pk)
        _enqueue_followers(locked)


def cancel_schedule(edition: Edition, *, by: User | None = None, reason: str = "") -> None:
    """Cancel an edition that has not gone live yet and give its time back to the one before it."""
    with transaction.atomic():
        article = lock(edition.article_id)
        edition = article.editions.get(pk=edition.pk)
        if edition.live_from <= timezone.now():
            raise ValueError("This edition is live already; unpublish the article or roll back instead.")
        if edition.live_until == edition.live_from:
            return
        before = (
            article.editions.filter(live_until=edition.live_from).exclude(live_from=edition.live_from).first()
        )
        if before is not None:
            before.live_until = edition.live_until
            before.save(update_fields=["live_until"])
        edition.live_until = edition.live_from
        edition.save(update_fields=["live_until"])
        _log(AuditEvent.Kind.SCHEDULE_CANCELLED, edition, by, reason)
        tasks.index_article.enqueue(article.pk)


def _publish(
    article: Article,
    revision: Revision,
    *,
    by: User | None,
    at: datetime | None = None,
    reason: str = "",
    override: str = "",
    substantive: bool = True,
    copied_from: Edition | None = None,
) -> Edition:
    head_id = article.head_id
    source = make_source(revision.text, revision.front_matter, article.pk)
    metadata = read_metadata(article, revision.front_matter)
    try:
        document = compile_article(source, "publish", found=metadata.findings)
    except CompileError as error:
        raise PublishRefused([Finding("MD00", "error", str(error), critical=True)]) from error
    errors = [finding for finding in document.findings if finding.blocks]
    if errors and (not override.strip() or any(finding.critical for finding in errors)):
        raise PublishRefused(errors)

    draft = Draft(article, revision, source, metadata, document, copied_from, substantive)
    with transaction.atomic():
        locked = lock(article.pk)
        if copied_from is None and locked.head_id != head_id:
            raise StaleRevision(locked.head)
        purging.appears(locked)
        now = timezone.now()
        is_scheduled = at is not None and at > now
        edition = write_edition(draft, at if at and is_scheduled else after_last(locked, now), by)
        kind = AuditEvent.Kind.ROLLED_BACK if copied_from else AuditEvent.Kind.PUBLISHED
        _log(AuditEvent.Kind.SCHEDULED if is_scheduled else kind, edition, by, reason)
        if errors:
            data = {"findings": [{"id": finding.id, "message": finding.message} for finding in errors]}
            _log(AuditEvent.Kind.OVERRIDDEN, edition, by, override, data)
            let_pass(article, errors, reason=override, by=by)
        # Compiled outside the lock: a record may have changed since. Compiling once more writes only if it has.
        tasks.recompile_one.enqueue(edition.pk)
        _enqueue_followers(locked)
    return edition


def _require_zone(at: datetime) -> None:
    if timezone.is_naive(at):
        raise ValueError("Give the time with its time zone.")


def _log(
    kind: str,
    edition: Edition,
    by: User | None,
    reason: str,
    data: Mapping[str, object] | None = None,
) -> None:
    AuditEvent.objects.create(
        kind=kind,
        article_id=edition.article_id,
        edition=edition,
        actor=by,
        actor_name=by.get_username() if by else "",
        reason=reason[:500],
        data=data or {},
    )


def _enqueue_followers(article: Article) -> None:
    """Queue what follows a change of what readers see; the queue is in the same database, so it is an outbox."""
    slugs = article.slug_claims.values_list("slug", flat=True)
    RelatedDue.objects.create(article_id=article.pk)
    tasks.refresh_related.enqueue()
    tasks.index_article.enqueue(article.pk)
    tasks.recompile_dependants.enqueue([f"article:{article.pk}", *(f"slug:{slug}" for slug in slugs)])
