"""The passages of a text: what checks of language read, with the place of every character in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from articles.compile.alignment import Lines, aligned
from cms.contracts import Mark, Passage, PassageKind


def passages(runs: Sequence[Sequence[Token]], source: str) -> tuple[Passage, ...]:
    """Return the passages of the top-level blocks `runs`, in reading order."""
    reader = _Reader(Lines(source))
    return tuple(passage for index, run in enumerate(runs) for passage in reader.read(run, index))


@dataclass
class _Table:
    columns: list[str] = field(default_factory=list)
    row: str = ""
    cell: int = -1
    in_header: bool = False


@dataclass
class _Reader:
    """Walks through the tokens and knows what stands around the present one."""

    lines: Lines
    heading: str = ""
    before: str = ""  # the words of the passage before, which may introduce a list
    in_heading: bool = False
    callouts: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    quotations: int = 0
    footnotes: int = 0
    table: _Table | None = None

    def read(self, run: Sequence[Token], index: int) -> Iterator[Passage]:
        for token in run:
            if token.type != "inline":
                self._step(token)
            elif passage := self._passage(token, index):
                yield passage

    def _step(self, token: Token) -> None:
        match token.type:
            case "heading_open" | "heading_close":
                self.in_heading = token.nesting == 1
            case "container_open" | "container_close":
                _enter(self.callouts, token, str(token.meta.get("name", "")))
            case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                _enter(self.leads, token, self.before)
            case "blockquote_open" | "blockquote_close":
                self.quotations += token.nesting
            case "footnote_open" | "footnote_close":
                self.footnotes += token.nesting
            case "table_open" | "table_close":
                self.table = _Table() if token.nesting == 1 else None
            case _ if self.table:
                _step_in_table(self.table, token)

    def _passage(self, token: Token, index: int) -> Passage | None:
        text, offsets, marks = self._read_inline(token)
        words = text.strip()
        column = row = ""
        if self.table:
            column, row = _place_in_table(self.table, words)
        if not words:
            return None
        passage = Passage(
            self._kind(), text, offsets, bisect_right(self.lines.starts, offsets[0]), index,
            heading=self.heading, lead=self.leads[-1] if self.leads else "", column=column, row=row,
            callout=self.callouts[-1] if self.callouts else "", marks=marks,
        )  # fmt: skip
        self.before = words
        if self.in_heading:
            self.heading = words
        return passage

    def _kind(self) -> PassageKind:
        if self.in_heading:
            return "heading"
        if self.table:
            return "table_header" if self.table.in_header else "table_cell"
        if self.footnotes:
            return "footnote"
        if self.quotations:
            return "quotation"
        return "list_item" if self.leads else "paragraph"

    def _read_inline(self, token: Token) -> tuple[str, tuple[int, ...], tuple[Mark, ...]]:
        where = self.lines.offsets(token, ends_line=not self.table and not self.in_heading)
        last = len(where) - 1
        words: list[str] = []
        offsets: list[int] = []
        marks: list[Mark] = []
        opened: list[tuple[str, str, int]] = []
        for child, said, places in aligned(token):
            start = len(offsets)
            words.append(said)
            offsets.extend(where[min(place, last)] for place in places)
            marks.extend(Mark(kind, key, start, len(offsets)) for kind, key in child.meta.get("marks", ()))
            if child.nesting == 1:
                opened.append((*_opened(child), start))
            elif child.nesting == -1 and opened:
                kind, key, begin = opened.pop()
                if kind:
                    marks.append(Mark(kind, key, begin, start))
        return "".join(words), tuple(offsets), tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))


def _enter(around: list[str], token: Token, name: str) -> None:
    if token.nesting == 1:
        around.append(name)
    else:
        around.pop()


def _step_in_table(table: _Table, token: Token) -> None:
    match token.type:
        case "thead_open" | "thead_close":
            table.in_header = token.nesting == 1
        case "tr_open":
            table.cell, table.row = -1, ""
        case "th_open" | "td_open":
            table.cell += 1


def _place_in_table(table: _Table, words: str) -> tuple[str, str]:
    """Note the header or the first cell of the row, and return both for the present cell."""
    if table.in_header:
        table.columns.append(words)
        return "", ""
    if table.cell == 0:
        table.row = words
    column = table.columns[table.cell] if table.cell < len(table.columns) else ""
    return column, table.row


def _opened(token: Token) -> tuple[str, str]:
    """Return the kind and the key of what begins here; both are empty for what is no mark."""
    if token.type == "link_open":
        return "url", str(token.attrGet("href") or "")
    if token.type == "strong_open":
        return "strong", ""
    return str(token.meta.get("kind", "")), str(token.meta.get("key", ""))
