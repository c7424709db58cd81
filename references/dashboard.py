"""The first page of the admin: articles that show a work its journal has taken back, and what does not check out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Edition, EditionDependency
from cms.contracts import Slot, SlotContext
from references.models import Acknowledgement, Reference, VerificationState
from references.verification.editorial import UNRELIABLE

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Affected:
    """One article that readers see or will see, with one work that it should not rest on."""

    article_id: int
    title: str
    reference: Reference


def render(slot: SlotContext) -> str:
    if slot.request is None or not slot.request.user.has_perm("references.view_reference"):
        return ""
    affected = affected_articles()
    wrong = Reference.objects.aggregate(
        mismatch=Count("pk", filter=Q(verification=VerificationState.MISMATCH, is_accepted=False)),
        not_found=Count("pk", filter=Q(verification=VerificationState.NOT_FOUND)),
        doubt=Count("pk", filter=~Q(doubt="") & ~Q(editorial_status__in=UNRELIABLE)),
    )
    if not affected and not any(wrong.values()):
        return ""
    context = {
        "affected": affected[:SHOWN],
        "more": max(0, len(affected) - SHOWN),
        "wrong": wrong,
        "list_url": reverse("admin:references_reference_changelist"),
    }
    return render_to_string("references/admin/dashboard.html", context)


def affected_articles() -> Sequence[Affected]:
    """Return live and scheduled articles that show a retracted work and have not said why; three queries at most."""
    works = {work.dependency_key: work for work in Reference.objects.filter(editorial_status__in=UNRELIABLE)}
    if not works:
        return []
    shown = EditionDependency.objects.filter(
        key__in=list(works), edition__in=Edition.objects.live_or_scheduled()
    ).select_related("edition")
    rows = {
        (entry.edition.article_id, entry.key): entry.edition.title
        for entry in shown.order_by("edition__title")
    }
    known = Acknowledgement.objects.filter(reference__in=list(works.values()))
    excused = set(known.values_list("article_id", "reference_id", "status"))
    return [
        Affected(article_id, title, works[key])
        for (article_id, key), title in rows.items()
        if (article_id, works[key].pk, works[key].editorial_status) not in excused
    ]


SLOT = Slot("references.retracted", "admin_dashboard", render)
