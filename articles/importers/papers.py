"""A table of papers becomes references with what the article says about each, and `::papers` in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from articles.importers import csl
from articles.importers.draft import Draft, told
from articles.importers.lines import Line, Lines, set_apart
from articles.importers.reference_lists import add_reference, taken_keys
from articles.importers.words import fold, quote

EMBED = "::papers"
UNKNOWN = frozenset({"", "-", "–", "—", "?", "n/a", "na", "none", "unknown"})
_DELIMITER = re.compile(r"^ {0,3}\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"^[\d.,\s]*\d[\d.,\s]*$")
_TITLE = re.compile(r"^(?:paper|study|article|title|reference|publication)s?\b")
_NUMBERING = frozenset({"s no", "sno", "no", "nr", "number", "sr no", "rank", ""})


def take_papers(draft: Draft) -> Draft:
    """Replace the first table whose head names papers and an insight or citations; later ones join it."""
    lines: list[Line] = []
    position, is_first = 0, True
    while position < len(draft.lines):
        end = _table_end(draft.lines, position)
        columns = _columns(cells(draft.lines[position].text)) if end else None
        if columns is None:
            lines.append(draft.lines[position])
            position += 1
            continue
        head = draft.lines[position]
        draft = _take(draft, head, columns, draft.lines[position + 2 : end], is_first=is_first)
        lines += set_apart([head.but(EMBED)]) if is_first else [head.but("")]
        is_first, position = False, end
    return draft.with_lines(lines)


def cells(row: str) -> list[str]:
    """Return the cells of a table row; an escaped bar is part of its cell."""
    parts = _CELL_END.split(row.strip())
    if parts and not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return [part.strip().replace("\\|", "|") for part in parts]


def _table_end(lines: Lines, start: int) -> int:
    """Return where the table that starts here ends, 0 if none does."""
    if lines[start].is_code or "|" not in lines[start].text or start + 1 >= len(lines):
        return 0
    if "|" not in lines[start + 1].text or not _DELIMITER.match(lines[start + 1].text):
        return 0
    end = start + 2
    while end < len(lines) and not lines[end].is_code and "|" in lines[end].text:
        end += 1
    return end


def _columns(head: Sequence[str]) -> Mapping[int, str] | None:
    """Return the role of each column: title, insight, citations, number, or its own name."""
    roles: dict[int, str] = {}
    for place, name in enumerate(head):
        folded = fold(name)
        role = "number" if folded in _NUMBERING else name
        if "insight" in folded or "finding" in folded:
            role = "insight"
        elif _TITLE.match(folded) and "title" not in roles.values():
            role = "title"
        elif folded in {"citations", "citation count", "cited by", "times cited"}:
            role = "citations"
        roles[place] = role
    return roles if "title" in roles.values() and {"insight", "citations"} & set(roles.values()) else None


def _take(
    draft: Draft, head: Line, columns: Mapping[int, str], rows: Sequence[Line], *, is_first: bool
) -> Draft:
    count = 0
    for row in rows:
        values = cells(row.text)
        named = {role: value for (_, role), value in zip(columns.items(), values, strict=False)}
        title = named.get("title", "")
        if not title or len(row.text) > 20_000:
            draft = draft.tell(
                told("IMP07", "This row names no paper; it was left out.", line=row, quote=row.text)
            )
            draft = draft.wonder(
                f"Line {row.number}: the row {quote(row.text)} of the papers table names no paper."
            )
            continue
        item = csl.from_title_and_authors(title, taken_keys(draft))
        if "issued" not in item:
            draft = draft.wonder(f"Line {row.number}: no author and year were found in {quote(title)}.")
        custom, unclear = _custom(named, values[len(columns) :])
        draft = add_reference(draft, item | ({"custom": custom} if custom else {})).wonder(
            *(f"Line {row.number}: {text}" for text in unclear)
        )
        count += 1
    place = f"{EMBED} stands in its place" if is_first else f"the first {EMBED} shows its papers too"
    message = f"Papers of the table made references: {count}; {place}."
    return draft.tell(told("IMP07", message, line=head, quote=head.text.strip()))


def _custom(named: Mapping[str, str], beyond: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what the article says about a paper, and what of it was not understood."""
    custom: dict[str, Any] = {}
    unclear: list[str] = []
    for role, value in named.items():
        if role in {"title", "number"}:
            continue
        if role == "insight":
            custom["insight"] = value
        elif role != "citations":
            custom.setdefault("columns", {})[role] = value
        elif value.casefold() in UNKNOWN:
            custom["citation_count"] = None  # unknown is not nought
        elif _NUMBER.match(value):
            custom["citation_count"] = int(re.sub(r"\D", "", value)[:9])
        else:
            custom.setdefault("columns", {})[role] = value
            unclear.append(f"{quote(value)} is no number of citations.")
    if beyond:
        custom.setdefault("columns", {})["more"] = " | ".join(beyond)
        unclear.append(f"the row has more cells than the head: {quote(' | '.join(beyond))}.")
    return custom, unclear
