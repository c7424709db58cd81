"""Marks browsers that have logged somebody in, and asks for the second factor where the site requires it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from cms.logins import device, factor
from cms.security import ADMIN_PREFIX

OPEN = ("second_factor", "admin:logout", "admin:login", "admin:password_change", "admin:password_change_done")


def guarded_logins(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ADMIN_PREFIX):
            return get_response(request)
        if settings.SECOND_FACTOR == "required" and _lacks_one(request):
            return HttpResponseRedirect(reverse("second_factor"))
        response = get_response(request)
        device.remember(request, response)
        return response

    return middleware


def _lacks_one(request: HttpRequest) -> bool:
    user: Any = request.user
    if not user.is_authenticated or request.path_info in {reverse(name) for name in OPEN}:
        return False
    return not factor.is_on(user)  # asked every time: a reset must be felt at once, in every browser
