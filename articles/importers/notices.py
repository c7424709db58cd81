"""Disclaimers at the end of a text: taken out of it and handed over to become records that all articles share."""

from __future__ import annotations

import re

from articles.importers.draft import Draft, told
from articles.importers.lines import Kind, Line
from articles.importers.shape import paragraphs
from articles.importers.words import fold, quote
from cms.contracts import Finding

_LABEL = re.compile(
    r"^(?:important note|important notice|(?:\w+ ){0,2}disclaimer|affiliate disclosure|disclosure"
    r"|regarding nutritional supplements[^:.]{0,80})\s*:",
    re.IGNORECASE,
)
_WORDING = re.compile(
    r"not intended to diagnose|information(?:al)? purposes only|not been evaluated by the"
    r"|(?:construed as|substitute for|intended as) (?:\w+ ){0,3}medical advice|as an amazon associate",
    re.IGNORECASE,
)
_HEADINGS = frozenset(
    {"disclaimer", "disclaimers", "medical disclaimer", "health disclaimer", "important note"}
)
_DECORATION = re.compile(r"^[\s>*_]+|[\s*_]+$")


def take_notices(draft: Draft) -> Draft:
    """Take the run of disclaimers off the end. One in the middle stays: there it is part of the article."""
    lines = list(draft.lines)
    texts: list[str] = []
    findings: list[Finding] = []
    for start, end in reversed(list(paragraphs(draft))):
        if any(_is_text(line) for line in lines[end:]):
            break
        text = _DECORATION.sub("", " ".join(line.text.strip() for line in lines[start:end]))
        if not (_LABEL.match(text.replace("**", "").replace("__", "")) or _WORDING.search(text)):
            break
        texts.insert(0, _plain_label(text))
        message = f"A disclaimer was taken out of the text to become a record of its own: {quote(text, 60)}"
        findings.insert(0, told("IMP08", message, line=lines[start], quote=text))
        del lines[start:]
    if not texts:
        return draft
    lines, heading = _without_heading(lines)
    if heading:
        message = "The heading of the disclaimers was taken out with them."
        findings.insert(0, told("IMP08", message, line=heading, quote=heading.text.strip()))
    return draft.with_lines(lines).but(disclaimers=tuple(texts)).tell(*findings)


def _is_text(line: Line) -> bool:
    return line.kind not in {Kind.BLANK, Kind.RULE}


def _plain_label(text: str) -> str:
    """Return the wording with a bold label in plain letters."""
    return re.sub(r"^([^*_:]{1,100})(?:\*\*|__)?:(?:\*\*|__)?", r"\1:", text)


def _without_heading(lines: list[Line]) -> tuple[list[Line], Line | None]:
    end = len(lines)
    while end and not _is_text(lines[end - 1]):
        end -= 1
    last = lines[end - 1] if end else None
    if last is not None and fold(last.text) in _HEADINGS:
        return lines[: end - 1], last
    return lines[:end], None
