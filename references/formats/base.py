"""What every reader of bibliographies returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

BEGINNING = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """One work as the file has it: a CSL item, not cleaned yet; `line` is where it begins, 0 if the file has none."""

    item: Mapping[str, Any]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the file that could not be read. The message is for an editor."""

    line: int
    message: str
    beginning: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a file holds. One bad entry never takes the others with it."""

    kind: str
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. `sniff` says from 0 to 1 how sure it is of a text; a format without `write` is read only."""

    id: str
    label: str
    sniff: Callable[[str], float]
    read: Callable[[str], Batch]
    write: Callable[[Iterable[Mapping[str, Any]]], str] | None = None
    extension: str = ""
    content_type: str = "text/plain"


def beginning(text: str) -> str:
    """Return the first words of a passage, for a message."""
    return " ".join(text.split())[:BEGINNING]


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
