"""The grammar of a citation, without Markdown and without a library.

Source: https://pandoc.org/MANUAL.html#citation-syntax
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markdown_it.common.utils import unescapeAll

Mode = Literal["normal", "author_in_text", "suppress_author"]

# One mark may stand between two letters or digits; a key ends before punctuation of the sentence.
NAME = r"(?:\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*)"
KEY = re.compile(rf"@(?:\{{([^\s{{}}]+)\}}|({NAME}))")
BEFORE = r"(?<![\w.+/@\\%-])"  # me@example.org, medium.com/@user and \@word are no citations
CITED = re.compile(rf"{BEFORE}(-?){KEY.pattern}")
TO_GROUP = re.compile(r"[ \t]?\n?[ \t]*(?=\[)")  # between `@key` and its `[p. 2]`
# Brackets may nest once, in "[see @a [p. 2]]"; nothing with a backtick, since code is never a citation.
GROUP = re.compile(r"\[((?:[^\[\]\\`]|\\.|\[[^\[\]`]*\])*)\]", re.DOTALL)
TERM = (
    r"(?:bk|book|chap|ch|chapter|col|column|fig|figure|fol|folio|no|number|l|line|n|note|op|opus|pp?|page|para|paragraph"
    r"|pt|part|sec|section|tab|table|vol|volume|v|verse|suppl|supplement|app|appendix)s?\b\.?|[§¶]{1,2}"
)
VALUE = r"(?:[0-9]+[a-z]?|[a-z]?[0-9]+|[ivxlc]+)(?:[:.][0-9]+)*"
LOCATOR = re.compile(
    rf"(?:({TERM})\s*)?({VALUE}(?:\s*(?:[-\u2013\u2014]|,|&|and)\s*{VALUE})*)(?![\w])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cite:
    """One key of a citation with what stands around it; `line` counts from the first line of the citation."""

    key: str
    prefix: str = ""
    locator: str = ""
    suffix: str = ""
    mode: Mode = "normal"
    line: int = 0


def match_group(text: str, position: int, end: int) -> tuple[tuple[Cite, ...], int] | None:
    """Read `[…]` at `position`; every part between semicolons must hold a key. Returns the cites and the end."""
    found = GROUP.match(text, position, end)
    if found is None or "@" not in found[1] or found[1].startswith("^"):
        return None
    cites = [_read(part, line) for part, line in _parts(found[1])]
    if not all(cites):
        return None
    return tuple(cite for cite in cites if cite), found.end()


def match_in_text(text: str, position: int, end: int) -> tuple[tuple[Cite, ...], int] | None:
    """Read `@key`, `-@key` or `@key [p. 2; @other]` at `position`."""
    found = CITED.match(text, position, end)
    if found is None:
        return None
    mode: Mode = "suppress_author" if found[1] else "author_in_text"
    key = found[2] or found[3]
    follows = TO_GROUP.match(text, found.end(), end)
    group = GROUP.match(text, follows.end(), end) if follows else None
    if group is None or text[group.end() : group.end() + 1] in set("([{:"):
        return (Cite(key, mode=mode),), found.end()
    parts = list(_parts(group[1]))
    first, others = parts[0][0], [_read(part, line) for part, line in parts[1:]]
    if first.startswith("^") or CITED.search(first) or not first.strip() or not all(others):
        return (Cite(key, mode=mode),), found.end()
    locator, suffix = _locator(first)
    own = Cite(key, locator=locator, suffix=suffix, mode=mode)
    return (own, *(cite for cite in others if cite)), group.end()


def _parts(text: str) -> list[tuple[str, int]]:
    """Split at semicolons; each part with the number of lines before it."""
    parts: list[tuple[str, int]] = []
    line = start = 0
    for mark in re.finditer(r"\\.|&#?\w{1,31};|\{[^{}]*\}|;|\Z", text, re.DOTALL):
        if mark[0] in {";", ""}:
            part = text[start : mark.start()]
            parts.append((part, line + _lines(part)))
            line += part.count("\n")
            start = mark.end()
    return parts


def _lines(part: str) -> int:
    """Lines before the key of a part."""
    found = CITED.search(part)
    return part.count("\n", 0, found.start()) if found else 0


def _read(part: str, line: int) -> Cite | None:
    found = CITED.search(part)
    if found is None or part.count("[", 0, found.start()) > part.count("]", 0, found.start()):
        return None
    locator, suffix = _locator(part[found.end() :])
    mode: Mode = "suppress_author" if found[1] else "normal"
    return Cite(found[2] or found[3], _words(part[: found.start()]), locator, suffix, mode, line)


def _locator(text: str) -> tuple[str, str]:
    """Split what follows a key into "pp. 3-5" and the rest, with its comma. A number without a word counts pages."""
    whole = text.strip()
    rest = whole[1:].lstrip() if whole.startswith(",") else whole
    if braces := re.match(r"\{([^{}]*)\}", rest):
        return _numbers(braces[1].strip()), _suffix(rest[braces.end() :])
    found = LOCATOR.match(rest)
    if found is None or (not found[1] and not found[2][0].isdigit()):
        return "", _suffix(whole)
    locator = _numbers(found[2])
    term = found[1] or ("pp." if re.search(r"\D", locator) else "p.")
    return f"{term} {locator}", _suffix(rest[found.end() :])


def _numbers(text: str) -> str:
    return _words(re.sub(r"\s*[-\u2013\u2014]+\s*", "\u2013", text))


def _suffix(text: str) -> str:
    """Return the words after a locator; a comma that has none after it goes."""
    return re.sub(r"^,\s*", ", ", _words(text)).rstrip(" ,")


def _words(text: str) -> str:
    return " ".join(unescapeAll(text).split())
