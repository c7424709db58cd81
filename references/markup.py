"""Titles with the few marks that CSL allows: `<i>`, `<sub>`, `<sup>` stay, everything else is text."""

from __future__ import annotations

import re
from html import escape, unescape

from references import mathml

MARK = re.compile(r"<(/?)(i|em|sub|sup)\s*>", re.IGNORECASE)
NAMES = {"em": "i"}  # Crossref writes both
# HTML and JATS that publishers put into titles: kept under our name, or dropped with their words kept.
FOREIGN = re.compile(
    r"<(/?)(?:jats:|mml:)?(i|em|italic|sub|inf|sup|b|strong|bold|scp?|smallcaps|span|p|div|u|underline|tt|title|font"
    r"|roman|br|sans-serif|monospace|named-content|styled-content)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
KEPT = {"i": "i", "em": "i", "italic": "i", "sub": "sub", "inf": "sub", "sup": "sup"}
APART = {"br", "p", "div"}
# "population of<i>Burkholderia terrae</i>BS001": names of species lost their blanks; "1<i>H</i>-indole" has none.
GLUED_BEFORE = re.compile(r"(?<![A-Za-z])([a-z]{2,})(?=<i>[A-Z][a-z]{2,})")
GLUED_AFTER = re.compile(r"(<i>[A-Z][a-z]{2,}[^<>]*</i>)(?=\w)(?!s\b)")
# Angle brackets stay escaped: "&lt;" beside a letter would become a mark.
ENTITY = re.compile(
    r"&(?!(?:lt|gt|LT|GT|#0*6[02]|#[xX]0*3[cCeE]);)(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});"
)
ESCAPED = re.compile(r"&lt;(/?(?:i|em|sub|sup|b))&gt;", re.IGNORECASE)


def from_source(text: str) -> str:
    """Return a title as our library keeps it: MathML as text, of HTML and JATS the three marks alone.

    Words in angle brackets that are no such mark stay. Cleaning twice changes nothing.
    """
    if "<" not in text and "&" not in text:
        return text
    before = None
    while before != text:  # what is dropped may have kept two halves of a mark apart
        before = text
        text = ENTITY.sub(lambda found: unescape(found[0]), text)
        text = ESCAPED.sub(lambda found: f"<{found[1]}>", text)  # "&lt;i&gt;E. coli&lt;/i&gt;"
        text = FOREIGN.sub(_kept, mathml.to_text(text))
    return GLUED_AFTER.sub(r"\1 ", GLUED_BEFORE.sub(r"\1 ", text))


def _kept(found: re.Match[str]) -> str:
    name = found[2].lower()
    if name in KEPT:
        return f"<{found[1]}{KEPT[name]}>"
    return " " if name in APART else ""


def title_html(text: str) -> str:
    """Return the title as safe HTML. A mark that is not closed, or closed in the wrong order, is shown as text."""
    return "".join(escape(piece) if mark is None else mark for piece, mark in _pieces(text))


def plain(text: str) -> str:
    """Return the title without its marks, for search, sorting and lists."""
    return " ".join("".join(piece for piece, mark in _pieces(text) if mark is None).split())


def unescaped(text: str) -> str:
    """Return the title as CSL processors want it: the marks as tags, everything else as plain characters."""
    return "".join(piece if mark is None else mark for piece, mark in _pieces(text))


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
