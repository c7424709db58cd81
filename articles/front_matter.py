"""Front matter of any shape, as files and forms bring it, to the shapes that the kernel reads.

A text or number where a list belongs is a list of one. A list where one text belongs is its items in one line, and
`Zinc: a guide` without quotation marks, which YAML reads as a mapping, is that title again. Nothing is dropped: keys
and values that the kernel does not know stay, as JSON can hold them. Applying it twice changes nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

LISTS = frozenset({"authors", "tags", "recommended", "jurisdictions"})
TEXTS = frozenset(
    {
        "title",
        "slug",
        "date",
        "updated",
        "language",
        "reviewed_by",
        "reviewed_on",
        "topic",
        "description",
        "image",
        "image_alt",
        "canonical_url",
    }
)
MOST_ITEMS = (
    100  # of a list that the database is asked about; 1,000 titles are more than SQLite compares at once
)
DEEPEST = 30  # JSON's own writers give up at some hundred levels
LARGEST_NUMBER = 2**63
# No database text holds NUL or half a surrogate pair, no XML (feeds) the other ones.
UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Return the text without characters that a database or a feed refuses; each becomes a blank."""
    return UNUSABLE.sub(" ", text)


def is_language(tag: str) -> bool:
    """Return whether it looks like en or pt-BR."""
    return len(tag) <= 12 and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) is not None


def normalised(front_matter: Any) -> dict[str, Any]:
    """Return front matter that JSON can hold, with the kernel's own keys in the shape that it reads."""
    if not isinstance(front_matter, Mapping):
        return {}
    values: dict[str, Any] = _plain(front_matter)
    for name in LISTS & values.keys():
        values[name] = _texts(values[name])
    for name in TEXTS & values.keys():
        values[name] = _text(values[name])
    return values


def _plain(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {clean_text(str(key)): _plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner, depth + 1) for inner in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    match value:
        case date() | time():
            return value.isoformat()
        case int() if abs(value) >= LARGEST_NUMBER:
            return f"{value:#x}"  # hexadecimal: Python refuses to write very long decimal numbers
        case float() if not math.isfinite(value):
            return str(value)
        case None | bool() | int() | float():
            return value
    return clean_text(str(value))


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [text for item in items if (text := _text(item))]


def _text(value: Any) -> str:
    """Return one text; "" for nothing: None, false, an empty list."""
    match value:
        case str():
            return value
        case None | False:
            return ""
        case True:
            return "true"
        case list():
            return ", ".join(filter(None, map(_text, value)))
        case dict():
            return ", ".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    return str(value)
