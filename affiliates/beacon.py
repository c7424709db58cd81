"""POST /go/beacon/: a click on a link that leads straight to a shop. The body is the id of a placement."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from affiliates import responses
from affiliates.clicks.classify import classify
from affiliates.clicks.destinations import find_direct
from affiliates.clicks.record import Drop, count
from affiliates.markup.placements import SELF
from affiliates.models import Channel
from affiliates.subids import PUBLIC_ID
from affiliates.views import make_hit

MAX_BODY_BYTES = 256


@responses.answers("POST")
def beacon(request: HttpRequest) -> HttpResponse:
    """Count the click of a known placement of a direct link; drop anything else with a reason."""
    body, refusal = read_body(request)
    if refusal:
        return refusal
    if body == SELF:
        return drop("preview_link", 204)
    found = find_direct(body) if re.fullmatch(PUBLIC_ID, body) else None
    if found is None:
        return drop("unknown_placement", 204)
    placement, target_id = found
    verdict = classify(request.META, is_navigation=False)
    count(
        make_hit(
            request,
            verdict,
            channel=Channel.BEACON,
            link_id=placement.link_id,
            target_id=target_id,
            placement_id=placement.pk,
        )
    )
    return responses.empty(204)


def is_same_origin(request: HttpRequest) -> bool:
    """Trust Sec-Fetch-Site, which no page can forge; older browsers send Origin. With neither it is not ours."""
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return bool(site == "same-origin")
    origin = request.META.get("HTTP_ORIGIN", "")
    return origin in (settings.SITE_URL, f"{request.scheme}://{request.get_host()}")


def read_body(request: HttpRequest) -> tuple[str, HttpResponse | None]:
    """Return what our own script has sent, or the answer to anybody else. Reads no more than the limit."""
    if not is_same_origin(request):
        return "", drop("foreign_origin", 403)
    if request.content_type != "text/plain":
        return "", drop("content_type", 415)
    data = request.read(MAX_BODY_BYTES + 1)
    if len(data) > MAX_BODY_BYTES:
        return "", drop("too_large", 413)
    return data.decode("ascii", "replace").strip(), None


def drop(reason: str, status: int) -> HttpResponse:
    """Count a request that is not taken, by reason."""
    count(Drop(timezone.now().date(), reason))
    return responses.empty(status)
