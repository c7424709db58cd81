"""A signed cookie under /admin/login/ that says: in this browser, this person has logged in before."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import get_random_string

from cms.usernames import fold

COOKIE = "known_browser"
SALT = "cms.logins.device"
DAYS = 180
ENTERED = "entered_as"  # attribute of a request that has just logged somebody in


def bucket(request: HttpRequest | None, name: str) -> str:
    """Return what the tries of a name are counted by: the browser, if it is known for that name."""
    folded = fold(name)
    known = _read(request.COOKIES.get(COOKIE, "")) if request is not None else {}
    return f"browser:{known['id']}" if known.get("name") == folded else f"name:{folded}"


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Mark the browser if this request has logged somebody in."""
    name = getattr(request, ENTERED, "")
    if not name:
        return
    value = signing.dumps({"name": fold(name), "id": get_random_string(22)}, salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=DAYS * 86_400,
        path=reverse("admin:login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(value: str) -> dict[str, Any]:
    try:
        found = signing.loads(value, salt=SALT, max_age=DAYS * 86_400) if value else {}
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}
