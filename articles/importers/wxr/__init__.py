"""Importer "wxr": the export of WordPress (Tools → Export), versions 1.0 to 1.2.

The file is read twice: once for who wrote, which pictures there are and where every post stood, and once for the
posts, one at a time. So an export of any size takes the memory of its largest post.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from articles.importers.article import finish
from articles.importers.convert import MARKED
from articles.importers.reading import UnreadableFileError
from articles.importers.words import quote
from articles.importers.wxr.post import draft_of
from articles.importers.wxr.site import Site, survey
from articles.importers.wxr.xml import NAMESPACE, records
from cms.contracts import ImportedArticle, Importer

EXTENSIONS = frozenset({".xml", ".wxr"})
_FIRST_BYTES = 8192  # WordPress begins with a comment of 1,600


def sniff(path: Path) -> float:
    """Return 1 for XML that names the export format of WordPress near its beginning."""
    if path.suffix.casefold() not in EXTENSIONS:
        return 0.0
    try:
        with path.open("rb") as file:
            return 1.0 if NAMESPACE in file.read(_FIRST_BYTES) else 0.0
    except OSError:
        return 0.0


def read(path: Path) -> Iterator[ImportedArticle]:
    """Yield the articles of an export. The last one also tells what was left out. Raises UnreadableFileError."""
    site = survey(path)
    last: ImportedArticle | None = None
    for article in _articles(path, site):
        if last is not None:
            yield last
        last = article
    if last is None:
        problem = "there is no post in it that could be taken over."
        raise UnreadableFileError(path, " ".join([problem, *site.notes()]))
    yield replace(last, not_understood=(*last.not_understood, *site.notes()))


def _articles(path: Path, site: Site) -> Iterator[ImportedArticle]:
    for record in records(path):
        if record.tag != "item" or site.fate(record):
            continue
        draft = draft_of(record, site)
        if any(line.text.strip() for line in draft.lines):
            yield finish(draft, path, MARKED)
        else:
            site.empty.append(f"{quote(draft.title)} (line {record.line})")


IMPORTER = Importer("wxr", sniff, read)
