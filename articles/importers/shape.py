"""How the lines of a text make paragraphs: wrapped by hand, or one line each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from articles.importers.draft import Draft
from articles.importers.lines import Kind, Line, Lines
from articles.importers.words import ends_sentence

WRAP_WIDTH = 60  # a line shorter than this that ends no sentence is a title or a label, not a wrapped line


def is_wrapped(lines: Lines) -> bool:
    """Return whether lines are broken inside sentences, so that neighbours belong together."""
    pairs = [(above, below) for above, below in pairwise(lines) if above.is_prose and below.is_prose]
    soft = sum(_is_soft_break(above.text, below.text) for above, below in pairs)
    return soft > 0 and soft * 3 >= len(pairs)


def _is_soft_break(above: str, below: str) -> bool:
    if ends_sentence(above) or above.rstrip().endswith(":"):
        return False
    return below.lstrip()[:1].islower() or len(above) >= WRAP_WIDTH


def find_lost_marks(draft: Draft) -> Draft:
    """Note whether the text came without its marks. A text with one heading has kept them."""
    has_headings = any(line.kind is Kind.HEADING for line in draft.lines)
    return draft.but(has_lost_marks=not has_headings and not is_wrapped(draft.lines))


def paragraphs(draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield (start, end) positions of the prose paragraphs."""
    start: int | None = None
    for position, line in enumerate((*draft.lines, Line("", 0))):
        if start is not None and (draft.has_lost_marks or not line.is_prose):
            yield start, position
            start = None
        if start is None and line.is_prose:
            start = position


def separate(draft: Draft) -> Draft:
    """Put a blank line between blocks that only a line break kept apart; Markdown would run them together."""
    if not draft.has_lost_marks:
        return draft
    lines: list[Line] = []
    for line in draft.lines:
        if lines and _are_apart(lines[-1], line):
            lines.append(Line("", line.number))
        lines.append(line)
    return draft.with_lines(lines)


def _are_apart(above: Line, below: Line) -> bool:
    kinds = {above.kind, below.kind}
    if kinds & {Kind.BLANK, Kind.CODE, Kind.DIRECTIVE} or above.text.endswith(("  ", "\\")):
        return False
    if below.kind is Kind.INDENTED:  # goes on with a list item, or with code
        return above.kind not in {Kind.ITEM, Kind.INDENTED}
    if below.is_prose and below.text.startswith(" ") and above.kind in {Kind.ITEM, Kind.INDENTED}:
        return False
    if below.kind is Kind.ITEM and above.text.startswith("  "):
        return False
    return above.kind is not below.kind or above.is_prose
