"""Which address to ask: the shop itself if possible, since a network may count what a checker asks as a click."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, unquote, urlsplit

from affiliates.targets import TargetError, parse_host

# Where networks carry the merchant's page: Awin ued, Rakuten murl, impact u, most others url.
PARAMETERS = ("ued", "murl", "url", "u", "p", "deeplink", "destination", "dest", "link", "to")
MOST_ROUNDS = 2
_IN_PATH = re.compile(r"/(?:destination:)?(https?(?:://|%3[Aa]).*)\Z")


def destination_in(url: str, known: str = "") -> str:
    """Return the merchant's page that a tracking link carries inside, "" if it carries none.

    `known` is the parameter that the network's facts name.
    """
    names = (known, *PARAMETERS) if known else PARAMETERS
    return next((found for found in _candidates(url, names) if is_public(found)), "")


def with_destination(url: str, page: str, known: str = "") -> str:
    """Return a tracking link with another page of the merchant in it, encoded as the old one was.

    Returns "" where the old one cannot be told from what stands around it.
    """
    head, mark, query = url.partition("?")
    pairs = query.split("&")
    for wanted in (known, *PARAMETERS) if known else PARAMETERS:
        for index, (name, _, value) in enumerate(pair.partition("=") for pair in pairs):
            if name == wanted and is_public(_decoded(value)):
                is_bare = _rounds(value) == 0
                if is_bare and (index < len(pairs) - 1 or "&" in page):
                    return ""  # whose the parameters behind it are, nobody can say
                pairs[index] = f"{name}={_encoded(page, _rounds(value))}"
                return f"{head}?{'&'.join(pairs)}"
    found = _IN_PATH.search(urlsplit(head).path)
    if found is None:
        return ""
    before = head[: len(head) - len(found[1])]
    rounds = _rounds(found[1])
    return f"{before}{_encoded(page, rounds)}{mark + query if rounds else ''}"


def _rounds(value: str) -> int:
    """Return how often a value was percent-encoded."""
    rounds = 0
    while rounds < MOST_ROUNDS and not re.match(r"https?://", value):
        value, rounds = unquote(value), rounds + 1
    return rounds


def _encoded(page: str, rounds: int) -> str:
    for _ in range(rounds):
        page = quote(page, safe="")
    return page


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
    for _ in range(MOST_ROUNDS):
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
