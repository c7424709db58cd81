"""The text of one post: from the HTML of either editor to lines of Markdown, and what was lost on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.importers.draft import told
from articles.importers.lines import Lines, tidy
from articles.importers.words import quote
from articles.importers.wxr import tree
from articles.importers.wxr.blocks import Blocks
from articles.importers.wxr.media import Media
from articles.importers.wxr.site import Site
from cms.contracts import Finding

_BLOCK = re.compile(r"/?wp:([a-z][a-z0-9/-]*)")
_MARKS = re.compile(r"more\b|nextpage\b|noteaser\b|/?wp:")
_EMPTY = frozenset({"more", "nextpage", "spacer", "separator"})  # blocks without words


@dataclass(frozen=True, slots=True)
class Content:
    lines: Lines
    not_understood: tuple[str, ...]
    findings: tuple[Finding, ...]


def convert(html: str, site: Site, first_line: int = 1) -> Content:
    """Return the lines of a post whose HTML begins on line `first_line` of its file."""
    page = tree.parse(html, first_line)
    media = Media(site)
    is_classic = not any(_BLOCK.match(text) for _, text in page.comments)
    lines = Blocks(media, is_classic=is_classic).write(page.root.children)
    lost = [*media.lost, *_lost_blocks(page)]
    lost += [(line, f"the shortcode {quote(text)} was taken out.") for line, text in page.shortcodes]
    messages = [f"Line {line}: {message}" for line, message in sorted(lost)]
    return Content(tidy(lines), tuple(dict.fromkeys(messages)), tuple(_comments(page)))


def _lost_blocks(page: tree.Page) -> list[tuple[int, str]]:
    """Return the blocks that hold no text of their own: WordPress makes it anew for every reader."""
    lost = []
    for line, text in page.comments:
        block = _BLOCK.match(text)
        if block and text.endswith("/") and block[1] not in _EMPTY:
            lost.append((line, f"the block {quote(block[1])} holds no text of its own and was taken out."))
    return lost


def _comments(page: tree.Page) -> list[Finding]:
    message = "A comment in HTML was taken out; readers never saw it."
    return [
        told("IMP13", message, line=line, quote=text)
        for line, text in page.comments
        if text and not _MARKS.match(text)
    ]
