"""The pages on which an article is begun and written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles.admin import diff, parts, review
from articles.admin.access import access_to, article_for
from articles.admin.badges import state_badge
from articles.admin.pages import actor, article_page, posted, who_was_faster
from articles.admin.toolbar import toolbar
from articles.admin.working_copy import WorkingCopy, compiled
from articles.compile import source_of
from articles.forms import NewArticleForm
from articles.models import Article, Edition, Revision
from articles.preview import preview_url
from articles.revisions import StaleRevision, save_revision

DETAILS: Sequence[tuple[str, Sequence[str]]] = (
    ("Page", ("slug", "description", "image")),
    ("People", ("authors", "reviewed_by", "reviewed_on")),
    ("Where it belongs", ("topic", "tags", "recommended")),
    ("Special cases", ("jurisdictions", "language", "canonical_url")),
)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask for a title, make the draft, go on to the editor: from then on every word is saved."""
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    form = NewArticleForm(posted(request))
    if form.is_valid():
        article = begin(form.cleaned_data["title"], form.free_slug(), actor(request))
        return redirect("admin:articles_article_change", article.pk)
    context = {**site.each_context(request), "opts": Article._meta, "form": form, "title": "New article"}
    return render(request, "articles/admin/add.html", context)


def begin(title: str, slug: str, owner: Any) -> Article:
    """Make a draft with a first, empty revision; its owner's byline is on it if there is one."""
    with transaction.atomic():
        article = Article.objects.create(title=title, slug=slug, owner=owner)
        front_matter: dict[str, Any] = {"title": title, "slug": slug}
        if byline := getattr(owner, "author_profile", None):
            front_matter["authors"] = [byline.slug]
        save_revision(article, text="", front_matter=front_matter, author=owner)
    return article


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, object_id: str) -> HttpResponse:
    """Write, or only read for those who may not."""
    article = article_for(request, object_id, "view")
    if not access_to(request.user, article).edit:
        if request.method == "POST":
            raise PermissionDenied
        return read(request, article)
    copy = WorkingCopy(article, posted(request))
    if copy.is_valid():
        try:
            revision = copy.save(request)
        except StaleRevision as stale:
            return conflict(request, copy, stale.current)
        if "_publish" in request.POST:
            return redirect("admin:articles_article_publish", article.pk)
        messages.success(request, f"Saved as revision {revision.number}.")
        return redirect("admin:articles_article_change", article.pk)
    return write(request, copy)


def write(request: HttpRequest, copy: WorkingCopy, status: int = 200, **extra: Any) -> HttpResponse:
    """Render the editor."""
    article, head = copy.article, copy.article.head
    live, scheduled = shown_to_readers(article)
    errors = copy.errors if copy.form.is_bound else {}
    context = {
        "form": copy.form,
        "panels": copy.panels,
        "details": [(title, [copy.form[name] for name in names]) for title, names in DETAILS],
        "errors": [name for _, names in DETAILS for name in names if name in errors],
        "toolbar": toolbar(),
        "live": live,
        "scheduled": scheduled,
        "badge": badge(article, live, scheduled),
        "last_step": review.last_step(article),
        "side": parts.side_html(source_of(article), live, request),
        "preview_url": preview_url(head) if head else "",
        **extra,
    }
    return article_page(request, article, "change", article.title, context, status)


def conflict(request: HttpRequest, copy: WorkingCopy, current: Revision | None) -> HttpResponse:
    """Show both texts. The editor's own is still in the form; saving again puts it on top, and theirs stays below."""
    theirs = current.text if current else ""
    extra = {
        "theirs": current,
        "faster": who_was_faster(request, current),
        "rows": diff.text_rows(theirs, copy.text),
        "fields": diff.field_rows(current.front_matter if current else {}, copy.front_matter),
    }
    data = copy.data.copy() if copy.data is not None else None
    if data is not None and current is not None:
        data["expected_head"] = str(current.pk)
    return write(request, WorkingCopy(copy.article, data), 409, **extra)


def read(request: HttpRequest, article: Article) -> HttpResponse:
    """Render the article for a reviewer: the page as readers would get it, the findings, and what to do next."""
    head = article.head
    live, scheduled = shown_to_readers(article)
    context = {
        "page": compiled(article, head.text if head else "", head.front_matter if head else {}),
        "live": live,
        "scheduled": scheduled,
        "badge": badge(article, live, scheduled),
        "last_step": review.last_step(article),
        "preview_url": preview_url(head) if head else "",
    }
    return article_page(request, article, "read", article.title, context)


def shown_to_readers(article: Article) -> tuple[Edition | None, Edition | None]:
    """Return the live edition and the next scheduled one, in one query."""
    now = timezone.now()
    editions = list(article.editions.live_or_scheduled().for_cards().order_by("live_from"))
    live = next((edition for edition in editions if edition.live_from <= now), None)
    return live, next((edition for edition in editions if edition.live_from > now), None)


def badge(article: Article, live: Edition | None, scheduled: Edition | None) -> str:
    return state_badge(
        article,
        is_live=live is not None and live.revision_id == article.head_id,
        is_scheduled=scheduled is not None and scheduled.revision_id == article.head_id,
    )
