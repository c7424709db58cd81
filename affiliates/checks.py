"""Publish checks of links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affiliates.markup.lookup import end_call_slug
from affiliates.models import Network
from affiliates.networks import all_networks, is_paid_address
from affiliates.targets import TargetError, parse_target
from cms.contracts import Check, Finding, Snapshot

_ADDRESS = re.compile(r"https://[^\s<>\"'\]]+")
_TRAILING = ".,;:!?)"


def raw_paid_addresses(snapshot: Snapshot) -> Iterator[Finding]:
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
    for address, line in found:
        if _is_paid(address, networks):
            message = "This is an affiliate address, but not a managed link."
            fix = "Turn this into a managed link and write [words](aff:slug)."
            yield Finding("AFF09", "warning", message, line=line or None, quote=address[:200], fix=fix)


def _is_paid(address: str, networks: list[Network]) -> bool:
    try:
        return is_paid_address(parse_target(address.partition("#")[0]), networks)
    except TargetError:
        return False


RAW_ADDRESSES = Check("AFF09", "warning", raw_paid_addresses)
