"""A web page that names its work: the `citation_*` marks of publishers, as Google Scholar asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from cms import outbound
from references.identifiers import Identifiers, find_doi, find_pmid

MAX_BYTES = 400_000  # the marks are in the head
SAID = {
    "title": ("citation_title", "dc.title", "og:title"),
    "container-title": ("citation_journal_title", "citation_inbook_title", "og:site_name"),
    "publisher": ("citation_publisher", "dc.publisher"),
    "issued": ("citation_publication_date", "citation_date", "dc.date", "article:published_time"),
}
NUMBERS = ("citation_doi", "dc.identifier", "prism.doi", "bepress_citation_doi")


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: list[tuple[str, str]] = []
        self.title = ""
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            found = dict(attrs)
            name, content = found.get("name") or found.get("property") or "", found.get("content") or ""
            self.marks.append((name.lower(), " ".join(content.split())))
        self.in_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data


def ask(url: str, *, trusted: frozenset[str] = frozenset()) -> tuple[Identifiers, dict[str, Any]]:
    """Return the identifiers that a page names and the page itself as an item. Raises outbound.Failed."""
    answer = outbound.get(url, trusted=trusted, max_bytes=MAX_BYTES, cut=True, retries=0)
    if not answer.is_ok:
        raise outbound.Failed("connection", f"It answered with status {answer.status}.")
    return read(answer.text(), url)


def read(html: str, url: str) -> tuple[Identifiers, dict[str, Any]]:
    head = _Head()
    head.feed(html)
    head.close()
    first = dict(reversed(head.marks))
    item: dict[str, Any] = {"type": "webpage", "URL": url}
    for name, marks in SAID.items():
        if said := next((first[mark] for mark in marks if first.get(mark)), ""):
            item[name] = said
    item.setdefault("title", " ".join(head.title.split()))
    if authors := [said for mark, said in head.marks if mark in {"citation_author", "dc.creator"} and said]:
        item["author"] = [_name(author) for author in authors]
    return Identifiers(doi=next(_dois(first), ""), pmid=_pmid(first.get("citation_pmid", ""))), item


def _dois(first: dict[str, str]) -> Iterator[str]:
    yield from (doi for mark in NUMBERS if (doi := find_doi(first.get(mark, ""))))


def _pmid(said: str) -> str:
    return said if said.isdecimal() and len(said) <= 8 else find_pmid(said)


def _name(author: str) -> str | dict[str, str]:
    """Return "Family, Given" as it is; "Ana Writer" is split at the last blank."""
    if "," in author:
        return author
    given, _, family = author.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": author}
