"""Tables. One that only arranges a page is written as what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from articles.importers.lines import Line
from articles.importers.wxr.tree import Node

if TYPE_CHECKING:
    from articles.importers.wxr.blocks import Blocks

MOST_COLUMNS = 50
_ARRANGED = frozenset(
    {"table", "ul", "ol", "blockquote", "pre", "figure", "h1", "h2", "h3", "h4", "h5", "h6"}
)


def write(node: Node, blocks: Blocks, depth: int) -> list[Line]:
    inside = list(node.walk())
    rows = [one for one in inside if one.tag == "tr"]
    cells = [list(_cells(row)) for row in rows]
    width = max(map(len, cells), default=0)
    if width < 2 or width > MOST_COLUMNS or any(one.tag in _ARRANGED for one in inside):
        return blocks.write(node.children, depth)
    caption = next((one for one in inside if one.tag == "caption"), None)
    lines = blocks.write(caption.children, depth) if caption else []
    if lines:
        lines.append(Line("", node.line))
    written = 0
    for row, columns in zip(rows, cells, strict=True):
        if not columns:
            continue
        words = [blocks.inline(in_cell=True).line(cell.children) if cell else "" for cell in columns]
        padded = [*words, *[""] * (width - len(words))]
        lines.append(Line(f"| {' | '.join(padded)} |", row.line))
        if not written:
            lines.append(Line(f"|{'---|' * width}", row.line))
        written += 1
    return lines


def _cells(row: Node) -> Iterator[Node | None]:
    """Yield the cells; one that spans several columns is followed by empty ones."""
    for child in row.children:
        if isinstance(child, Node) and child.tag in {"td", "th"}:
            yield child
            span = child.attrs.get("colspan", "")
            if span.isdecimal() and len(span) < 3:
                yield from [None] * (int(span) - 1)
