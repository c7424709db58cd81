"""Titles with the few marks that CSL allows: `<i>`, `<sub>`, `<sup>` stay, everything else is text."""

from __future__ import annotations

import re
from html import escape, unescape

MARK = re.compile(r"<(/?)(i|em|sub|sup)\s*>", re.IGNORECASE)
NAMES = {"em": "i"}  # Crossref writes both


def title_html(text: str) -> str:
    """Return the title as safe HTML. A mark that is not closed, or closed in the wrong order, is shown as text."""
    return "".join(escape(piece) if mark is None else mark for piece, mark in _pieces(text))


def plain(text: str) -> str:
    """Return the title without its marks, for search, sorting and lists."""
    return " ".join("".join(piece for piece, mark in _pieces(text) if mark is None).split())


def _pieces(text: str) -> list[tuple[str, str | None]]:
    """Split into (source, None for text or the clean tag)."""
    # Crossref sends "Food &amp;amp; Function" as well as "Food & Function".
    text = unescape(unescape(text))
    pieces: list[tuple[str, str | None]] = []
    open_marks: list[tuple[str, int]] = []
    end = 0
    for found in MARK.finditer(text):
        pieces.append((text[end : found.start()], None))
        end = found.end()
        name = NAMES.get(found[2].lower(), found[2].lower())
        if not found[1]:
            open_marks.append((name, len(pieces)))
            pieces.append((found[0], None))  # text until its end is seen
        elif open_marks and open_marks[-1][0] == name:
            _, start = open_marks.pop()
            pieces[start] = (pieces[start][0], f"<{name}>")
            pieces.append((found[0], f"</{name}>"))
        else:
            pieces.append((found[0], None))
    pieces.append((text[end:], None))
    return pieces
