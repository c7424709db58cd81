"""Where a person sets up the second factor, and an owner takes away that of somebody who has lost the phone."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.logins import factor, guard
from cms.logins.form import WAIT

WRONG = "That code is not right. Look at the clock of your phone, wait for the next code, and type it."
OWN = "Your own asks for a code, or for another owner. Without either: manage.py reset_second_factor."
RESET = "Took away the second factor."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show the state, set up, print new recovery codes, turn off. What takes something away asks for a code first."""
    shown: dict[str, Any] = {}
    if request.method == "POST":
        steps = {"begin": _begin, "confirm": _confirm, "codes": _new_codes, "off": _turn_off}
        step = steps.get(request.POST.get("do", ""))
        shown = step(request) if step else {}
        if shown.pop("is_done", False):
            return HttpResponseRedirect(reverse("second_factor"))
    return render(request, "cms/second_factor.html", {**_context(request), **shown})


@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factor of somebody who cannot log in. For owners."""
    if not _is_owner(request):
        raise PermissionDenied
    user = get_object_or_404(get_user_model(), pk=pk)
    owner: Any = request.user
    if user == owner and factor.is_on(owner):  # an open screen would be enough
        messages.error(request, OWN)
    elif factor.turn_off(user):
        LogEntry.objects.log_actions(owner.pk, [user], CHANGE, RESET, single_object=True)
        messages.success(request, f"{user.get_username()} logs in with the password alone now.")
    return HttpResponseRedirect(reverse("second_factor"))


def _begin(request: HttpRequest) -> dict[str, Any]:
    if not factor.is_on(request.user):
        factor.begin(request.user)
    return {"is_done": True}


def _confirm(request: HttpRequest) -> dict[str, Any]:
    if error := _wait(request):
        return {"error": error}
    codes = factor.confirm(request.user, request.POST.get("code", ""))
    if not codes:
        return {"error": WRONG}
    guard.forgive(_bucket(request))
    return {"codes": codes, "is_new": True}


def _new_codes(request: HttpRequest) -> dict[str, Any]:
    return _checked(request) or {"codes": factor.new_recovery_codes(request.user)}


def _turn_off(request: HttpRequest) -> dict[str, Any]:
    if settings.SECOND_FACTOR == "required":
        raise PermissionDenied
    if refused := _checked(request):
        return refused
    factor.turn_off(request.user)
    messages.success(request, "The second factor is off. Your password alone lets you in.")
    return {"is_done": True}


def _checked(request: HttpRequest) -> dict[str, Any]:
    """Return what to show instead if the code is wrong: whoever finds an open screen must not take it away."""
    if error := _wait(request):
        return {"error": error}
    if not factor.verify(request.user, request.POST.get("code", "")):
        return {"error": WRONG}
    guard.forgive(_bucket(request))
    return {}


def _wait(request: HttpRequest) -> str:
    try:
        guard.admit(_bucket(request))
    except guard.TooSoon as soon:
        return WAIT.format(minutes=soon.minutes, s="" if soon.minutes == 1 else "s")
    return ""


def _bucket(request: HttpRequest) -> str:
    return f"code:{request.user.pk}"


def _context(request: HttpRequest) -> dict[str, Any]:
    is_on = factor.is_on(request.user)
    context = {
        **site.each_context(request),
        "title": "Second factor",
        "is_on": is_on,
        "is_required": settings.SECOND_FACTOR == "required",
        "codes_left": factor.codes_left(request.user) if is_on else 0,
        "people": _people() if _is_owner(request) else None,
    }
    if not is_on and (device := factor.begun(request.user)):
        context["secret"] = _in_fours(device.config_url)
        context["picture"] = _picture(device.config_url)
    return context


def _people() -> list[Any]:
    """Return everybody who may log in, with whether they have a second factor. Two queries."""
    users = get_user_model()._default_manager.filter(is_active=True, is_staff=True).order_by("username")
    having = factor.having()
    return [{"user": user, "has_one": user.pk in having} for user in users]


def _is_owner(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _in_fours(config_url: str) -> str:
    secret = config_url.partition("secret=")[2].partition("&")[0].rstrip("=")
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _picture(config_url: str) -> SafeString:
    """Return the QR code as SVG, made by segno from a quoted address."""
    return SafeString(
        segno.make(config_url, error="m").svg_inline(scale=5, border=2, lineclass=None, svgclass="qr")
    )
