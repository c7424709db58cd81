"""Pages that show what somebody else wrote, inside the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

# No script at all, no form, nothing from other sites: a hostile draft must not reach the editor who opens it.
POLICY: dict[str, Any] = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-same-origin"],  # so that the editor's own script may put the text in
}


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let our own pages frame this view, and let nothing in it run."""
    # django-csp's types know views without arguments only.
    return cast("Callable[..., HttpResponse]", xframe_options_sameorigin(csp_replace(POLICY)(view)))
