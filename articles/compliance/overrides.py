"""Letting a finding pass in one article, and taking that back. Both leave an audit row with name and reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.compliance.policy import about
from articles.models import Article, AuditEvent, Override
from cms.contracts import Finding


class CannotPass(ValueError):
    """A critical finding, or no reason. The message says so to the editor."""


def let_pass(
    article: Article, findings: Iterable[Finding], *, reason: str, by: User | None
) -> list[Override]:
    """Let findings pass from now on, in this article and as long as its words stay.

    Raises CannotPass, and then none of them passes.
    """
    wanted = list(findings)
    if not reason.strip():
        raise CannotPass("Say why this may stand; the reason is kept in the log.")
    if critical := next((finding for finding in wanted if finding.critical), None):
        raise CannotPass(f"This finding must be corrected: {critical.message}")
    name = by.get_username() if by else ""
    made = []
    with transaction.atomic():
        for finding in wanted:
            row, is_new = Override.objects.get_or_create(
                article=article,
                check_id=finding.id,
                about=about(finding),
                withdrawn_at=None,
                defaults={"reason": reason.strip()[:500], "actor": by, "actor_name": name},
            )
            if is_new:
                made.append(row)
                _log(AuditEvent.Kind.FINDING_PASSED, row, by, row.reason)
    return made


def withdraw(override: Override, *, by: User | None, reason: str = "") -> None:
    """Ask about the finding again. The row stays, as part of the record."""
    with transaction.atomic():
        row = Override.objects.select_for_update().get(pk=override.pk)
        if row.withdrawn_at is not None:
            return
        row.withdrawn_at = timezone.now()
        row.withdrawn_by = by.get_username() if by else ""
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _log(AuditEvent.Kind.OVERRIDE_WITHDRAWN, row, by, reason)


def _log(kind: str, row: Override, by: User | None, reason: str) -> None:
    AuditEvent.objects.create(
        kind=kind,
        article_id=row.article_id,
        actor=by,
        actor_name=by.get_username() if by else "",
        reason=reason[:500],
        data={"check": row.check_id, "about": row.about},
    )
