"""The page of one link's health, and the small things that can be done there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from affiliates.counts import DAYS, ROUTING, clicks_in_words, with_clicks
from affiliates.health.classify import host_of
from affiliates.health.plan import expectation
from affiliates.health.run import make_due
from affiliates.health.tasks import OFF, check_links
from affiliates.models import CheckRun, LinkHealth, Placement
from affiliates.services import check_address
from affiliates.targets import TargetError

CHECKS_SHOWN = 30
PLACES_SHOWN = 100
REPLACEMENTS_SHOWN = 10


def allow(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def health_for(target_id: str | int) -> LinkHealth:
    """Return the state of one target with its link. Raises Http404."""
    found = LinkHealth.objects.with_link().select_related("accepted_by")
    key = str(target_id)
    health = found.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if health is None:
        raise Http404("There is no such link.")
    return health


def health_page(
    request: HttpRequest,
    health: LinkHealth,
    name: str,
    title: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Render affiliates/admin/<name>.html inside the admin."""
    shared = {
        **site.each_context(request),
        "opts": LinkHealth._meta,
        "health": health,
        "link": health.target.link,
        "title": title,
        "may_check": request.user.has_perm("affiliates.change_linkhealth"),
        "may_change": request.user.has_perm("affiliates.change_affiliatelink"),
    }
    return render(request, f"affiliates/admin/{name}.html", {**shared, **context}, status=status)


def detail(request: HttpRequest, target_id: str) -> HttpResponse:
    allow(request, "affiliates.view_linkhealth")
    health = health_for(target_id)
    link, expected = health.target.link, expectation(health.target)
    places = (
        Placement.objects.filter(link=link).select_related("article", *ROUTING).order_by("-is_active", "pk")
    )
    replacements = link.replacements.select_related("new_link", "by", "undone_by")
    context = {
        "checks": list(health.target.checks.all()[:CHECKS_SHOWN]),
        "places": [
            (place, *clicks_in_words(place)) for place in with_clicks(places, "placement")[:PLACES_SHOWN]
        ],
        "days": DAYS,
        "replacements": list(replacements[:REPLACEMENTS_SHOWN]),
        "merchants": expected.merchant_hosts,
        "asked_host": host_of(expected.asked),
        "asks_shop": host_of(expected.asked) != host_of(health.target.url),
        "run": CheckRun.objects.filter(is_running=True).first(),
        "move": _move(health),
    }
    return health_page(request, health, "health_detail", link.title, context)


def _move(health: LinkHealth) -> dict[str, Any] | None:
    """Return where the shop has moved the page, and whether the link may lead there."""
    target = health.target
    if not health.moved_to or not target.is_active:
        return None
    try:
        checked = check_address(
            health.moved_to, target.link.network, target.link.program, allow_http=target.allows_http
        )
    except TargetError as error:
        return {"url": health.moved_to, "refused": str(error)}
    return {"url": health.moved_to, "warnings": checked.warnings}


@require_POST
def check_now(request: HttpRequest, target_id: int) -> HttpResponse:
    allow(request, "affiliates.change_linkhealth")
    health = health_for(target_id)
    if settings.LINK_CHECKS:
        check_links.enqueue(target_id=health.pk)
        messages.info(request, "The worker asks this link next. Come back in a minute.")
    else:
        messages.warning(request, OFF)
    return redirect("admin:affiliates_linkhealth_change", health.pk)


@require_POST
def check_all(request: HttpRequest) -> HttpResponse:
    allow(request, "affiliates.change_linkhealth")
    if settings.LINK_CHECKS:
        count = make_due()
        check_links.enqueue()
        messages.info(request, f"{count} links are due now. The worker asks them one after the other.")
    else:
        messages.warning(request, OFF)
    return redirect(reverse("admin:affiliates_linkhealth_changelist"))


@require_POST
def accept(request: HttpRequest, target_id: int) -> HttpResponse:
    """Take a trouble as it stands, until it changes; a second time takes that back."""
    allow(request, "affiliates.change_linkhealth")
    health = health_for(target_id)
    if health.is_accepted:
        health.accepted_at, health.accepted_by = None, None
        messages.success(request, "It counts as trouble again.")
    elif health.is_trouble:
        health.accepted_at, health.accepted_by = timezone.now(), request.user  # type: ignore[assignment]  # behind the login it is a person
        health.accepted_state, health.accepted_host = health.state, health.final_host
        messages.success(request, "Accepted. You hear of it again when its state or its host changes.")
    health.save(update_fields=["accepted_at", "accepted_by", "accepted_state", "accepted_host"])
    return redirect("admin:affiliates_linkhealth_change", health.pk)
