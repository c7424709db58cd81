"""The first page after the login: what needs this person, and the shortest ways on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, Edition, Pin
from cms import plugins
from cms.contracts import SlotContext

SHOWN = 6
ERROR_MARK = '"severity": "error"'  # as both databases write the findings of an edition


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: where it leads, and a note on the right."""

    title: str
    url: str
    note: Any = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A list of what waits. `more` leads to all of them when there are more than shown."""

    id: str
    title: str
    items: Sequence[Item]
    hint: str = ""
    more: str = ""
    tone: str = ""


def context(request: HttpRequest, shared: dict[str, Any]) -> dict[str, Any]:
    """Called by Unfold for the index page (UNFOLD["DASHBOARD_CALLBACK"])."""
    user = request.user
    if not user.has_perm("articles.view_article"):
        return {**shared, "sections": [], "panels": slot_panels(request), "counts": None}
    counts = Article.objects.aggregate(all=Count("pk"), mine=Count("pk", filter=Q(owner=user.pk)))
    sections = [section for section in _sections(user) if section.items] if counts["all"] else []
    return {
        **shared,
        "title": date_format(timezone.localdate(), "l, j F"),
        "is_empty": counts["all"] == 0,
        "may_write": user.has_perm("articles.add_article"),
        "may_upload": user.has_perm("articles.add_image"),
        "counts": counts,
        "sections": sections,
        "recent": _published() if counts["all"] else [],
        "panels": slot_panels(request),
    }


def slot_panels(request: HttpRequest) -> list[str]:
    """Render the slot `admin_dashboard`; a failing item is logged and left out."""
    slots = plugins.registry().slots("admin_dashboard")
    found = [plugins.guarded("slot", slot.render, SlotContext(request=request), default="") for slot in slots]
    return [html for html in found if html]


def _sections(user: Any) -> list[Section]:
    publishes = user.has_perm("articles.publish_article")
    sections = [
        _articles(
            "drafts", "Your drafts", {"owner": user.pk, "state": "draft"}, "mine=yes&state__exact=draft"
        )
    ]
    if user.has_perm("articles.review_article"):
        sections.insert(
            0, _articles("review", "Waiting for review", {"state": "in_review"}, "state__exact=in_review")
        )
    else:
        in_review = {"owner": user.pk, "state": "in_review"}
        sections.append(_articles("review", "In review", in_review, "mine=yes&state__exact=in_review"))
    if publishes:
        sections = [
            _broken(),
            _articles("ready", "Ready to publish", {"state": "ready"}, "state__exact=ready&readers=never"),
            *sections,
            _scheduled(),
            _pins(),
        ]
    return sections


def _articles(name: str, title: str, wanted: dict[str, Any], query: str) -> Section:
    out = Edition.objects.live_or_scheduled().filter(revision=OuterRef("head"))
    found = list(
        Article.objects.filter(**wanted).exclude(Exists(out)).only("title", "updated_at")[: SHOWN + 1]
    )
    items = [Item(article.title, _url(article.pk), article.updated_at) for article in found[:SHOWN]]
    more = f"{reverse('admin:articles_article_changelist')}?{query}" if len(found) > SHOWN else ""
    return Section(name, title, items, more=more)


def _broken() -> Section:
    """Pages that readers see although a check now says no: a source was retracted, a link was withdrawn."""
    live = (
        Edition.objects.live()
        .annotate(found=Cast("findings", TextField()))
        .filter(found__contains=ERROR_MARK)
    )
    items = [
        Item(
            edition.title,
            reverse("admin:articles_article_publish", args=[edition.article_id]),
            "live with errors",
        )
        for edition in live.only("title", "article_id")[:SHOWN]
    ]
    hint = "Readers see these pages, but a check has found an error in them."
    return Section("errors", "Errors on live pages", items, hint, tone="bad")


def _scheduled() -> Section:
    upcoming = Edition.objects.live_or_scheduled().filter(live_from__gt=timezone.now()).order_by("live_from")
    items = [Item(e.title, _url(e.article_id), e.live_from) for e in upcoming.for_cards()[:SHOWN]]
    return Section("scheduled", "Scheduled", items)


def _pins() -> Section:
    waiting = Pin.objects.filter(target=None).select_related("source").order_by("-pk")[:SHOWN]
    items = [Item(pin.wanted, _url(pin.source_id), f"wanted by “{pin.source.title}”") for pin in waiting]
    hint = "Recommended under an article, but no article has this title or address yet."
    return Section("pins", "Recommendations that wait for an article", items, hint)


def _published() -> list[Item]:
    latest = Edition.objects.live().for_cards().order_by("-live_from", "-pk")[:SHOWN]
    return [Item(edition.title, _url(edition.article_id), edition.live_from) for edition in latest]


def _url(article_id: int) -> str:
    return reverse("admin:articles_article_change", args=[article_id])
