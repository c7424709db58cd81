"""Where in an address a network takes a sub-ID: before `#`, replacing an existing one, never twice."""

from __future__ import annotations

import re

from affiliates.subids import Carrier, SubIdRule


def insert(url: str, rule: SubIdRule, value: str) -> str:
    """Return the URL with the sub-ID where the network takes it: before `#`, replacing an existing one."""
    if not rule.takes(value):
        return url
    base, mark, fragment = url.partition("#")
    if rule.carrier is Carrier.PREFIX:
        base = _insert_prefix(base, rule.parameter, value)
    elif rule.carrier is Carrier.SEGMENT and (split := _deep_link(base)):
        base = _insert_segment(*split, rule.parameter, value)
    else:
        base = _insert_query(base, rule, value)
    return base + mark + fragment


def extract(url: str, rule: SubIdRule) -> str:
    """Return the sub-ID that a URL carries, "" if none. The inverse of `insert`."""
    base = url.partition("#")[0]
    if rule.carrier is Carrier.PREFIX:
        own = [part for part in _own_segments(base)[0] if part.startswith(f"{rule.parameter}:")]
        return own[0].partition(":")[2] if own else ""
    if rule.carrier is Carrier.SEGMENT and (split := _deep_link(base)):
        parts = split[0].split("/")
        return parts[parts.index(rule.parameter) + 1] if rule.parameter in parts[:-1] else ""
    for pair in _own_pairs(base.partition("?")[2], rule.destination)[0]:
        name, _, value = pair.partition("=")
        if name == rule.parameter:
            return value
    return ""


def _insert_query(base: str, rule: SubIdRule, value: str) -> str:
    """Put a new parameter first: some networks read everything behind `url=` as the destination.

    One that stands behind the destination already is moved before it.
    """
    head, _, query = base.partition("?")
    own, rest = _own_pairs(query, rule.destination)
    places = [index for index, pair in enumerate(own) if _name(pair) == rule.parameter]
    names = [_name(pair) for pair in own]
    behind = names.index(rule.destination) if rule.destination in names else len(names)
    kept = [pair for pair in own if _name(pair) != rule.parameter]
    first = places[0] if places and places[0] < behind else 0
    return f"{head}?{'&'.join([*kept[:first], f'{rule.parameter}={value}', *kept[first:], *rest])}"


def _own_pairs(query: str, destination: str) -> tuple[list[str], list[str]]:
    """Split a query into the network's own pairs and a destination that is written out, parameters and all."""
    pairs = [pair for pair in query.split("&") if pair]
    for index, pair in enumerate(pairs):
        if destination and _name(pair) == destination and "://" in pair:
            return pairs[:index], pairs[index:]
    return pairs, []


def _name(pair: str) -> str:
    return pair.partition("=")[0]


def _own_segments(base: str) -> tuple[list[str], list[str]]:
    """Split a Partnerize link into the segments before its destination and the rest: order is binding there."""
    parts = base.split("/")
    cut = next((index for index, part in enumerate(parts) if part.startswith("destination:")), len(parts))
    return parts[:cut], parts[cut:]


def _insert_prefix(base: str, parameter: str, value: str) -> str:
    own, rest = _own_segments(base)
    mine = f"{parameter}:{value}"
    kept = [part for part in own if not part.startswith(f"{parameter}:")]
    after = next((index + 1 for index, part in enumerate(kept) if part.startswith("camref:")), None)
    if after is None:
        return base
    return "/".join([*kept[:after], mine, *kept[after:], *rest])


def _deep_link(base: str) -> tuple[str, str] | None:
    """Split a CJ link of the form /links/…/https://… before its destination."""
    found = re.match(r"(https://[^/]+/links/.*?)(/https?(?:://|%3[Aa]).*)\Z", base)
    return (found.group(1), found.group(2)) if found else None


def _insert_segment(own: str, destination: str, parameter: str, value: str) -> str:
    parts = own.split("/")
    if parameter in parts[:-1]:
        parts[parts.index(parameter) + 1] = value
    else:
        parts += [parameter, value]
    return "/".join(parts) + destination
