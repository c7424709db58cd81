"""The counted redirect, /go/<slug>/ and /go/<slug>/<placement>/. It looks at no cookie and no query string."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from affiliates import responses
from affiliates.clicks.classify import Verdict, classify, device_of, looks_ahead
from affiliates.clicks.conditions import Reader, draw, reader_of
from affiliates.clicks.country import country_of, language_of
from affiliates.clicks.destinations import (
    Destination,
    article_to_return_to,
    find_destination,
    replacement_of,
    was_used,
)
from affiliates.clicks.record import Drop, Hit, count
from affiliates.clicks.visitors import day_visitor, objects_to_recognition, referrer_host
from affiliates.markup.placements import SELF
from affiliates.models import AffiliateLink, Channel, ClickClass
from affiliates.subids import new_click_token

log = structlog.get_logger("chelate.clicks")


@responses.answers("GET, HEAD")
def go(request: HttpRequest, slug: str, public_id: str = "") -> HttpResponse:
    """Send the reader on and count the click."""
    destination = find_destination(slug, public_id) if is_canonical(request) else None
    if destination is None:
        is_past = is_canonical(request) and was_used(slug)
        return responses.ended(request, None) if is_past else responses.missing(request)
    if destination.is_direct or destination.status == AffiliateLink.Status.DRAFT:
        return responses.missing(request)
    if ahead := looks_ahead(request.META):
        if request.method == "GET":
            count(Drop(timezone.now().date(), ahead.reason, destination.link_id))
        return responses.empty(503)
    return _send(request, destination, public_id)


@responses.answers("GET, HEAD")
def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    return responses.missing(request)


def is_canonical(request: HttpRequest) -> bool:
    """Refuse percent-encoded spellings, where the server tells (gunicorn and uWSGI do, granian does not)."""
    raw = request.META.get("RAW_URI") or request.META.get("REQUEST_URI") or ""
    return "%" not in str(raw).partition("?")[0]


def _send(request: HttpRequest, destination: Destination, public_id: str) -> HttpResponse:
    now = timezone.now()
    reader = reader_of(request) if destination.depends_on_reader else Reader()
    is_live = destination.is_live(now)
    aims = destination.meant_for(reader, now) if is_live else []
    safe = destination.safe(aims)
    if not safe and (aims or (is_live and not destination.aims)):
        log.error("unsafe_target", link=destination.slug)
        return responses.empty(503)
    is_self = public_id == SELF
    verdict = Verdict(ClickClass.SELF, "preview_link") if is_self else classify(request.META)
    target = draw(safe) if safe else None
    token = _token(request, destination, verdict) if target else ""
    location = destination.location_of(target, token) if target else _instead(destination)
    if not location:
        article = article_to_return_to(destination.link_id, public_id)
        return responses.ended(request, article, replacement_of(destination))
    if request.method == "GET":
        count(
            make_hit(
                request,
                verdict,
                channel=Channel.REDIRECT,
                link_id=destination.link_id,
                target_id=target.id if target else None,
                placement_id=destination.placement_id,
                note=_note(destination, public_id, has_target=target is not None),
                click_token=token,
            )
        )
    return responses.redirect_to(location)


def _token(request: HttpRequest, destination: Destination, verdict: Verdict) -> str:
    """Return a number for this click where the publisher wants that, "" for bots and for whoever objects."""
    wanted = destination.can_tell_clicks and verdict.click_class == ClickClass.HUMAN
    return "" if not wanted or objects_to_recognition(request.META) else new_click_token()


def _instead(destination: Destination) -> str:
    """Return where readers go of a link that has ended. What was recalled names its replacement openly."""
    if destination.status == AffiliateLink.Status.RECALLED and destination.replacement_id:
        return ""
    return destination.fallback()


def _note(destination: Destination, public_id: str, *, has_target: bool) -> str:
    """Say what is special about an ordinary click."""
    if not has_target:
        return "fallback"
    is_unknown = public_id not in ("", SELF) and destination.placement_id is None
    return "unknown_placement" if is_unknown else ""


def make_hit(
    request: HttpRequest,
    verdict: Verdict,
    *,
    channel: str,
    link_id: int,
    target_id: int | None,
    placement_id: int | None,
    note: str = "",
    click_token: str = "",
) -> Hit:
    """Reduce a request to what may be kept of it. Only people are recognised within a day."""
    now = timezone.now().replace(microsecond=0)
    meta = request.META
    return Hit(
        time=now,
        link_id=link_id,
        target_id=target_id,
        placement_id=placement_id,
        click_class=verdict.click_class,
        reason=verdict.reason or note,
        channel=channel,
        day_visitor=day_visitor(meta, now) if verdict.click_class == ClickClass.HUMAN else None,
        referrer_host=referrer_host(meta),
        device=device_of(meta.get("HTTP_USER_AGENT", "")),
        country=country_of(request),
        language=language_of(request),
        click_token=click_token or None,
    )
