"""Branding and layout of the admin (django-unfold's UNFOLD setting). The colours are those of the site's tokens.css."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy

# Malachite for what can be done, grey-green for everything else; cinnabar stays the colour of errors.
PRIMARY = {
    "50": "#eaf5f0", "100": "#d0e9df", "200": "#a4d5c4", "300": "#7cc9b2", "400": "#54b79b", "500": "#3fae90",
    "600": "#0b5d4e", "700": "#094d41", "800": "#073e34", "900": "#052d26", "950": "#031b17",
}  # fmt: skip
BASE = {
    "50": "#f4f6f4", "100": "#ebefec", "200": "#d9e0db", "300": "#bcc7c1", "400": "#94a29b", "500": "#5d6c65",
    "600": "#414e49", "700": "#2f3b37", "800": "#222c28", "900": "#141b19", "950": "#0c110f",
}  # fmt: skip

# The style sheets of every page, in articles/static/articles/admin/.
SHEETS = ("admin", "marks", "shell", "lists", "dashboard")


def unfold(site_name: str) -> dict[str, Any]:
    return {
        "SITE_TITLE": site_name,
        "SITE_HEADER": site_name,
        "SITE_URL": "/",
        "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _static("cms/favicon.svg")}],
        "SHOW_HISTORY": True,
        "SHOW_VIEW_ON_SITE": True,
        "BORDER_RADIUS": "3px",
        "COLORS": {"primary": PRIMARY, "base": BASE},
        "STYLES": [_static(f"articles/admin/{name}.css") for name in SHEETS],
        "DASHBOARD_CALLBACK": "articles.admin.dashboard.context",
        "LOGIN": {"form": "cms.logins.form.StaffLoginForm"},
        "ACCOUNT": {
            "navigation": [
                {"title": "Change password", "link": reverse_lazy("admin:password_change")},
                {"title": "Second factor", "link": reverse_lazy("second_factor")},
            ]
        },
        "SIDEBAR": {"navigation": "articles.admin.navigation.sidebar"},
    }


def _static(path: str) -> Callable[[HttpRequest], str]:
    """Unfold calls it for each page; settings are too early to ask for the address of a file."""
    return lambda request: static(path)
