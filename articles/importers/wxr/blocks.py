"""From a tree of HTML to lines of Markdown: paragraphs, headings, lists, quotations, code, pictures with captions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from articles.importers.lines import Line
from articles.importers.wxr import escape, tables
from articles.importers.wxr.inline import Inline
from articles.importers.wxr.media import GONE, MOST_TITLE, Media, is_face
from articles.importers.wxr.tree import BLOCKS, Node, Text

MOST_NESTED = 6  # lists and quotations in one another; the site reads 12 levels, a list takes two
RULE = "***"
_NESTING = frozenset({"ul", "ol", "blockquote"})
_ITEM = re.compile(
    r"- |1\. "
)  # such a list needs no blank line before it; words that look like one are escaped
_LANGUAGE = re.compile(r"\b(?:language|lang)-([a-z0-9+#-]{1,20})\b")
_BREAK = re.compile(r"\n[ \t\r]*\n\s*")
Children = Sequence[Node | Text]


class Blocks:
    def __init__(self, media: Media, *, is_classic: bool) -> None:
        self.media = media
        self.is_classic = is_classic

    def write(self, children: Children, depth: int = 0) -> list[Line]:
        """Return the blocks with a blank line between them."""
        lines: list[Line] = []
        for block in self._blocks(children, depth):
            if block and lines and not (depth and _ITEM.match(block[0].text)):
                lines.append(Line("", block[0].number))
            lines += block
        return lines

    def inline(self, *, in_cell: bool = False) -> Inline:
        return Inline(self.media, is_classic=self.is_classic, in_cell=in_cell)

    def _blocks(self, children: Children, depth: int) -> Iterator[list[Line]]:
        run: list[Node | Text] = []
        for child in children:
            if isinstance(child, Text) or not is_block(child):
                run.append(child)
                continue
            yield from self._paragraphs(run)
            run = []
            yield self._block(child, depth)
        yield from self._paragraphs(run)

    def _block(self, node: Node, depth: int) -> list[Line]:
        if node.tag in _NESTING and depth >= MOST_NESTED:
            return self.write(node.children, depth)
        if write := _WRITERS.get(node.tag):
            return write(self, node, depth)
        if node.tag == "form":
            self.media.lose(node)
        elif node.tag in GONE:
            self.media.lose(node)
            return []
        elif node.tag == "a":
            self.media.lose_link_of_picture(node)
        return self.write(node.children, depth)

    def quotation(self, node: Node, depth: int) -> list[Line]:
        return [line.but(f"> {line.text}".rstrip()) for line in self.write(node.children, depth + 1)]

    def picture(self, node: Node, depth: int) -> list[Line]:
        picture = self.media.picture(node)
        return [Line(picture, node.line)] if picture else []

    def heading(self, node: Node, depth: int) -> list[Line]:
        level = max(int(node.tag[1]), 2)  # the title is the only first-level heading of a page
        words = self.inline().line(node.children)
        if not words:
            return []
        words = re.sub(r"(?<= )(#+)$", r"\\\1", words)  # Markdown takes these for the end of a heading
        return [Line(f"{'#' * level} {words}", first_line([node]))]

    def strong(self, node: Node, depth: int) -> list[Line]:
        inside = Node("strong", node.line, {}, node.children)
        return [line for block in self._paragraphs([inside]) for line in block]

    def items(self, node: Node, depth: int) -> list[Line]:
        number = int(start) if (start := node.attrs.get("start", "")).isdecimal() and len(start) < 6 else 1
        items: list[list[Line]] = []
        for child in node.children:
            if isinstance(child, Text) and not child.value.strip():
                continue
            is_item = isinstance(child, Node) and child.tag == "li"
            inside = self.write(child.children if isinstance(child, Node) and is_item else [child], depth + 1)
            if not inside:
                continue
            if not is_item and items:  # a list that stands between the items of another
                items[-1] += [line.but(_indented(line.text, "  ")) for line in inside]
                continue
            mark = f"{number}. " if node.tag == "ol" else "- "
            number += 1
            first, *more = inside
            indent = " " * len(mark)
            items.append(
                [first.but(mark + first.text), *(one.but(_indented(one.text, indent)) for one in more)]
            )
        return _joined(items)

    def figure(self, node: Node, depth: int) -> list[Line]:
        """Return a picture with its caption; a gallery, a table or a frame is written as what is in it."""
        inside = list(node.walk())
        pictures = [one for one in inside if one.tag == "img" and not is_face(one)]
        if len(pictures) != 1 or any(one.tag in {"table", "pre", "blockquote", "iframe"} for one in inside):
            return self.write(node.children, depth)
        captions = [one for one in inside if one.tag == "figcaption"]
        caption = captions[0] if captions else Node("figcaption", node.line, {}, _without_pictures(node))
        words = " ".join(caption.words().split())
        has_marks = any(one.tag in {"a", "br", "code"} for one in caption.walk())
        as_title = words and len(words) <= MOST_TITLE and not has_marks
        picture = self.media.picture(pictures[0], words if as_title else "")
        for link in (one for one in inside if one.tag == "a" and pictures[0] in list(one.walk())):
            self.media.lose_link_of_picture(link)
        lines = [Line(picture, pictures[0].line)] if picture else []
        if words and not (as_title and picture):
            below = self.write(caption.children, depth)
            lines += [Line("", pictures[0].line), *below] if lines else below
        return lines

    def _paragraphs(self, run: Children) -> Iterator[list[Line]]:
        for part in self._split(run):
            written = [line.strip() for line in self.inline().write(part).split("\n")]
            words = [escape.escape_start(line) for line in written if line]
            if words:
                number = first_line(part)
                yield [Line(f"{line}\\", number) for line in words[:-1]] + [Line(words[-1], number)]

    def _split(self, run: Children) -> Iterator[list[Node | Text]]:
        """Yield the paragraphs of a run: the old editor parts them by an empty line alone."""
        part: list[Node | Text] = []
        for child in run:
            if not self.is_classic or isinstance(child, Node):
                part.append(child)
                continue
            start = 0
            for gap in _BREAK.finditer(child.value):
                part.append(_cut(child, start, gap.start()))
                yield part
                part, start = [], gap.end()
            part.append(_cut(child, start, len(child.value)))
        yield part


def is_block(node: Node) -> bool:
    """Return whether an element stands by itself: a block, a picture, or something with one of these in it."""
    own = node.tag in BLOCKS or (node.tag == "img" and not is_face(node))
    return own or any(one.tag in BLOCKS or (one.tag == "img" and not is_face(one)) for one in node.walk())


def first_line(children: Children) -> int:
    """Return the line of the first word."""
    waiting = list(reversed(children))
    while waiting:
        one = waiting.pop()
        if isinstance(one, Node):
            waiting += reversed(one.children)
        elif one.value.strip():
            return one.line + one.value[: -len(one.value.lstrip())].count("\n")
    return children[0].line if children else 1


def _cut(text: Text, start: int, end: int) -> Text:
    return Text(text.value[start:end], text.line + text.value.count("\n", 0, start))


def _code(node: Node) -> list[Line]:
    text = _code_text(node).strip("\n").rstrip()
    if not text.strip():
        return []
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    classes = " ".join(one.attrs.get("class", "") for one in (node, *node.walk()))
    language = _LANGUAGE.search(classes)
    body = [Line(line, node.line + place, is_code=True) for place, line in enumerate(text.split("\n"))]
    opening = Line(f"{fence}{language[1] if language else ''}", node.line, is_code=True)
    return [opening, *body, Line(fence, body[-1].number, is_code=True)]


def _code_text(node: Node) -> str:
    text = node.words(breaks="\n")
    return escape.visible(re.sub(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text))


def _without_pictures(node: Node) -> list[Node | Text]:
    """Return what stands beside the picture of `[caption]`; the link around it goes, its words stay."""
    return [child for child in node.children if isinstance(child, Text) or not _has_picture(child)]


def _has_picture(node: Node) -> bool:
    return node.tag == "img" or any(one.tag == "img" for one in node.walk())


def _indented(text: str, indent: str) -> str:
    return f"{indent}{text}" if text else ""


def _joined(items: Sequence[list[Line]]) -> list[Line]:
    """Return the items close together, unless one of them has several blocks."""
    is_loose = any(not line.text for item in items for line in item)
    lines: list[Line] = []
    for item in items:
        if lines and is_loose:
            lines.append(Line("", item[0].number))
        lines += item
    return lines


_WRITERS: dict[str, Callable[[Blocks, Node, int], list[Line]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Blocks.heading),
    **dict.fromkeys(("ul", "ol"), Blocks.items),
    **dict.fromkeys(("dt", "summary"), Blocks.strong),
    "blockquote": Blocks.quotation,
    "pre": lambda blocks, node, depth: _code(node),
    "hr": lambda blocks, node, depth: [Line(RULE, node.line)],
    "table": lambda blocks, node, depth: tables.write(node, blocks, depth),
    "figure": Blocks.figure,
    "img": Blocks.picture,
}
