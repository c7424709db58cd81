"""Middleware that keeps sessions and the relaxed policy of the admin away from readers.

A reader's page must set no cookie and must not vary by cookie (DESIGN section 8, rule 1). Outside STAFF_PREFIXES there
is no `request.session` and no `request.user`, so no template or plugin can start a session there by accident.
CSRF protection stays on everywhere. No cookie reaches a reader's page: Django would replace a damaged token.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

ADMIN_PREFIX = "/admin/"
STAFF_PREFIXES = (ADMIN_PREFIX, "/preview/")


class StaffOnly:
    """Mixin in front of a middleware class: run it for staff addresses only."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(STAFF_PREFIXES):
            return super().__call__(request)  # type: ignore[misc]  # a mixin: the class beside it has the method
        return self.get_response(request)


def hide_cookies(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Take the cookies from every request for a reader's page. Goes in front of whatever reads them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(STAFF_PREFIXES):
            request.COOKIES.clear()
        return get_response(request)

    return middleware


class StaffSessionMiddleware(StaffOnly, SessionMiddleware):
    pass


class StaffAuthenticationMiddleware(StaffOnly, AuthenticationMiddleware):
    pass


class StaffMessageMiddleware(StaffOnly, MessageMiddleware):
    pass


class PolicyMiddleware(CSPMiddleware):
    """The strict Content-Security-Policy for readers; the one that Unfold needs under /admin/ only."""

    _built: tuple[Any, str] = (None, "")

    def process_response(
        self, request: HttpRequest, response: HttpResponse | HttpResponseBase
    ) -> HttpResponseBase:
        """Leave alone what brings a policy of its own: to build one in vain was a tenth of a counted redirect.

        Build that of ordinary pages once: it is the same for all of them, and was a fifth of a page from memory.
        """
        if HEADER in response.headers:
            return response
        if not self._is_ordinary(request, response):
            return super().process_response(request, response)
        response.headers[HEADER] = self._ordinary_policy()
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]  # django-csp's attribute of a request
        return response

    def _is_ordinary(self, request: HttpRequest, response: HttpResponse | HttpResponseBase) -> bool:
        """Return whether nothing about this request or response asks for another policy."""
        return (
            not request.path_info.startswith(ADMIN_PREFIX)
            and not any(name.startswith("_csp") for name in vars(response))
            and "_csp_nonce" not in vars(request)
            and not settings.DEBUG
            and not getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
            and "EXCLUDE_URL_PREFIXES" not in settings.CONTENT_SECURITY_POLICY
        )

    def _ordinary_policy(self) -> str:
        config, policy = self._built
        if config is not settings.CONTENT_SECURITY_POLICY:
            config = settings.CONTENT_SECURITY_POLICY
            policy = str(build_policy())
            self._built = (config, policy)
        return policy

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse | HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(ADMIN_PREFIX) and parts.config is None:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
