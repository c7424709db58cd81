""" "You may also like" lists and markers that a page left in its text: titles become pins, markers go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.importers.draft import Draft, told
from articles.importers.lines import Kind, Line
from articles.importers.titles import HOUSE_LINE
from articles.importers.words import ends_sentence, is_title, quote
from cms.contracts import Finding

_SURE = r"you (?:may|might) also (?:like|enjoy)|recommended for you"
_MARKER = re.compile(
    rf"^[\s#>*_]*(?:{_SURE}|related (?:articles?|posts?|stories)|recommended reading|read next|more like this)"
    r"[\s*_]*:?[\s*_]*$",
    re.IGNORECASE,
)
_WITH_TITLE = re.compile(rf"^\s*(?:{_SURE})\s*:\s+(?P<title>\S.*)$", re.IGNORECASE)
_GLUED_BEHIND = re.compile(
    r"(?<=[.!?…”\"')])[ \t]*(?P<marker>(?:You (?:may|might) also (?:like|enjoy)|Recommended for you):?)[ \t]*$",
    re.IGNORECASE,
)
_GLUED_BEFORE = re.compile(
    r"^(?P<marker>You (?:[Mm]ay|[Mm]ight) [Aa]lso [Ll]ike|Recommended [Ff]or [Yy]ou)(?=[A-Z“])"
)
_LINK = re.compile(r"^\[(?P<title>[^\[\]]+)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)$")
HEADING_WORDS = 6  # a longer "heading" below a list of titles is one more title


def unglue(draft: Draft) -> Draft:
    """Give a marker that ran into a sentence a line of its own."""
    lines: list[Line] = []
    for line in draft.lines:
        behind = None if line.is_code else _GLUED_BEHIND.search(line.text)
        before = None if line.is_code else _GLUED_BEFORE.match(line.text)
        if before:
            lines += [line.but(before["marker"]), Line("", line.number), line.but(line.text[before.end() :])]
        elif behind:
            lines += [
                line.but(line.text[: behind.start()]),
                Line("", line.number),
                line.but(behind["marker"]),
            ]
        else:
            lines.append(line)
    return draft.with_lines(lines)


def take_recommendations(draft: Draft) -> Draft:
    """Turn listed titles into pins and take the markers out; an empty marker is reported as such."""
    kept: list[Line] = []
    pins: list[str] = []
    findings: list[Finding] = []
    empty: list[str] = []
    position = 0
    while position < len(draft.lines):
        line = draft.lines[position]
        position += 1
        inline = None if line.is_code else _WITH_TITLE.match(line.text)
        if inline and is_title(inline["title"]):
            pins.append(inline["title"].strip())
            findings.append(_pinned(line, pins[-1:]))
        elif not line.is_code and _MARKER.match(line.text):
            titles, end = _titles_below(draft.lines, position)
            pins += titles
            findings.append(_pinned(line, titles, draft.lines[position:end]) if titles else _emptied(line))
            position = end
            if not titles:
                empty.append(
                    f"Line {line.number}: {quote(line.text)} is followed by no titles; the marker was taken out."
                )
        else:
            kept.append(line)
    known = dict.fromkeys([*draft.pins, *pins])
    return draft.with_lines(kept).but(pins=tuple(known)).tell(*findings).wonder(*empty)


def _titles_below(lines: Sequence[Line], start: int) -> tuple[list[str], int]:
    """Return the titles listed from `start` on and where the text goes on."""
    titles: list[str] = []
    position = start
    if position < len(lines) and lines[position].is_blank and _item_title(lines[position + 1 : position + 2]):
        position += 1
    items = bool(_item_title(lines[position : position + 1]))
    while position < len(lines):
        here = lines[position : position + 1]
        title = _item_title(here) if items else _plain_title(here)
        if not title:
            break
        titles.append(title)
        position += 1
    below = lines[position] if position < len(lines) else None
    if not items and len(titles) > 1 and _is_heading_of(titles[-1], below):
        return titles[:-1], position - 1
    return titles, position if titles else start


def _item_title(here: Sequence[Line]) -> str:
    if not here or here[0].kind is not Kind.ITEM:
        return ""
    content = here[0].content
    link = _LINK.match(content)
    if link:
        return link["title"].strip()
    return content if is_title(content) or (len(content) <= 140 and not ends_sentence(content)) else ""


def _plain_title(here: Sequence[Line]) -> str:
    if not here or not here[0].is_prose or HOUSE_LINE.match(here[0].text) or _MARKER.match(here[0].text):
        return ""
    text = here[0].text.strip()
    link = _LINK.match(text)
    return link["title"].strip() if link else text if is_title(text) else ""


def _is_heading_of(title: str, below: Line | None) -> bool:
    """Return whether the last title of a list rather heads the sentence that follows at once."""
    follows = (
        below is not None
        and below.is_prose
        and ends_sentence(below.text)
        and not HOUSE_LINE.match(below.text)
    )
    return follows and len(title.split()) <= HEADING_WORDS and ":" not in title


def _pinned(line: Line, titles: Sequence[str], below: Sequence[Line] = ()) -> Finding:
    listed = ", ".join(quote(title) for title in titles)
    message = f"Taken out of the text and pinned to “You may also like”: {listed}."
    quoted = "\n".join(taken.text.strip() for taken in (line, *below) if not taken.is_blank)
    return told("IMP02", message, line=line, quote=quoted)


def _emptied(line: Line) -> Finding:
    message = "An empty recommendation marker was taken out; the page has its own block."
    return told(
        "IMP03", message, line=line, quote=line.text.strip(), fix="Pin articles to choose what it shows."
    )
