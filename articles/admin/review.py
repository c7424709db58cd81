"""Handing an article on: to review, approved, or back to its author with a note."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin.access import access_to, article_for
from articles.admin.pages import actor
from articles.front_matter import clean_text
from articles.models import Article, AuditEvent, Author, Review
from articles.revisions import StaleRevision, save_revision

SUBMIT, APPROVE, SEND_BACK = "submit", "approve", "send_back"
CHANGED = "The article was saved while you read it. Read the newest version first."
KINDS = (AuditEvent.Kind.SUBMITTED, AuditEvent.Kind.APPROVED, AuditEvent.Kind.SENT_BACK)
STEPS = {
    SUBMIT: (
        Article.State.IN_REVIEW,
        AuditEvent.Kind.SUBMITTED,
        "The article is in review. You can go on writing.",
    ),
    APPROVE: (Article.State.READY, AuditEvent.Kind.APPROVED, "Approved. An editor can publish it now."),
    SEND_BACK: (Article.State.DRAFT, AuditEvent.Kind.SENT_BACK, "Sent back with your note."),
}


@require_POST
def review(request: HttpRequest, object_id: str) -> HttpResponse:
    article = article_for(request, object_id, "view")
    step, note = request.POST.get("step", ""), clean_text(request.POST.get("note", "")).strip()
    if step not in STEPS:
        return HttpResponseBadRequest("Choose what to do.")
    access = access_to(request.user, article)
    if not (access.edit if step == SUBMIT else access.review):
        raise PermissionDenied
    if step == SEND_BACK and not note:
        messages.error(request, "Write what the author should change, then send it back.")
    elif step != SUBMIT and request.POST.get("head") != str(article.head_id):
        messages.error(request, CHANGED)
    else:
        try:
            hand_on(article, step, note, actor(request))
        except StaleRevision:
            messages.error(request, CHANGED)
        else:
            messages.success(request, STEPS[step][2])
    return redirect("admin:articles_article_change", article.pk)


def hand_on(article: Article, step: str, note: str, by: Any) -> None:
    """Move an article to its next state and log who did it. Approving signs it with the person's byline and today.

    Raises StaleRevision if somebody saved meanwhile: an approval belongs to the text that was read.
    """
    state, kind, _ = STEPS[step]
    with transaction.atomic():
        reviewer = Author.objects.filter(user=by).first() if step == APPROVE else None
        if reviewer and article.head:
            signed = {"reviewed_by": reviewer.slug, "reviewed_on": timezone.localdate().isoformat()}
            revision = save_revision(
                article,
                text=article.head.text,
                front_matter={**article.head.front_matter, **signed},
                author=by,
                reason=f"Approved by {reviewer.name}",
                expected_head=article.head_id,
            )
            Review.objects.create(
                article=article,
                revision=revision,
                reviewer=reviewer,
                reviewer_name=reviewer.name,
                note=note[:500],
            )
            _log(
                AuditEvent.Kind.SIGNED, article, by, note, {"revision": revision.number, "as": reviewer.name}
            )
        Article.objects.filter(pk=article.pk).update(state=state, updated_at=timezone.now())
        _log(kind, article, by, note)


def _log(kind: str, article: Article, by: Any, note: str, data: dict[str, Any] | None = None) -> None:
    AuditEvent.objects.create(
        kind=kind, article=article, actor=by, actor_name=str(by), reason=note[:500], data=data or {}
    )


def last_step(article: Article) -> AuditEvent | None:
    """Return the newest hand-over, for the note at the top of the page."""
    return article.audit_events.filter(kind__in=KINDS).select_related("actor").first()
