"""What of an edition goes into the index: only what readers see of it, never a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from html.parser import HTMLParser

from articles.models import Edition, SearchEntry
from articles.search.words import VERSION, stems

MOST_CHARACTERS = (
    400_000  # PostgreSQL refuses a vector of more than 1 MB; the longest article has a tenth of it
)

# What stands on page after page says nothing of one; numbers of citations are not words of their sentence.
LEFT_OUT = frozenset({"cite", "disclosure", "notices", "paid__label", "references__back"})
CITED = frozenset({"references", "papers"})
VOID = frozenset({"br", "col", "hr", "img", "input", "source", "wbr"})
INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "mark", "s", "span", "strong", "sub", "sup"})


def entry(edition: Edition) -> SearchEntry:
    """Return the entry of an edition whose topic, tags and authors are loaded."""
    page = _Page(edition.html)

    def indexed(*texts: str) -> str:
        return stems("\n".join(filter(None, texts))[:MOST_CHARACTERS], edition.language)

    headings = [heading["text"] for heading in edition.toc]
    return SearchEntry(
        edition=edition,
        fingerprint=fingerprint(edition),
        title=indexed(edition.title),
        about=indexed(edition.description, *names(edition), *headings),
        body=indexed("".join(page.text)),
        cited=indexed("".join(page.cited)),
    )


def names(edition: Edition) -> list[str]:
    """Return the names of records that an editor may change without a new edition."""
    topic = [edition.topic.name] if edition.topic else []
    people = [author.name for author in edition.authors.all()]
    return [*topic, *(tag.name for tag in edition.tags.all()), *people]


def fingerprint(edition: Edition) -> str:
    """Equal fingerprints mean equal entries: an edition itself does not change."""
    text = "\n".join([str(VERSION), edition.content_hash, *names(edition)])
    return f"{VERSION}:{hashlib.sha256(text.encode()).hexdigest()[:40]}"


class _Page(HTMLParser):
    """The words of our own clean HTML: the text with product names, and apart from it what it cites."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.cited: list[str] = []
        self._depth = 0  # of open elements inside the one that is left out or cited
        self._inside: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self._part(tag)
        if tag in VOID:
            return
        if self._depth:
            self._depth += 1
            return
        classes = set((dict(attrs).get("class") or "").split())
        if classes & (LEFT_OUT | CITED):
            self._depth = 1
            self._inside = self.cited if classes & CITED else None

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        self._depth -= bool(self._depth)

    def handle_data(self, data: str) -> None:
        target = self._inside if self._depth else self.text
        if target is not None:
            target.append(data)

    def _part(self, tag: str) -> None:
        """Keep the words of two paragraphs apart, and those of "B<sub>12</sub>" together."""
        if tag not in INLINE:
            self.handle_data("\n")
