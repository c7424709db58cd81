"""Shortcodes, `[gallery ids="1,2"]`: the marks of plugins in a text. What is merely in brackets is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHAPE = re.compile(
    r"(?P<escaped>\[\[[^\[\]\n]{1,500}\]\])"
    r"|\[(?P<closing>/?)(?P<name>[A-Za-z][\w-]{0,60})(?P<rest>(?:\s[^\[\]]{0,2000})?)(?P<empty>/?)\]"
)
_ATTRIBUTE = re.compile(r"\s[\w-]+\s*=")
_CLOSING = re.compile(r"\[/([A-Za-z][\w-]{0,60})\]")
CAPTIONS = frozenset({"caption", "wp_caption"})
KNOWN = frozenset({"gallery", "embed", "video", "audio", "playlist", "toc", "ez-toc", "contact-form-7"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, or a shortcode if it has a name."""

    text: str
    line: int
    name: str = ""
    is_closing: bool = False


class Shortcodes:
    """Tells shortcodes from words in brackets; `found` collects (line, text) of those that are not captions."""

    def __init__(self, html: str) -> None:
        self.closed = {name.casefold() for name in _CLOSING.findall(html)}
        self.found: list[tuple[int, str]] = []

    def split(self, text: str, line: int) -> Iterator[Piece]:
        """Yield the text and the shortcodes in it; `text` begins on line `line`."""
        place = 0
        for match in _SHAPE.finditer(text):
            if match["escaped"]:
                if not self._is_shortcode_inside(match["escaped"]):
                    continue
                yield Piece(text[place : match.start()] + match["escaped"][1:-1], _at(text, place, line))
            elif self._is_shortcode(match, text):
                yield Piece(text[place : match.start()], _at(text, place, line))
                yield self._noted(match, _at(text, match.start(), line))
            else:
                continue
            place = match.end()
        yield Piece(text[place:], _at(text, place, line))

    def _noted(self, match: re.Match[str], line: int) -> Piece:
        name = match["name"].casefold()
        if name in CAPTIONS:
            return Piece(match[0], line, "caption", bool(match["closing"]))
        if not match["closing"]:
            self.found.append((line, match[0]))
        return Piece(match[0], line, name, bool(match["closing"]))

    def _is_shortcode_inside(self, escaped: str) -> bool:
        """Return whether `[[gallery]]` is WordPress's way to show a shortcode and not run it."""
        inside = _SHAPE.fullmatch(escaped[1:-1])
        return inside is not None and not inside["escaped"]

    def _is_shortcode(self, match: re.Match[str], text: str) -> bool:
        name = match["name"].casefold()
        if match["closing"] or name in self.closed or name in CAPTIONS | KNOWN or "_" in name:
            return True
        if _ATTRIBUTE.search(match["rest"]) or match["empty"] or match["rest"].endswith("/"):
            return True
        return not match["rest"].strip() and _is_alone(text, match.start(), match.end())


def _is_alone(text: str, start: int, end: int) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end:].partition("\n")[0]
    return not before.strip() and not after.strip()


def _at(text: str, place: int, line: int) -> int:
    return line + text.count("\n", 0, place)
