"""Publish, schedule, withdraw, roll back: each page says what will happen, then calls the service that does it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from articles import publishing
from articles.admin.access import access_to, article_for
from articles.admin.pages import actor, article_page, posted
from articles.admin.publish_forms import PublishForm, ReasonForm, RollbackForm
from articles.admin.working_copy import Compiled, compiled
from articles.models import Article, Edition
from articles.publishing import PublishRefused, SlugTaken
from articles.revisions import StaleRevision
from cms.contracts import Finding

CHANGED = "The article was saved after this page was opened. Look at the checks again before you publish."


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, object_id: str) -> HttpResponse:
    """Show what stands in the way, then publish now or at a set time."""
    article = article_for(request, object_id, "publish")
    editions = list(article.editions.live_or_scheduled().for_cards().order_by("live_from"))
    live = next((edition for edition in editions if edition.live_from <= timezone.now()), None)
    form = PublishForm(
        posted(request),
        initial={"head": article.head_id},
        may_override=access_to(request.user, article).override,
        has_live=live is not None,
    )
    if form.is_valid() and (edition := _try_to_publish(request, article, form)):
        _say_published(request, edition)
        return redirect("admin:articles_article_change", article.pk)
    context = {
        "form": form,
        "page": _checked(article),
        "passed": article.overrides.filter(withdrawn_at__isnull=True),
        "live": live,
        "scheduled": [edition for edition in editions if edition.live_from > timezone.now()],
        "zone": timezone.get_current_timezone_name(),
        "now": timezone.localtime(),
    }
    return article_page(request, article, "publish", "Publish", context)


def _checked(article: Article) -> Compiled:
    head = article.head
    return compiled(article, head.text if head else "", head.front_matter if head else {})


def _try_to_publish(request: HttpRequest, article: Article, form: PublishForm) -> Edition | None:
    """Call the service; what it refuses becomes words on the form."""
    data = form.cleaned_data
    if data["head"] != article.head_id:
        form.add_error(None, CHANGED)
        form.data = {**form.data.dict(), "head": str(article.head_id)}  # type: ignore[attr-defined]  # the bound data of a posted form
        return None
    try:
        return publishing.publish(
            article,
            by=actor(request),
            at=data.get("moment"),
            reason=data["reason"],
            override=data.get("override", ""),
            substantive=data.get("is_substantive", True),
        )
    except PublishRefused as refused:
        form.add_error(
            None, _refusal(refused.findings, refused.can_be_overridden and "override" in form.fields)
        )
    except StaleRevision:
        form.add_error(None, CHANGED)
    except SlugTaken as taken:
        form.add_error(None, str(taken))
    return None


def _refusal(findings: Sequence[Finding], can_be_overridden: bool) -> str:
    count = len(findings)
    what = "One error stands" if count == 1 else f"{count} errors stand"
    return f"{what} in the way. Correct the text" + (
        ", or give a reason below." if can_be_overridden else "."
    )


def _say_published(request: HttpRequest, edition: Edition) -> None:
    url = edition.get_absolute_url()
    if edition.live_from > timezone.now():
        moment = date_format(timezone.localtime(edition.live_from), "j F Y, H:i")
        zone = timezone.get_current_timezone_name()
        said = format_html("“{}” goes live on {} ({}), at {}.", edition.title, moment, zone, url)
    else:
        said = format_html('“{}” is live: <a href="{}">{}</a>', edition.title, url, url)
    messages.success(request, said)


@require_http_methods(["GET", "POST"])
def unpublish(request: HttpRequest, object_id: str) -> HttpResponse:
    article = article_for(request, object_id, "publish")
    editions = list(article.editions.live_or_scheduled().for_cards())
    form = ReasonForm(posted(request))
    if form.is_valid():
        publishing.unpublish(article, by=actor(request), reason=form.cleaned_data["reason"])
        messages.success(request, "Readers no longer see the article. Its text and history are all here.")
        return redirect("admin:articles_article_change", article.pk)
    return article_page(
        request,
        article,
        "unpublish",
        "Unpublish",
        {"form": form, "editions": editions, "now": timezone.now()},
    )


@require_POST
def cancel_schedule(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    article = article_for(request, object_id, "publish")
    edition = get_object_or_404(article.editions, number=number)
    try:
        publishing.cancel_schedule(edition, by=actor(request))
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The schedule is cancelled. Readers go on seeing what they see now.")
    return redirect("admin:articles_article_publish", article.pk)


@require_http_methods(["GET", "POST"])
def rollback(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """Show readers an earlier edition again. The working copy stays as it is."""
    article = article_for(request, object_id, "publish")
    edition = get_object_or_404(article.editions.select_related("revision"), number=number)
    page = compiled(article, edition.revision.text, edition.revision.front_matter)
    form = RollbackForm(posted(request), may_override=access_to(request.user, article).override)
    if form.is_valid():
        reason, override = form.cleaned_data["reason"], form.cleaned_data.get("override", "")
        try:
            made = publishing.rollback(edition, by=actor(request), reason=reason, override=override)
        except PublishRefused as refused:
            form.add_error(
                None, _refusal(refused.findings, refused.can_be_overridden and "override" in form.fields)
            )
        except SlugTaken as taken:
            form.add_error(None, str(taken))
        else:
            _say_published(request, made)
            return redirect("admin:articles_article_history", article.pk)
    return article_page(
        request, article, "rollback", "Roll back", {"form": form, "edition": edition, "page": page}
    )
