"""Addresses of links and pictures, and what may not come along."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from articles.importers.words import quote
from articles.importers.wxr import escape
from articles.importers.wxr.site import Site, parts_of
from articles.importers.wxr.tree import Node

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
MOST_ADDRESS = 2000
MOST_TITLE = 250
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_OF_LIBRARY = re.compile(r"\bwp-image-(\d{1,12})\b")
_FACES = re.compile(r"\b(?:emoji|wp-smiley)\b")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)
_DROPPED = {
    "iframe": "a frame of another site",
    "script": "a script",
    "embed": "an embedded object",
    "object": "an embedded object",
    "video": "a video",
    "audio": "a sound",
    "form": "a form",
    "input": "a field of a form",
    "select": "a field of a form",
    "textarea": "a field of a form",
    "button": "a button of a form",
    "svg": "a drawing (SVG)",
    "canvas": "a drawing",
    "math": "a formula",
}
SILENT = frozenset({"style", "noscript", "template", "head", "title", "link", "meta"})
GONE = frozenset({*_DROPPED, *SILENT}) - {"form", "button"}  # the words in these two are the page's


@dataclass(slots=True)
class Media:
    """`lost` collects (line, message) of what could not be kept."""

    site: Site
    lost: list[tuple[int, str]] = field(default_factory=list)

    def lose(self, node: Node) -> None:
        """Note an element that readers will not get."""
        what = _DROPPED.get(node.tag)
        if what is None:
            return
        inside = (child.attrs.get("src", "") for child in node.walk())
        source = node.attrs.get("src") or node.attrs.get("data-src") or next(filter(None, inside), "")
        where = f" from {quote(source)}" if source else ""
        self.lost.append((node.line, f"{what}{where} was taken out."))

    def link(self, node: Node) -> str:
        """Return the destination of a link as Markdown writes it, "" if it cannot be one."""
        written = escape.one_address(node.attrs.get("href", ""))
        if not written:
            return ""
        if written.startswith("//"):
            written = f"https:{written}"
        scheme = _SCHEME.match(written)
        try:
            parts = urlsplit(written)
            host = parts.hostname
        except ValueError:
            host, scheme = None, None
            written = ""
        if not written or len(written) > MOST_ADDRESS or (scheme and scheme[1].casefold() not in SCHEMES):
            message = f"the link to {quote(node.attrs['href'])} is none; its words were kept."
            self.lost.append((node.line, message))
            return ""
        is_here = self.site.is_own(host) if host else written.startswith("/")
        if is_here and (slug := self.site.slug_at(parts.path)):
            return f"art:{slug}"
        return escape.address(written)

    def picture(self, node: Node, caption: str = "") -> str:
        """Return a picture as Markdown, "" if it is none that could be kept."""
        source = self._source(node)
        if not source:
            return ""
        alt = node.attrs.get("alt", "").strip() or self.site.alts.get(parts_of(source)[1], "")
        title = f' "{escape.quoted(caption)}"' if caption else ""
        return f"![{escape.plain_words(alt)[:300]}]({escape.address(source)}{title})"

    def _source(self, node: Node) -> str:
        """Return the address of the whole picture; one of this site is a path, so that its file is looked for."""
        named = _OF_LIBRARY.search(node.attrs.get("class", ""))
        written = self.site.pictures.get(named[1], "") if named else ""
        for name in ("src", "data-src", "data-lazy-src", "data-original"):
            if not written or written.startswith("data:"):
                written = escape.one_address(node.attrs.get(name, "")) or written
        if node.attrs.get("width") == "1" or node.attrs.get("height") == "1":
            self.lost.append((node.line, f"a tracking pixel from {quote(written)} was taken out."))
            return ""
        written = self.site.original(f"https:{written}" if written.startswith("//") else written)
        try:
            parts = urlsplit(written)
            is_own = self.site.is_own(parts.hostname)
        except ValueError:
            parts, is_own, written = urlsplit(""), False, ""
        is_address = parts.scheme in {"http", "https", ""} and len(written) <= MOST_ADDRESS
        if not written or not is_address or len(escape.address(written)) > MOST_CHARACTERS:
            self.lost.append((node.line, f"a picture ({quote(written)}) was taken out; it has no address."))
            return ""
        return parts.path if is_own and parts.path else written

    def lose_link_of_picture(self, node: Node) -> None:
        """Note where a click on a picture led, unless it was to the picture itself."""
        target = node.attrs.get("href", "")
        if target and not _FILE.search(target.partition("?")[0]):
            message = f"a picture was a link to {quote(target)}; the picture was kept, the link was not."
            self.lost.append((node.line, message))


MOST_CHARACTERS = 500  # of a picture's address that the import of pictures reads


def is_face(node: Node) -> bool:
    """Return whether a picture is a smiley, which its description says in letters."""
    return node.tag == "img" and bool(_FACES.search(node.attrs.get("class", "")))
