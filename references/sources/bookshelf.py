"""NCBI Bookshelf through E-utilities, database "books": a search for the number, then the summary of what it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from references.markup import plain
from references.sources.records import Record

ID = "bookshelf"
CONTRIBUTORS = re.compile(r"<Contributors>(.*?)</Contributors>", re.DOTALL)
BOOK_TITLE = re.compile(
    r'role="document"[^>]*>\s*<Title>(.*?)</Title>|<Book[^>]*>\s*<Title>(.*?)</Title>', re.DOTALL
)


def read(payload: Mapping[str, Any], nbk: str) -> Record | None:
    """Return the chapter or book of that number; sections and figures of it carry the number, too."""
    result = payload.get("result") or {}
    entries = [result[uid] for uid in result.get("uids") or () if isinstance(result.get(uid), Mapping)]
    own = [entry for entry in entries if _accession(entry) == nbk]
    best = next(
        (entry for entry in own if entry.get("rtype") in {"chapter", "book"}), own[0] if own else None
    )
    return _record(best, nbk) if best else None


def _accession(entry: Mapping[str, Any]) -> str:
    names = ("chapteraccessionid", "accessionid", "bookaccessionid")
    return next((str(entry[name]) for name in names if entry.get(name)), "")


def _record(entry: Mapping[str, Any], nbk: str) -> Record:
    info = str(entry.get("bookinfo") or "")
    people = CONTRIBUTORS.search(info)
    book = BOOK_TITLE.search(info)
    is_chapter = entry.get("rtype") != "book"
    year = re.match(r"[0-9]{4}", str(entry.get("pubdate") or ""))
    item: dict[str, Any] = {
        "type": "chapter" if is_chapter else "book",
        "title": plain(str(entry.get("title") or "")).removesuffix("."),
        "container-title": plain(book[1] or book[2] or "") if book and is_chapter else "",
        "author": [_person(name) for name in people[1].split(",") if name.strip(" .")] if people else [],
        "issued": {"date-parts": [[int(year[0])]]} if year else {},
        "custom": {"nbk": nbk},
        "URL": f"https://www.ncbi.nlm.nih.gov/books/{nbk}/",
    }
    return Record(ID, nbk, {name: value for name, value in item.items() if value}, raw=dict(entry))


def _person(name: str) -> dict[str, str]:
    given, _, family = name.strip(" .").rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": family}
