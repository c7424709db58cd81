"""Which address to ask: the shop itself if possible, since a network may count what a checker asks as a click."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from affiliates.targets import TargetError, parse_host

# Where networks carry the merchant's page: Awin ued, Rakuten murl, impact u, most others url.
PARAMETERS = ("ued", "murl", "url", "u", "p", "deeplink", "destination", "dest", "link", "to")
_IN_PATH = re.compile(r"/(?:destination:)?(https?(?:://|%3[Aa]).*)\Z")


def destination_in(url: str, known: str = "") -> str:
    """Return the merchant's page that a tracking link carries inside, "" if it carries none.

    `known` is the parameter that the network's facts name.
    """
    names = (known, *PARAMETERS) if known else PARAMETERS
    return next((found for found in _candidates(url, names) if is_public(found)), "")


def _candidates(url: str, names: Sequence[str]) -> Iterator[str]:
    head, _, query = url.partition("?")
    pairs = [pair.partition("=") for pair in query.split("&")]
    for wanted in names:
        yield from (_decoded(value) for name, _, value in pairs if name == wanted)
    if in_path := _IN_PATH.search(urlsplit(head).path):
        # A bare destination in the path owns the query behind it (CJ deep links).
        yield _decoded(in_path[1]) + (f"?{query}" if query and "://" in in_path[1] else "")


def _decoded(value: str) -> str:
    """Undo percent-encoding until the scheme shows; networks encode once, twice, or not at all."""
    for _ in range(2):
        if re.match(r"https?://", value):
            break
        value = unquote(value)
    return value if re.match(r"https?://", value) else ""


def is_public(url: str) -> bool:
    try:
        parts = urlsplit(url)
        parse_host(parts.netloc)
    except (TargetError, ValueError):
        return False
    return parts.scheme in ("http", "https")
