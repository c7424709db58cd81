"""Answers under /go/: none is stored, indexed, sets a cookie or hides which site a click came from."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.common import no_append_slash
from django.views.decorators.csrf import csrf_exempt

from affiliates.models import AffiliateLink
from articles.models import Edition

SILENT = "default-src 'none'"
PAGE = f"{SILENT}; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
View = Callable[..., HttpResponse]


def answers(allow: str) -> Callable[[View], View]:
    """Make a view answer the methods in `allow` ("GET, HEAD"), OPTIONS with 204 and anything else with 405.

    No token is asked for: a wrong method must be told 405, and a beacon checks its origin. An address without its
    slash is another address: no redirect chains of our own.
    """
    methods = allow.split(", ")

    def decorate(view: View) -> View:
        @csrf_exempt
        @no_append_slash
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # Django would answer a damaged csrftoken cookie of the visitor's with a new one.
            request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
            if request.method == "OPTIONS":
                return empty(204, allow)
            if request.method not in methods:
                return empty(405, allow)
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def finish(response: HttpResponse, policy: str = SILENT) -> HttpResponse:
    """Set the headers that every answer under /go/ carries."""
    headers = response.headers
    headers["Cache-Control"] = "no-store"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["X-Robots-Tag"] = "noindex, nofollow"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = policy
    return response


def redirect_to(location: str) -> HttpResponse:
    """Answer 302, never 301: browsers keep a 301 for ever, and its clicks are never seen again."""
    address = escape(location)
    body = f'<!doctype html><title>Redirect</title><p><a href="{address}" rel="nofollow">Continue to the shop</a></p>'
    return finish(HttpResponse(body, status=302, headers={"Location": location}))


def empty(status: int, allow: str = "") -> HttpResponse:
    response = HttpResponse(status=status)
    if allow:
        response.headers["Allow"] = allow
    return finish(response)


def missing(request: HttpRequest) -> HttpResponse:
    return finish(render(request, "affiliates/missing.html", _page(), status=404), PAGE)


def ended(
    request: HttpRequest, article: Edition | None, replacement: AffiliateLink | None = None
) -> HttpResponse:
    """Answer 410: the offer has ended. Names the article to go back to, and what stands in for it, if anything does."""
    context = {**_page(), "article": article, "replacement": replacement}
    if replacement is not None:
        is_direct = replacement.routing == replacement.network.Routing.DIRECT
        context["replacement_url"] = (
            replacement.target_url if is_direct else reverse("affiliates:go", args=[replacement.slug])
        )
    return finish(render(request, "affiliates/ended.html", context, status=410), PAGE)


def _page() -> dict[str, object]:
    return {"site": {"name": settings.SITE_NAME, "language": settings.SITE_LANGUAGE}}
