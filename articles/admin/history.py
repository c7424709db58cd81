"""The history of an article: every revision with its autosaves, every edition that readers saw, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from articles.admin import diff
from articles.admin.access import article_for
from articles.admin.framing import framed
from articles.admin.pages import actor, article_page
from articles.admin.working_copy import compiled
from articles.models import Edition, Revision
from articles.revisions import StaleRevision, restore
from cms.contracts import Document

PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A saved revision, or a run of autosaves by one person folded into its last one."""

    revision: Revision
    folded: list[Revision] = field(default_factory=list)


@require_GET
def history(request: HttpRequest, object_id: str) -> HttpResponse:
    article = article_for(request, object_id, "view")
    revisions = article.revisions.select_related("author").defer("text")
    page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
    editions = article.editions.select_related("created_by", "copied_from", "revision").defer(
        "html", "text", "source_text", "toc", "front_matter", "structured_data", "revision__text"
    )
    context = {"page": page, "entries": fold(page), "editions": editions[:PER_PAGE]}
    return article_page(request, article, "history", "History", context)


def fold(revisions: Iterable[Revision]) -> list[Entry]:
    """Fold consecutive autosaves of one person; the newest of them stands for the run."""

    def run(revision: Revision) -> object:
        is_autosave = revision.kind == Revision.Kind.AUTOSAVE
        return (revision.author_id, "autosave") if is_autosave else revision.pk

    groups = [list(group) for _, group in groupby(revisions, key=run)]
    return [Entry(group[0], group[1:]) for group in groups]


@require_GET
def revision(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """Show a revision before anything is restored: the page as it would look, and what differs from now."""
    article = article_for(request, object_id, "view")
    shown = get_object_or_404(article.revisions.select_related("author"), number=number)
    head = article.head or shown
    before = article.revisions.filter(number__lt=number).first()
    is_against_previous = request.GET.get("against") == "previous" or shown.pk == head.pk
    other = before if is_against_previous else head
    old, new = (other, shown) if is_against_previous else (shown, other)
    context = {
        "shown": shown,
        "before": before,
        "is_head": shown.pk == head.pk,
        "is_against_previous": is_against_previous,
        "rows": diff.text_rows(old.text if old else "", new.text if new else ""),
        "fields": diff.field_rows(old.front_matter if old else {}, new.front_matter if new else {}),
    }
    return article_page(request, article, "revision", f"Revision {number}", context)


@require_POST
def restore_revision(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """Make an old state the newest one; what it replaces stays in the history."""
    article = article_for(request, object_id, "edit")
    chosen = get_object_or_404(article.revisions, number=number)
    expected = request.POST.get("head", "")
    head = int(expected) if expected.isdecimal() and len(expected) < 19 else 0
    try:
        made = restore(chosen, by=actor(request), expected_head=head)
    except StaleRevision:
        messages.error(request, "Somebody saved this article meanwhile. Look at the newest version first.")
        return redirect("admin:articles_article_revision", article.pk, number)
    messages.success(
        request,
        f"Revision {number} is the working copy again, as revision {made.number}. Readers see no change yet.",
    )
    return redirect("admin:articles_article_change", article.pk)


@require_GET
def edition(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    article = article_for(request, object_id, "view")
    shown = get_object_or_404(article.editions.select_related("created_by", "revision"), number=number)
    live = article.editions.live().first()
    context = {
        "shown": shown,
        "live": live,
        "is_live": live is not None and live.pk == shown.pk,
        "rows": diff.text_rows(shown.source_text, live.source_text) if live and live.pk != shown.pk else [],
    }
    return article_page(request, article, "edition", f"Edition {number}", context)


@framed
@require_GET
def revision_frame(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    article = article_for(request, object_id, "view")
    shown: Revision = get_object_or_404(article.revisions, number=number)
    page = compiled(article, shown.text, shown.front_matter)
    return render(request, "articles/admin/preview_frame.html", {"page": page})


@framed
@require_GET
def edition_frame(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    article = article_for(request, object_id, "view")
    shown: Edition = get_object_or_404(article.editions, number=number)
    page = {"title": shown.title, "description": shown.description, "document": Document(shown.html)}
    return render(request, "articles/admin/preview_frame.html", {"page": page})
