"""Branding and layout of the admin (django-unfold's UNFOLD setting)."""

from __future__ import annotations

from typing import Any


def unfold(site_name: str) -> dict[str, Any]:
    return {
        "SITE_TITLE": site_name,
        "SITE_HEADER": site_name,
        "SITE_URL": "/",
        "SHOW_HISTORY": True,
        "SHOW_VIEW_ON_SITE": True,
    }
