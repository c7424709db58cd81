"""Sub-IDs: how a network's report finds the way back to one placement.

Twelve characters of [a-z0-9], the only alphabet and a length that every network keeps: version (1), placement (6),
revision counter (3), check characters (2). Case does not matter on the way back.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 without i, l, o and u, which people misread
PUBLIC_ID_LENGTH = 6
PUBLIC_ID = rf"[{ALPHABET}]{{{PUBLIC_ID_LENGTH}}}"
LENGTH = 12
VERSION = "a"
REVISIONS = 32**3
# A prime below 32**2, so two characters hold the remainder, and every single wrong character and every pair of
# swapped neighbours changes it.
CHECK_MODULUS = 1021
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


class Carrier(StrEnum):
    """Where a network takes the sub-ID."""

    NONE = "none"
    QUERY = "query"
    SEGMENT = "segment"
    PREFIX = "prefix"
    TAG_POOL = "tag_pool"


@dataclass(frozen=True, slots=True)
class SubIdRule:
    """How one network carries a sub-ID: `parameter` is the query parameter or the name in the path."""

    carrier: Carrier
    parameter: str = ""
    max_length: int | None = None

    def takes(self, value: str) -> bool:
        if self.carrier in (Carrier.NONE, Carrier.TAG_POOL) or not self.parameter:
            return False
        return self.max_length is None or len(value) <= self.max_length


@dataclass(frozen=True, slots=True)
class SubId:
    placement: str
    revision: int


def new_public_id() -> str:
    """Return 30 random bits as six characters."""
    return _digits(secrets.randbits(5 * PUBLIC_ID_LENGTH), PUBLIC_ID_LENGTH)


def encode(placement: str, revision: int = 0) -> str:
    """Return the sub-ID of a placement. `revision` wraps at 32,768; 0 means that it was not known."""
    if not re.fullmatch(PUBLIC_ID, placement):
        raise ValueError(f"{placement!r} is not the public id of a placement.")
    body = VERSION + placement + _digits(revision % REVISIONS, 3)
    return body + _check(body)


def decode(text: str) -> SubId:
    """Return what a sub-ID means. Raises ValueError if it was cut, mistyped or never ours."""
    value = text.lower()
    if len(value) != LENGTH or any(character not in _VALUES for character in value):
        raise ValueError(f"{text!r} is not a sub-ID of ours: it has not {LENGTH} characters of our alphabet.")
    body, check = value[:-2], value[-2:]
    if check != _check(body):
        raise ValueError(f"{text!r} is damaged: its check characters do not fit.")
    if body[0] != VERSION:
        raise ValueError(f"{text!r} has an unknown version.")
    return SubId(body[1:7], _number(body[7:]))


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
        base = _insert_query(base, rule.parameter, value)
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
    for pair in base.partition("?")[2].split("&"):
        name, _, value = pair.partition("=")
        if name == rule.parameter:
            return value
    return ""


def _insert_query(base: str, parameter: str, value: str) -> str:
    """Put a new parameter first: some networks read everything behind `url=` as the destination."""
    head, _, query = base.partition("?")
    mine = f"{parameter}={value}"
    pairs = [pair for pair in query.split("&") if pair] if query else []
    places = [index for index, pair in enumerate(pairs) if pair.partition("=")[0] == parameter]
    if not places:
        return f"{head}?{'&'.join([mine, *pairs])}"
    kept = [pair for index, pair in enumerate(pairs) if index not in places[1:]]
    kept[places[0]] = mine
    return f"{head}?{'&'.join(kept)}"


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


def _digits(number: int, width: int) -> str:
    characters = []
    for _ in range(width):
        number, value = divmod(number, 32)
        characters.append(ALPHABET[value])
    return "".join(reversed(characters))


def _number(text: str) -> int:
    total = 0
    for character in text:
        total = total * 32 + _VALUES[character]
    return total


def _check(body: str) -> str:
    return _digits(_number(body) % CHECK_MODULUS, 2)
