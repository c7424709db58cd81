"""Names as BibTeX writes them: "First von Last", "von Last, First", "von Last, Jr, First", "{An Organisation}"."""

from __future__ import annotations

import re
from typing import Any

from references.formats import latex

SUFFIX = re.compile(r"(?:jr|sr|[ivx]{2,4})\.?$", re.IGNORECASE)
AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def read_names(value: str) -> list[dict[str, Any]]:
    """Return CSL names; "and others" is kept as a name that `csl.people` understands."""
    names = [read_name(part) for part in split_outside(value, AND)]
    return [name for name in names if name]


def split_outside(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split where the separator stands outside of braces."""
    depths, depth = [], 0
    for letter in text:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        depths.append(depth)
    parts, start = [], 0
    for found in separator.finditer(text):
        if depths[found.start()] <= 0:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def read_name(text: str) -> dict[str, Any]:
    text = " ".join(text.split())
    if not text:
        return {}
    if text.lower() == "others":
        return {"literal": "others"}
    if text.startswith("{") and text.endswith("}") and len(split_outside(text, re.compile(r"[ ,]"))) == 1:
        return {"literal": latex.decode(text)}
    parts = [part.strip() for part in split_outside(text, re.compile(","))]
    if len(parts) == 1:
        return _spoken(split_outside(text, re.compile(" ")))
    particle, family = _particle(split_outside(parts[0], re.compile(" ")))
    given, suffix = parts[1], ""
    if len(parts) > 2:  # "Last, Jr, First"; some write the suffix at the end
        suffix, given = (parts[1], parts[2]) if not SUFFIX.match(parts[2]) else (parts[2], parts[1])
    return _name(given, particle, family, suffix)


def _spoken(words: list[str]) -> dict[str, Any]:
    """Read "First von Last": the particle is what begins with a small letter."""
    small = next((place for place, word in enumerate(words[:-1]) if _is_small(word)), None)
    if small is None:
        return _name(" ".join(words[:-1]), "", words[-1], "")
    particle, family = _particle(words[small:])
    return _name(" ".join(words[:small]), particle, family, "")


def _particle(words: list[str]) -> tuple[str, str]:
    """Split "van den Berg": small words in front, at least one word for the name."""
    count = 0
    while count < len(words) - 1 and _is_small(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _is_small(word: str) -> bool:
    letters = [letter for letter in latex.decode(word) if letter.isalpha()]
    return not word.startswith("{") and bool(letters) and letters[0].islower()


def _name(given: str, particle: str, family: str, suffix: str) -> dict[str, Any]:
    read = {
        "family": latex.decode(family),
        "given": latex.decode(given),
        "non-dropping-particle": latex.decode(particle),
        "suffix": latex.decode(suffix),
    }
    return {key: value for key, value in read.items() if value}
