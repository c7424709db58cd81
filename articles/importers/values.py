"""Values of front matter as the database can hold them: JSON without surprises."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from articles.nesting import MAX_DEPTH, TooDeepError

MOST_VALUES = 20_000  # an alias bomb of nine lines of YAML makes a thousand million
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class TooManyValuesError(ValueError):
    """The front matter unfolds to more values than an article needs."""


class _Counter:
    def __init__(self) -> None:
        self.left = MOST_VALUES

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooManyValuesError(f"the front matter holds more than {MOST_VALUES:,} values.")


def plain(value: Any) -> Any:
    """Return the value as JSON holds it; dates become ISO text, what JSON does not know becomes its text.

    Raises TooManyValuesError and TooDeepError.
    """
    return _plain(value, _Counter(), 0)


def _plain(value: Any, counter: _Counter, depth: int) -> Any:
    counter.take()
    if depth > MAX_DEPTH:
        raise TooDeepError
    if isinstance(value, Mapping):
        pairs = value.items()
        return {_plain_scalar(_key(key)): _plain(inner, counter, depth + 1) for key, inner in pairs}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner, counter, depth + 1) for inner in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    match value:
        case date() | time():
            value = value.isoformat()
        case float() if not math.isfinite(value):
            value = str(value)
        case int() if abs(value) >= 2**63:
            value = f"{value:#x}"
        case bytes():
            value = value.decode("utf-8", "backslashreplace")
        case None | bool() | int() | float() | str():
            pass
        case _:
            value = str(value)
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value


def _key(key: Any) -> str:
    return key.isoformat() if isinstance(key, date) else str(key)


def as_text(value: Any) -> str | None:
    """Return a text or number as text, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return " ".join(str(value).split())


def as_list(value: Any) -> list[str] | None:
    """Return a list of texts; "a, b" is a list of two, a mapping with a `name` counts as that name."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        text = as_text(value)
        return [text] if text is not None else None
    texts = [as_text(entry.get("name") if isinstance(entry, dict) else entry) for entry in value]
    if any(text is None for text in texts):
        return None
    return list(dict.fromkeys(text for text in texts if text))


def as_moment(value: Any) -> str | None:
    """Return an ISO date or time, None if the text is none: "2024-05-13", "2024-05-13 10:00:00 +0200"."""
    text = as_text(value)
    if text is None:
        return None
    text = re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)|\s*(?=Z$)", "", text)
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text).isoformat()
        except ValueError:
            continue
    return None


def day_of(moment: str) -> date | None:
    """Return the date of an ISO date or time."""
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None
