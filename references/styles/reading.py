"""pandoc's tree to our HTML: every word is escaped here, and only the marks of this module exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from references.styles.request import UNSORTED

Inline = Mapping[str, Any]
SPACES = {"Space", "SoftBreak", "LineBreak"}
MARKS = {
    "Emph": ("<i>", "</i>"),
    "Underline": ("<i>", "</i>"),
    "Strong": ("<b>", "</b>"),
    "Superscript": ("<sup>", "</sup>"),
    "Subscript": ("<sub>", "</sub>"),
}
WITH_ATTRIBUTES = {"Span", "Cite", "Quoted"}
WITHOUT = {*MARKS, "SmallCaps", "Strikeout"}
QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
OWN = "#ref-"
ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:[/?#]|$)", re.IGNORECASE)
HOST = re.compile(r"[\w.-]+(?::\d+)?$")

LinkTo = Callable[[str, str], str]  # key, inner HTML -> HTML


def html(inlines: Sequence[Inline], link: LinkTo | None = None, *, is_linked: bool = False) -> str:
    """Return inlines as HTML. `link` writes the links to entries; without it they are plain words.

    `is_linked`: they stand in a link, and HTML has none in another.
    """
    written = "".join(_one(inline, link, is_linked) for inline in inlines)
    return written.replace(f"{UNSORTED} ", "").replace(UNSORTED, "")


def _one(inline: Inline, link: LinkTo | None, is_linked: bool) -> str:
    kind, value = str(inline.get("t", "")), inline.get("c")
    if kind in SPACES:
        return " "
    if not isinstance(value, list):
        return escape(str(value)) if kind == "Str" else ""
    if kind in {"Code", "Math"}:
        return escape(str(value[-1]))
    if kind == "Link":
        return _link(value[1], "" if is_linked else str(value[2][0]), link, is_linked)
    if kind not in WITH_ATTRIBUTES | WITHOUT:
        return ""
    opening, closing = MARKS.get(kind, ("", ""))
    if kind == "Quoted":
        opening, closing = QUOTES.get(value[0].get("t", ""), QUOTES["DoubleQuote"])
    inner = value[1] if kind in WITH_ATTRIBUTES else value
    return f"{opening}{html(inner, link, is_linked=is_linked)}{closing}"


def _link(inner: Sequence[Inline], target: str, link: LinkTo | None, is_linked: bool) -> str:
    if link and target.startswith(OWN):
        return link(target.removeprefix(OWN), html(inner, link, is_linked=True))
    host = target.split("/")[2] if ADDRESS.match(target) else ""
    if not HOST.match(host) or (":" in host and not host.rpartition(":")[2]):
        return html(inner, link, is_linked=is_linked)
    return f'<a href="{escape(target)}">{html(inner, link, is_linked=True)}</a>'


def blocks(tree: Mapping[str, Any]) -> tuple[list[Sequence[Inline]], dict[str, tuple[str, str]]]:
    """Return the inlines of every citation, and (number, HTML) of every entry by key, in the style's order."""
    citations, entries = [], {}
    for block in tree.get("blocks") or ():
        if block.get("t") == "Para":
            citations.append(block["c"])
        elif block.get("t") == "Div" and block["c"][0][0] == "refs":
            for key, inlines in _entries(block["c"][1]):
                entries[key] = _number_and_text(inlines)
    return citations, entries


def _entries(blocks: Sequence[Inline]) -> Iterator[tuple[str, list[Inline]]]:
    for block in blocks:
        if block.get("t") == "Div":
            name = str(block["c"][0][0]).removeprefix("ref-")
            yield name, [inline for part in block["c"][1] for inline in part.get("c") or ()]


def _number_and_text(inlines: Sequence[Inline]) -> tuple[str, str]:
    number, text = "", []
    for inline in inlines:
        classes = inline["c"][0][1] if inline.get("t") == "Span" else ()
        if "csl-left-margin" in classes:
            number = re.sub(r"<[^>]*>", "", html(inline["c"][1])).strip()
        else:
            text.append(inline)
    return number, html(text).strip()
