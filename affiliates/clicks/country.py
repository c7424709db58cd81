"""Where a visitor is and what language the browser asks for: from headers of the request, never from an address."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest

NOWHERE = frozenset({"XX", "ZZ"})  # what proxies say when they do not know


def country_of(request: HttpRequest) -> str:
    """Return the country that a trusted proxy names in COUNTRY_HEADER, such as "DE"; "" if none does.

    Without a trusted proxy the visitor could write the header. One that came twice ("US,DE") says nothing.
    """
    if not settings.COUNTRY_HEADER or not settings.TRUSTED_PROXY_COUNT:
        return ""
    name = f"HTTP_{settings.COUNTRY_HEADER.upper().replace('-', '_')}"
    value = str(request.META.get(name, "")).strip().upper()
    return value if re.fullmatch(r"[A-Z]{2}", value) and value not in NOWHERE else ""


def language_of(request: HttpRequest) -> str:
    """Return the language that the browser prefers, such as "de"; "" if it names none.

    Only the first entry counts, without its region: browsers list the preferred one first.
    """
    first = str(request.META.get("HTTP_ACCEPT_LANGUAGE", "")).partition(",")[0]
    found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", first)
    return found.group(1).lower() if found else ""
