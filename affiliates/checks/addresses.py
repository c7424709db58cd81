"""AFF06, AFF07 and AFF09: affiliate addresses in the text that are no managed links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from affiliates.markup.lookup import end_call_slug
from affiliates.models import AffiliateLink, LinkTarget, Network
from affiliates.networks import all_networks, destination_host, is_paid_address, recognise
from affiliates.targets import Target, TargetError, host_matches, parse_target, url_hash
from cms.contracts import Check, Finding, Snapshot

AMAZON = "amazon"
# Anybody's shorteners: they hide which shop a link leads to. A network's own, such as amzn.to, are LNK02's.
SHORTENERS = (
    "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly", "short.io",
    "t.ly", "rb.gy", "shorturl.at", "geni.us", "bl.ink", "tiny.cc",
)  # fmt: skip
_ADDRESS = re.compile(r"https://[^\s<>\"'\]]+")
_TRAILING = ".,;:!?)"
_REDIRECT = re.compile(r"(?:https?://[^/\s]+)?/go/([a-z0-9-]{2,64})/?")
_NO_REFERRER = re.compile(r"no-?referrer(?!-when)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """An ordinary link of the text: neither `aff:` nor `art:`."""

    href: str
    words: str
    line: int
    quote: str


def _anchors(snapshot: Snapshot) -> Iterator[_Anchor]:
    for passage in snapshot.document.passages:
        for mark in passage.marks:
            if mark.kind == "url" and mark.end > mark.start:
                line, quote = passage.place(snapshot.source.text, mark.start, mark.end)
                yield _Anchor(mark.key, passage.text[mark.start : mark.end], line, quote)


def _target(address: str) -> Target | None:
    try:
        return parse_target(address.partition("#")[0])
    except TargetError:
        return None


def _is_paid(address: str, networks: list[Network]) -> bool:
    target = _target(address)
    return target is not None and is_paid_address(target, networks)


def unmarked(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF06: a link that earns without saying so to search engines; the renderer marks managed links only."""
    anchors = list(_anchors(snapshot))
    networks = all_networks() if anchors else []
    for anchor in anchors:
        if _is_paid(anchor.href, networks):
            message = "This link earns a commission, and rel=sponsored is missing."
            fix = "Make it a managed link and write [words](aff:slug); Chelate then marks it."
            yield Finding("AFF06", "error", message, line=anchor.line, quote=anchor.quote, fix=fix)


def disguised(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF07: a link to Amazon that hides that it is one, or where the click comes from."""
    anchors = list(_anchors(snapshot))
    networks = all_networks() if anchors else []
    direct = {network.key for network in networks if network.routing == Network.Routing.DIRECT}
    for anchor in anchors:
        if reason := _disguise(anchor, networks, direct):
            fix = "Write a managed link, [words](aff:slug): Chelate links to such shops directly."
            yield Finding("AFF07", "error", reason, line=anchor.line, quote=anchor.quote, fix=fix)
    for number, line in enumerate(snapshot.source.text.split("\n"), start=1):
        if (found := _NO_REFERRER.search(line)) and "amazon" in line.casefold():
            message = "Amazon must see which page a click comes from: no-referrer is not allowed."
            yield Finding("AFF07", "error", message, line=number, quote=found[0], fix="Take it out.")


def _disguise(anchor: _Anchor, networks: list[Network], direct: set[str]) -> str:
    target = _target(anchor.href)
    says_amazon = "amazon" in f"{anchor.words} {anchor.href}".casefold()
    if _REDIRECT.fullmatch(anchor.href) and says_amazon:
        return "Link to Amazon directly: a redirect of your own may close the account."
    if target is None:
        return ""
    if host_matches(target.host, SHORTENERS) and says_amazon:
        return "Link to Amazon directly: a shortener hides that the link leads there."
    network = recognise(target, networks)
    if network is None or network.key in direct:
        return ""
    shop = destination_host(target, network)
    amazon = next((one for one in networks if one.key == AMAZON), None)
    if shop and amazon and host_matches(shop, (*amazon.hosts, *amazon.short_hosts)):
        return f"Link to Amazon directly, not through {network.name}."
    return ""


def unmanaged(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF09: an affiliate address in the text that is no managed link: not counted, not labelled, not disclosed."""
    source = snapshot.source
    found = [
        (address.group().rstrip(_TRAILING), number)
        for number, line in enumerate(source.text.splitlines(), start=1)
        for address in _ADDRESS.finditer(line)
    ]
    if (given := end_call_slug(source.front_matter)).startswith("https://"):
        found.append((given, 0))
    networks = all_networks() if found else []
    paid = [(address, line) for address, line in found if _is_paid(address, networks)]
    managed = _managed(address for address, _ in paid) if paid else {}
    lines = source.text.splitlines()
    for address, line in paid:
        message = "This is an affiliate address, but not a managed link."
        fix = "Turn this into a managed link and write [words](aff:slug)."
        quote, replacement = address[:200], None
        if slugs := managed.get(address):
            fix = f"There is a managed link for it: write [words](aff:{slugs[0]})."
            is_linked = line > 0 and f"]({address})" in lines[line - 1]
            if is_linked and len(slugs) == 1:
                quote, replacement = f"]({address})", f"](aff:{slugs[0]})"
        yield Finding(
            "AFF09", "warning", message, line=line or None, quote=quote, fix=fix, replacement=replacement
        )


def _managed(addresses: Iterable[str]) -> dict[str, list[str]]:
    """Return the live links that lead everybody to just these addresses, by name."""
    hashes = {
        url_hash(target.url): address
        for address in set(addresses)
        if (target := _target(address)) is not None
    }
    rows = LinkTarget.objects.for_everyone().filter(
        url_hash__in=hashes, is_active=True, link__status=AffiliateLink.Status.LIVE
    )
    found: dict[str, list[str]] = {}
    for stored, slug in rows.values_list("url_hash", "link__slug"):
        found.setdefault(hashes[stored], []).append(slug)
    return {address: sorted(set(slugs)) for address, slugs in found.items()}


CHECKS = (
    Check(
        "AFF06", "error", unmarked,
        about="A link that earns without rel=sponsored", why="Google, 26 July 2021",
    ),
    Check(
        "AFF07", "error", disguised,
        about="A link to Amazon through a redirect, a shortener, another network or without a referrer",
        why="Amazon Associates Program Policies",
    ),
    Check(
        "AFF09", "warning", unmanaged,
        about="An affiliate address that is no managed link", why="It is neither counted nor labelled",
    ),
)  # fmt: skip
