"""Evidence labels ("Statistic:", "Clinical Evidence:", …) become containers, wherever they were glued."""

from __future__ import annotations

import re

from articles.importers.draft import Draft, told
from articles.importers.lines import Kind, Line, say_lines, set_apart
from articles.importers.shape import paragraphs
from articles.importers.words import is_title

CONTAINERS = {
    "statistic": "statistic",
    "clinical evidence": "clinical-evidence",
    "research highlight": "research-highlight",
    "study insight": "study-insight",
}
_NAMES = r"(?:Statistic|Clinical[ ]Evidence|Research[ ]Highlight|Study[ ]Insight)"
LABEL = re.compile(
    rf"^(?P<lead>(?:[ ]{{0,3}}(?:[-*+]|>)[ \t]+)?)(?:\*\*|__)?(?P<name>{_NAMES})(?:\*\*|__)?:(?:\*\*|__)?[ \t]*",
    re.IGNORECASE,
)
_GLUED_LABEL = re.compile(rf"(?<=[.!?…”\"')])[ \t]+(?:[-–—][ \t]+)?(?=(?:\*\*|__)?{_NAMES}(?:\*\*|__)?:)")
_GLUED_ITEM = re.compile(r"(?<=[.!?…”\"')])[ \t]+-[ \t]+(?=[A-Z])")
_ITEM_LABEL = re.compile(r"^[^\W\d_][^.!?:]{1,60}:(?:\s|$)")


def split_glued(draft: Draft) -> Draft:
    """Give labels and list items that ran into a sentence ("… cells. - Clinical Evidence: …") lines of their own."""
    lines: list[Line] = []
    numbers: list[int] = []
    for line in draft.lines:
        pieces = [line.text] if line.is_code or line.kind is Kind.TABLE else _pieces(line.text)
        numbers += [line.number] * (len(pieces) - 1)
        lines.append(line.but(pieces[0]))
        for piece in pieces[1:]:
            lines += [Line("", line.number), line.but(piece)] if LABEL.match(piece) else [line.but(piece)]
    if not numbers:
        return draft
    message = f"Labels that ran into the sentence before them got lines of their own ({say_lines(numbers)})."
    return draft.with_lines(lines).tell(told("IMP05", message, line=numbers[0]))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _GLUED_LABEL.split(text):
        parts = _GLUED_ITEM.split(piece)
        pieces.append(parts[0])
        for part in parts[1:]:
            if is_title(part) or _ITEM_LABEL.match(part):
                pieces.append(f"- {part}")
            else:  # a dash between two sentences
                pieces[-1] += f" - {part}"
    return pieces


def make_callouts(draft: Draft) -> Draft:
    """Wrap every labelled paragraph in its container and count them."""
    ends = dict(paragraphs(draft))
    lines: list[Line] = []
    numbers: list[int] = []
    position = 0
    while position < len(draft.lines):
        line = draft.lines[position]
        label = None if line.is_code else LABEL.match(line.text)
        end = ends.get(position) or _end_of_item(draft, position)
        if label is None or _is_longer_quote(draft, label, end):
            lines.append(line)
            position += 1
            continue
        name = CONTAINERS[" ".join(label["name"].casefold().split())]
        below = (more.but(more.text.lstrip()) for more in draft.lines[position + 1 : end])
        words = [piece for piece in (line.but(line.text[label.end() :]), *below) if not piece.is_blank]
        lines += set_apart([line.but(f":::{name}"), *words, Line(":::", draft.lines[end - 1].number)])
        numbers.append(line.number)
        position = end
    if not numbers:
        return draft
    message = f"Evidence labels made callouts: {len(numbers)} ({say_lines(numbers)})."
    told_once = told("IMP05", message, line=numbers[0])
    return draft.with_lines(lines).but(callout_count=draft.callout_count + len(numbers)).tell(told_once)


def _end_of_item(draft: Draft, position: int) -> int:
    """Return where the list item that begins here ends: indented lines go on with it, in Markdown any prose does."""
    end = position + 1
    if draft.lines[position].kind is not Kind.ITEM:
        return end
    while end < len(draft.lines):
        line = draft.lines[end]
        goes_on = line.kind is Kind.INDENTED or (line.is_prose and line.text.startswith("  "))
        if not goes_on and not (line.is_prose and not draft.has_lost_marks):
            break
        end += 1
    return end


def _is_longer_quote(draft: Draft, label: re.Match[str], end: int) -> bool:
    """Return whether the label begins a quotation of several lines, which is left as it is."""
    return ">" in label["lead"] and end < len(draft.lines) and draft.lines[end].kind is Kind.QUOTE


def count_written(draft: Draft) -> Draft:
    """Count the callouts that the author wrote as containers."""
    written = sum(
        not line.is_code and line.text.strip().removeprefix(":::").split(maxsplit=1)[:1] in _OPENINGS
        for line in draft.lines
        if line.kind is Kind.DIRECTIVE and line.text.strip().startswith(":::")
    )
    return draft.but(callout_count=draft.callout_count + written)


_OPENINGS = [[name] for name in CONTAINERS.values()]
