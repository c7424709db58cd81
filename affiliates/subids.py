"""Sub-IDs: how a network's report finds the way back to one placement.

Twelve characters of [a-z0-9], the only alphabet and a length that every network keeps: version (1), placement (6),
revision counter (3), check characters (2). With the token of one click, 8 more, they are twenty under a version of
their own, so that a cut one is never taken for the shorter. Case does not matter on the way back.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 without i, l, o and u, which people misread
PUBLIC_ID_LENGTH = 6
PUBLIC_ID = rf"[{ALPHABET}]{{{PUBLIC_ID_LENGTH}}}"
CLICK_TOKEN = rf"[{ALPHABET}]{{8}}"
LENGTH = 12
TOKEN_LENGTH = 8
LONG_LENGTH = LENGTH + TOKEN_LENGTH
VERSION = "a"
VERSION_OF_CLICK = "b"
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
    """How one network carries a sub-ID: `parameter` is the query parameter or the name in the path.

    `destination` is the query parameter behind which the shop's own address stands, written out in full by some.
    """

    carrier: Carrier
    parameter: str = ""
    max_length: int | None = None
    destination: str = ""

    def takes(self, value: str) -> bool:
        if self.carrier in (Carrier.NONE, Carrier.TAG_POOL) or not self.parameter:
            return False
        return self.max_length is None or len(value) <= self.max_length


@dataclass(frozen=True, slots=True)
class SubId:
    placement: str
    revision: int
    click_token: str = ""


def new_public_id() -> str:
    """Return 30 random bits as six characters."""
    return _digits(secrets.randbits(5 * PUBLIC_ID_LENGTH), PUBLIC_ID_LENGTH)


def new_click_token() -> str:
    """Return 40 random bits as eight characters; with the placement they name one click."""
    return _digits(secrets.randbits(5 * TOKEN_LENGTH), TOKEN_LENGTH)


def encode(placement: str, revision: int = 0, click_token: str = "") -> str:
    """Return the sub-ID of a placement. `revision` wraps at 32,768; 0 means that it was not known."""
    if not re.fullmatch(PUBLIC_ID, placement):
        raise ValueError(f"{placement!r} is not the public id of a placement.")
    if click_token and not re.fullmatch(CLICK_TOKEN, click_token):
        raise ValueError(f"{click_token!r} is not the token of a click.")
    version = VERSION_OF_CLICK if click_token else VERSION
    body = version + placement + _digits(revision % REVISIONS, 3) + click_token
    return body + _check(body)


def decode(text: str) -> SubId:
    """Return what a sub-ID means. Raises ValueError if it was cut, mistyped or never ours."""
    value = text.lower()
    if len(value) not in (LENGTH, LONG_LENGTH) or any(character not in _VALUES for character in value):
        raise ValueError(
            f"{text!r} is not a sub-ID of ours: it has not {LENGTH} or {LONG_LENGTH} characters of our alphabet."
        )
    body, check = value[:-2], value[-2:]
    if check != _check(body):
        raise ValueError(f"{text!r} is damaged: its check characters do not fit.")
    if body[0] != (VERSION if len(value) == LENGTH else VERSION_OF_CLICK):
        raise ValueError(f"{text!r} has an unknown version.")
    return SubId(body[1:7], _number(body[7:10]), body[10:])


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
