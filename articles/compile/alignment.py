"""Where the words of an inline token stand in the source. Markdown-it keeps lines only; checks quote exact words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from markdown_it.token import Token

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
BREAKS = {"softbreak", "hardbreak"}
WORDS = {"text", "code_inline", "text_special"}
PICTURES = {"image", "library_image"}


class Lines:
    """The lines of a source, and how far the present one has been read: the cells of a row share a line."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self._line = self._column = 0

    def offsets(self, token: Token, *, ends_line: bool) -> list[int]:
        """Return the place in the source of every character of the token's content.

        `ends_line`: the content runs to the end of each of its lines, as a paragraph's does and a cell's does not.
        """
        first = token.map[0] if token.map else 0
        found: list[int] = []
        for number, words in enumerate(token.content.split("\n"), start=first):
            if number > first:
                found.append(self.starts[min(number, len(self.lines))] - 1)
            found.extend(self._in_line(min(number, len(self.lines) - 1), words, ends_line=ends_line))
        return found

    def _in_line(self, number: int, words: str, *, ends_line: bool) -> list[int]:
        line = self.lines[number]
        begin = self._column if number == self._line else 0
        whole = line.rstrip()
        if ends_line and whole.endswith(words.rstrip()):
            start = len(whole) - len(words.rstrip())
        else:
            start = line.find(words, begin)
        # Not there as they are: the pipes of a cell lose their backslash.
        columns = list(range(start, start + len(words))) if start >= 0 else walk(words, line, begin)
        if columns:
            self._line, self._column = number, columns[-1] + 1
        last = max(0, len(line) - 1)
        return [self.starts[number] + min(column, last) for column in columns]


def walk(words: str, content: str, position: int) -> list[int]:
    """Find the characters of `words` in `content` one after another, over escapes, entities and marks."""
    places: list[int] = []
    while len(places) < len(words):
        place, length, position = _next(words, len(places), content, position)
        places.extend([place] * length)
    return places


def _next(words: str, index: int, content: str, position: int) -> tuple[int, int, int]:
    """Return the place of `words[index]`, how many characters stand there, and where to go on."""
    for place in range(position, len(content)):
        entity = ENTITY.match(content, place)
        if entity and words.startswith(said := unescape(entity[0]), index):
            return place, len(said), entity.end()
        if content[place] == words[index]:
            return place, 1, place + 1
    return max(0, min(position, len(content) - 1)), 1, position


class Inline:
    """Reads the children of an inline token in step with its content."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.position = 0

    def words(self, words: str) -> list[int]:
        start = self.content.find(words, self.position)
        places = (
            list(range(start, start + len(words))) if start >= 0 else walk(words, self.content, self.position)
        )
        if places:
            self.position = max(self.position, places[-1] + 1)
        return places

    def line_break(self) -> int:
        place = self.content.find("\n", self.position)
        if place < 0:
            return min(self.position, max(0, len(self.content) - 1))
        self.position = place + 1
        return place

    def skip(self, exact: str) -> int:
        """Step over `exact` and return where it began."""
        start = self.content.find(exact, self.position) if exact else -1
        if start < 0:
            return self.position
        self.position = start + len(exact)
        return start

    def skip_target(self) -> None:
        """Step over what follows the words of a link: `](address "title")` or `][label]`."""
        if self.content[self.position : self.position + 1] != "]":
            return
        self.position += 1
        opening = self.content[self.position : self.position + 1]
        if opening in {"(", "["}:
            self._skip_group(opening, ")" if opening == "(" else "]")

    def skip_picture(self) -> None:
        start = self.content.find("![", self.position)
        if start < 0:
            return
        self.position = start + 1
        self._skip_group("[", "]")
        if self.content[self.position : self.position + 1] in {"(", "["}:
            self.position -= 1
            self.content = f"{self.content[: self.position]}]{self.content[self.position + 1 :]}"
            self.skip_target()

    def _skip_group(self, opening: str, closing: str) -> None:
        depth = 0
        for place in range(self.position, len(self.content)):
            if self.content[place] == "\\":
                continue
            depth += (self.content[place] == opening) - (self.content[place] == closing)
            if depth == 0:
                self.position = place + 1
                return


def aligned(token: Token) -> Iterator[tuple[Token, str, Sequence[int]]]:
    """Yield each child with the words that a reader sees of it and their places in `token.content`."""
    inline = Inline(token.content)
    for child in token.children or ():
        if child.type in WORDS:
            yield child, child.content, inline.words(child.content)
        elif child.type in BREAKS:
            yield child, " ", [inline.line_break()]
        elif said := str(child.meta.get("text", "")):
            start = inline.skip(child.content)
            last = max(start, inline.position - 1)
            yield child, said, [min(start + number, last) for number in range(len(said))]
        else:
            if child.type.endswith("link_close"):
                inline.skip_target()
            elif child.type in PICTURES:
                inline.skip_picture()
            elif child.content:
                inline.skip(child.content)
            yield child, "", ()
