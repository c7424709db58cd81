"""Citing a work in spite of its status: one article, one reason, one name."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article
from articles.recompile import dependency_changed
from references.models import Acknowledgement, Reference
from references.verification.editorial import BLOCKING


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
            defaults={"reason": reason, "by": by},
        )
        dependency_changed(reference.dependency_key)
    return given


def take_back(given: Acknowledgement) -> None:
    """The article needs another study, or another reason."""
    with transaction.atomic():
        dependency_changed(given.reference.dependency_key)
        given.delete()
