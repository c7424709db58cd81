"""Citing a work in spite of its status: one article, one reason, one name."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article, AuditEvent
from articles.recompile import dependency_changed
from references.models import Acknowledgement, Reference
from references.verification.editorial import BLOCKING

CHECK = "EVD05"


def needs_reason(reference: Reference) -> bool:
    """Return whether the status is one that an article can be excused for."""
    return reference.editorial_status in {*BLOCKING, reference.EditorialStatus.CONCERN}


def acknowledge(reference: Reference, article: Article, *, reason: str, by: User) -> Acknowledgement:
    """Let an article cite a work with the status that it has today. Raises ValueError without a reason."""
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise ValueError("Say why the article may cite it: your colleagues will read it.")
    with transaction.atomic():
        given, _ = Acknowledgement.objects.update_or_create(
            reference=reference,
            article=article,
            status=reference.editorial_status,
            defaults={"reason": reason, "by": by, "by_name": by.get_username()},
        )
        _log(AuditEvent.Kind.FINDING_PASSED, given, by, reason)
        dependency_changed(reference.dependency_key)
    return given


def take_back(given: Acknowledgement, *, by: User) -> None:
    """The article needs another study, or another reason."""
    with transaction.atomic():
        dependency_changed(given.reference.dependency_key)
        _log(AuditEvent.Kind.OVERRIDE_WITHDRAWN, given, by, given.reason)
        given.delete()


def _log(kind: AuditEvent.Kind, given: Acknowledgement, by: User, reason: str) -> None:
    """An excuse lets a blocking finding pass, so it leaves the row that any other override leaves."""
    AuditEvent.objects.create(
        kind=kind,
        article_id=given.article_id,
        actor=by,
        actor_name=by.get_username(),
        reason=reason,
        data={"check": CHECK, "about": f"@{given.reference.citekey}, {given.get_status_display().lower()}"},
    )
