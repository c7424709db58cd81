"""Citation keys: what stands after the `@` in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from itertools import count, product
from string import ascii_lowercase
from typing import Any

from references import csl, markup

MAX_LENGTH = 80
PATTERN = r"^[a-z0-9_]+(?:[:-][a-z0-9_]+)*$"  # Pandoc ends a key at two marks in a row
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
SHORT_WORDS = {"a", "an", "and", "der", "die", "das", "for", "in", "of", "on", "the", "to", "und", "with"}


def normalise(text: str) -> str:
    """Return the key in its one spelling: "Siebrecht2013" is siebrecht2013. "" if nothing of it can stand."""
    folded = (
        unicodedata.normalize("NFKD", text.casefold().translate(LETTERS)).encode("ascii", "ignore").decode()
    )
    joined = re.sub(r"[^a-z0-9_]+", lambda run: ":" if run[0] == ":" else "-", folded)
    return joined.strip(":-")[:MAX_LENGTH].strip(":-")


def propose(item: Mapping[str, Any]) -> str:
    """Return "siebrecht2013": first author and year; the first telling word of the title if nobody signed."""
    name = _compact(csl.first_author(item))
    words = [_compact(word) for word in markup.plain(str(item.get("title", ""))).split()]
    name = name or next((word for word in words if word and word not in SHORT_WORDS), "") or "ref"
    year = csl.year(item)
    return normalise(f"{name[:40]}{year if year and year > 0 else ''}")


def free(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, or the first of `wanted` with b, c … z, aa, ab … that is not taken."""
    return next(key for key in series(wanted) if key not in taken)


def series(wanted: str) -> Iterator[str]:
    """Yield `wanted` and the keys that a clash makes of it, in order."""
    stem = wanted[: MAX_LENGTH - 4]
    yield wanted
    yield from (stem + letter for letter in ascii_lowercase[1:])
    for length in count(2):
        yield from (stem + "".join(letters) for letters in product(ascii_lowercase, repeat=length))


def _compact(text: str) -> str:
    return re.sub(r"[:_-]", "", normalise(text))
