"""Differences between two texts as rows for a page: lines matched first, then words within changed lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

CONTEXT = 2  # unchanged lines shown around a change
WORDS_UP_TO = 4_000  # characters; a longer pair of lines is shown without marking words
PAIRS_UP_TO = 400  # lines in one change whose words are compared

Kind = Literal["same", "removed", "added", "gap"]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the difference; `old` and `new` are its line numbers."""

    kind: Kind
    pieces: Sequence[Piece] = ()
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter that differs."""

    name: str
    before: str
    after: str


def text_rows(before: str, after: str) -> list[Row]:
    """Return the changed lines of two texts with a little context; empty if they are equal."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    groups = SequenceMatcher(a=old, b=new, autojunk=len(old) + len(new) > 4_000).get_grouped_opcodes(CONTEXT)
    for number, group in enumerate(groups):
        if number:
            rows.append(Row("gap"))
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                rows.extend(_same(old[old_from:old_to], old_from, new_from))
            else:
                rows.extend(_changed(old[old_from:old_to], new[new_from:new_to], old_from, new_from))
    return rows


def field_rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Field]:
    """Return the keys of the front matter that differ, in words."""
    keys = list(dict.fromkeys([*before, *after]))
    return [
        Field(key.replace("_", " ").capitalize(), _words(before.get(key)), _words(after.get(key)))
        for key in keys
        if before.get(key) != after.get(key)
    ]


def _same(lines: Sequence[str], old_from: int, new_from: int) -> Iterator[Row]:
    for offset, line in enumerate(lines):
        yield Row("same", (Piece(line),), old_from + offset + 1, new_from + offset + 1)


def _changed(old: Sequence[str], new: Sequence[str], old_from: int, new_from: int) -> Iterator[Row]:
    pairs = [
        _mark_words(a, b) if index < PAIRS_UP_TO else ((Piece(a),), (Piece(b),))
        for index, (a, b) in enumerate(zip(old, new, strict=False))
    ]
    for offset, line in enumerate(old):
        pieces = pairs[offset][0] if offset < len(pairs) else (Piece(line),)
        yield Row("removed", pieces, old=old_from + offset + 1)
    for offset, line in enumerate(new):
        pieces = pairs[offset][1] if offset < len(pairs) else (Piece(line),)
        yield Row("added", pieces, new=new_from + offset + 1)


def _mark_words(before: str, after: str) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """Mark the words that differ, unless the lines have little in common: then the marks would only confuse."""
    if len(before) + len(after) > WORDS_UP_TO:
        return (Piece(before),), (Piece(after),)
    a, b = re.findall(r"\w+|\W", before), re.findall(r"\w+|\W", after)
    matcher = SequenceMatcher(a=a, b=b, autojunk=False)
    if matcher.quick_ratio() < 0.4:
        return (Piece(before),), (Piece(after),)
    left, right = [], []
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        left.append(Piece("".join(a[a_from:a_to]), tag != "equal"))
        right.append(Piece("".join(b[b_from:b_to]), tag != "equal"))
    return [piece for piece in left if piece.text], [piece for piece in right if piece.text]


def _words(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list):
        return ", ".join(
            str(item.get("id", "")) or _words(item) if isinstance(item, dict) else str(item) for item in value
        )
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
