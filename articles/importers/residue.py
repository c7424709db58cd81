"""What is left over: markup of other systems that Markdown shows as plain letters. It stays, and is reported."""

from __future__ import annotations

import re

from articles.importers.draft import Draft, told
from articles.importers.lines import Kind, Line
from articles.importers.words import quote
from cms.contracts import Finding

_COMMENT = re.compile(r"^\s*<!--(?:(?!-->).){0,1000}-->\s*$")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]{0,500})?/?>|<!--")
_SHORTCODE = re.compile(r"\{\{[<%{]?.|\{%|\[/?(?:caption|gallery|embed|video|audio)\b")
_SPAN = re.compile(r"`+[^`]*`+")
_BULLET = re.compile(r"^(\s{0,3})[•·▪●‣◦]\s+")


def mark_bullets(draft: Draft) -> Draft:
    """Write bullets that are letters ("• zinc") as Markdown's."""
    return draft.with_lines(
        line if line.is_code else line.but(_BULLET.sub(r"\1- ", line.text)) for line in draft.lines
    )


def report_residue(draft: Draft) -> Draft:
    """Take comments out and name every line with HTML or a shortcode."""
    lines: list[Line] = []
    findings: list[Finding] = []
    unknown: list[str] = []
    for line in draft.lines:
        if line.kind is Kind.HTML and _COMMENT.match(line.text):
            message = "A comment in HTML was taken out; readers never saw it."
            findings.append(told("IMP13", message, line=line, quote=line.text.strip()))
            continue
        lines.append(line)
        words = "" if line.is_code else _SPAN.sub("", line.text)
        if _SHORTCODE.search(words):
            unknown.append(
                f"Line {line.number}: {quote(line.text)} is a shortcode of another system, left as text."
            )
        elif _TAG.search(words):
            unknown.append(
                f"Line {line.number}: {quote(line.text)} holds HTML, which readers would see as letters."
            )
    return draft.with_lines(lines).tell(*findings).wonder(*unknown)
