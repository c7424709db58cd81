"""The HTML of a post as a tree that never fails, with the line of every piece, and with shortcodes seen as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from articles.importers.wxr.shortcodes import Shortcodes

MAX_DEPTH = 60
VOID = frozenset(
    "area base br col embed hr iframe img input link meta param source track wbr".split()
)  # an iframe has nothing in it, and one that is never closed must not swallow the text
BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
LITERAL = frozenset({"pre", "code", "script", "style", "textarea"})
_ENDS = {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "tr": frozenset({"tr", "td", "th", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
}
_P = frozenset({"p"})


@dataclass(slots=True)
class Text:
    value: str
    line: int


@dataclass(slots=True)
class Node:
    tag: str
    line: int
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | Text] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield every element below this one; calls itself nowhere."""
        waiting = [child for child in reversed(self.children) if isinstance(child, Node)]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def words(self, *, breaks: str = "") -> str:
        """Return the letters below this element, with `breaks` for each line break."""
        pieces: list[str] = []
        waiting: list[Node | Text] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Text):
                pieces.append(one.value)
            elif one.tag == "br":
                pieces.append(breaks)
            else:
                waiting += reversed(one.children)
        return "".join(pieces)


class _Builder(HTMLParser):
    def __init__(self, html: str, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root", first_line)
        self.open = [self.root]
        self.shift = first_line - 1
        self.comments: list[tuple[int, str]] = []
        self.shortcodes = Shortcodes(html)
        self.feed(html)
        self.close()

    @property
    def line(self) -> int:
        return self.getpos()[0] + self.shift

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._leave(_ENDS.get(tag, _P))
        node = Node(tag, self.line, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID and len(self.open) < MAX_DEPTH:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in BLOCKS:  # HTML reads <p/> as <p>
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def _leave(self, ended: frozenset[str]) -> None:
        """Close the elements that cannot go on beside a new one, such as a paragraph before a list."""
        for place in range(len(self.open) - 1, 0, -1):
            tag = self.open[place].tag
            if tag in ended:
                del self.open[place:]
            elif tag in BLOCKS:
                return

    def handle_data(self, data: str) -> None:
        if any(node.tag in LITERAL for node in self.open):
            self._add(data, self.line)
            return
        line = self.line
        for piece in self.shortcodes.split(data, line):
            if piece.name == "caption" and piece.is_closing:
                self.handle_endtag("figure")
            elif piece.name == "caption":
                self.handle_starttag("figure", [])
            elif not piece.name:
                self._add(piece.text, piece.line)

    def _add(self, text: str, line: int) -> None:
        children = self.open[-1].children
        last = children[-1] if children else None
        if isinstance(last, Text):
            last.value += text
        elif text:
            children.append(Text(text, line))

    def handle_comment(self, data: str) -> None:
        self.comments.append((self.line, data.strip()))


@dataclass(frozen=True, slots=True)
class Page:
    """`shortcodes` and `comments` are (line, text) of what is not part of the tree."""

    root: Node
    shortcodes: list[tuple[int, str]]
    comments: list[tuple[int, str]]


def parse(html: str, first_line: int = 1) -> Page:
    builder = _Builder(_without_open_ends(html), first_line)
    return Page(builder.root, builder.shortcodes.found, builder.comments)


def _without_open_ends(html: str) -> str:
    """Escape what begins a tag or comment and never ends: 50,000 times "<!--" take the parser minutes.

    Marked sections, which HTML does not have, end it with an error.
    """
    html = re.sub(r"<(?![A-Za-z/!?])|<(?=!\[)", "&lt;", html)
    tags, comments = html.rfind(">") + 1, html.rfind("-->") + 1
    html = html[:tags] + html[tags:].replace("<", "&lt;")
    return html[:comments] + html[comments:].replace("<!--", "&lt;!--")
