"""What stands within a paragraph: emphasis, links, code, small pictures. A line break is a newline."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from articles.importers.wxr import escape
from articles.importers.wxr.media import GONE, Media, is_face
from articles.importers.wxr.tree import BLOCKS, Node, Text

MARKS = {
    **dict.fromkeys(("strong", "b"), "**"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "*"),
    **dict.fromkeys(("del", "s", "strike"), "~~"),
}
CODE = frozenset({"code", "kbd", "samp", "tt"})
_SMALL = {
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
    "sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
}
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_STOPS = ".,:;!?"


class Inline:
    """Writes the children of one block. `is_classic`: a newline is a line break, as in the old editor."""

    def __init__(self, media: Media, *, is_classic: bool, in_cell: bool = False) -> None:
        self.media = media
        self.is_classic = is_classic
        self.in_cell = in_cell
        self.marks: set[str] = set()
        self.in_link = False

    def write(self, children: Sequence[Node | Text], after: str = "") -> str:
        """Return the Markdown; `after` is the letter that follows."""
        written = ""
        for place, child in enumerate(children):
            if isinstance(child, Text):
                written += self._text(child)
            else:
                rest = "".join(_words(one) for one in children[place + 1 : place + 3])
                piece = self._element(child, written[-1:], (rest or after)[:1])
                if piece.startswith("[") and written.endswith("!"):  # together they would be a picture
                    written = f"{written[:-1]}\\!"
                written += piece
        return written

    def line(self, children: Sequence[Node | Text]) -> str:
        """Return one line for a heading or a cell."""
        return " ".join(self.write(children).split())

    def _text(self, text: Text) -> str:
        value = escape.spaced(text.value)
        if not self.is_classic:
            value = re.sub(r" *\n[\n ]*", " ", value)
        return escape.escape(value)

    def _element(self, node: Node, before: str, after: str) -> str:
        if node.tag in GONE:
            self.media.lose(node)
            return ""
        if node.tag in MARKS:
            return self._emphasis(node, before, after)
        if node.tag in _SMALL:
            return self.write(node.children).translate(_SMALL[node.tag])
        if write := _WRITERS.get(node.tag):
            return write(self, node)
        inside = self.write(node.children, after)
        return f"\n{inside}\n" if node.tag in BLOCKS else inside

    def code(self, node: Node) -> str:
        span = escape.code_span(node.words())
        return span.replace("|", "\\|") if self.in_cell else span

    def picture(self, node: Node) -> str:
        return escape.escape(node.attrs.get("alt", "")) if is_face(node) else self.media.picture(node)

    def link(self, node: Node) -> str:
        if self.in_link:
            return self.write(node.children)
        self.in_link = True
        inside = self.write(node.children)
        self.in_link = False
        words = " ".join(inside.split())
        if not words:
            return inside
        destination = self.media.link(node)
        if not destination:
            return inside
        head = " " if inside[:1].isspace() else ""
        tail = " " if inside[-1:].isspace() else ""
        return f"{head}[{words}]({destination}){tail}"

    def _emphasis(self, node: Node, before: str, after: str) -> str:
        mark = MARKS[node.tag]
        if mark in self.marks:
            return self.write(node.children, after)
        self.marks.add(mark)
        inside = self.write(node.children)
        self.marks.discard(mark)
        head, core, tail = _edges(inside)
        if not core or before == mark[0]:
            return inside
        if not tail and after.isalnum() and not core[-1].isalnum():
            stripped = core.rstrip(_STOPS)
            core, tail = stripped, core[len(stripped) :]
        can_open = head or not before.isalnum() or core[:1].isalnum()
        can_close = tail or not after.isalnum() or core[-1:].isalnum()
        if not core or core.endswith("\\") or not can_open or not can_close:
            return inside
        return f"{head}{mark}{core}{mark}{tail}"


def _edges(text: str) -> tuple[str, str, str]:
    found = _EDGES.match(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def _words(one: Node | Text) -> str:
    return one.value if isinstance(one, Text) else one.words()


_WRITERS: dict[str, Callable[[Inline, Node], str]] = {
    **dict.fromkeys(CODE, Inline.code),
    "br": lambda inline, node: "\n",
    "img": Inline.picture,
    "q": lambda inline, node: f"“{inline.write(node.children)}”",
    "a": Inline.link,
}
