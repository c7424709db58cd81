"""Lines that remember where in the file they came from, whatever is done to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_SHAPES = re.compile(
    r"^(?:(?P<indented>(?: {4}|\t))"
    r"|(?P<rule> {0,3}([-*_])(?:[ \t]*\3){2,}[ \t]*$)"
    r"|(?P<item> {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+\S)"
    r"|(?P<heading> {0,3}#{1,6}(?:[ \t]|$))"
    r"|(?P<quote> {0,3}>)"
    r"|(?P<table> {0,3}\|)"
    r"|(?P<directive> {0,3}(?::::+|::[a-z]))"
    r"|(?P<html> {0,3}<[a-zA-Z/!?]))"
)


class Kind(Enum):
    """What one line is, looked at alone."""

    BLANK = "blank"
    CODE = "code"
    INDENTED = "indented"
    RULE = "rule"
    ITEM = "item"
    HEADING = "heading"
    QUOTE = "quote"
    TABLE = "table"
    DIRECTIVE = "directive"
    HTML = "html"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `number` counts from 1 in the original file. `is_code` lines are never touched."""

    text: str
    number: int
    is_code: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.is_code and not self.text.strip()

    @property
    def kind(self) -> Kind:
        if self.is_code:
            return Kind.CODE
        if not self.text.strip():
            return Kind.BLANK
        shape = _SHAPES.match(self.text)
        return Kind(shape.lastgroup) if shape and shape.lastgroup else Kind.PROSE

    @property
    def is_prose(self) -> bool:
        return self.kind is Kind.PROSE

    @property
    def content(self) -> str:
        """The words of a list item without its bullet, or the whole stripped line."""
        if self.kind is Kind.ITEM:
            return _ITEM.sub("", self.text).strip()
        return self.text.strip()

    def but(self, text: str) -> Line:
        return replace(self, text=text)


Lines = tuple[Line, ...]


def split(text: str, first: int = 1) -> Lines:
    """Return the lines of `text`, whose first line is line `first` of its file; fenced code is marked."""
    lines: list[Line] = []
    fence = ""
    for number, raw in enumerate(text.split("\n"), start=first):
        mark = FENCE.match(raw)
        if fence:
            lines.append(Line(raw, number, is_code=True))
            if mark and mark.group(1).startswith(fence) and not raw.strip().strip(fence[0]):
                fence = ""
        else:
            fence = mark.group(1) if mark else ""
            lines.append(Line(raw, number, is_code=bool(mark)))
    return tuple(lines)


def join(lines: Sequence[Line]) -> tuple[str, tuple[int, ...]]:
    """Return the text and, for each of its lines, the line of the original file."""
    text = "".join(f"{line.text}\n" for line in lines)
    return text, tuple(line.number for line in lines)


def tidy(lines: Iterable[Line]) -> Lines:
    """Drop blank lines at both ends and all but one between blocks; blanks at line ends stay in code."""
    kept: list[Line] = []
    for line in lines:
        if line.is_blank:
            if kept and not kept[-1].is_blank:
                kept.append(line.but(""))
        else:
            kept.append(line)
    while kept and kept[-1].is_blank:
        kept.pop()
    return tuple(kept)


def set_apart(block: Sequence[Line]) -> list[Line]:
    """Return the block with a blank line before and after it."""
    if not block:
        return []
    return [Line("", block[0].number), *block, Line("", block[-1].number)]


def next_text(lines: Sequence[Line], position: int) -> Line | None:
    """Return the first line after `position` that is not blank."""
    return next((line for line in lines[position + 1 :] if not line.is_blank), None)


def say_lines(numbers: Sequence[int], most: int = 12) -> str:
    """Return "line 3" or "lines 3, 5 and 9" for a message."""
    unique = list(dict.fromkeys(numbers))
    if len(unique) == 1:
        return f"line {unique[0]}"
    if len(unique) > most:
        shown = ", ".join(map(str, unique[:most]))
        return f"lines {shown} and {len(unique) - most} more"
    return f"lines {', '.join(map(str, unique[:-1]))} and {unique[-1]}"
