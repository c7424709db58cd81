"""Stable heading ids and the table of contents, in linear time."""

from __future__ import annotations

from django.utils.text import slugify
from markdown_it.rules_core import StateCore

from articles.compile.blocks import plain_text
from articles.compile.sanitise import prefixed
from cms.contracts import Finding, Heading

FALLBACK = "section"


def number_headings(state: StateCore) -> None:
    """Give every heading an id and note it for the table of contents.

    A first-level heading is demoted: the title is the only one of its level.
    """
    used: dict[str, int] = {}
    headings: list[Heading] = []
    lines = state.src.split("\n")
    for position, token in enumerate(state.tokens):
        if token.type != "heading_open":
            continue
        closing, inline = state.tokens[position + 2], state.tokens[position + 1]
        text = plain_text([inline])
        line = token.map[0] + 1 if token.map else 0
        if token.tag == "h1":
            token.tag = closing.tag = "h2"
            message = (
                "The title is the only first-level heading of a page; this one is shown one level lower."
            )
            written = lines[line - 1].strip() if line else ""
            marked = written if written.startswith("# ") else ""  # else it is underlined with ===
            state.env["findings"].append(
                Finding(
                    "MD07",
                    "warning",
                    message,
                    line=line,
                    quote=marked or text,
                    fix="Use ## instead of #.",
                    replacement=f"#{marked}" if marked else None,
                )
            )
        identifier = _unique(slugify(text, allow_unicode=True) or FALLBACK, used)
        token.attrSet("id", identifier)
        headings.append(Heading(int(token.tag[1]), prefixed(identifier), text, line))
    state.env["headings"] = tuple(headings)


def _unique(wanted: str, used: dict[str, int]) -> str:
    """Return `wanted`, or `wanted-2` and so on. `used` remembers the last number, so equal headings stay linear."""
    if wanted not in used:
        used[wanted] = 1
        return wanted
    number = used[wanted]
    candidate = wanted
    while candidate in used:
        number += 1
        candidate = f"{wanted}-{number}"
    used[wanted] = number
    used[candidate] = 1
    return candidate
