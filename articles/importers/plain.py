"""Importer "plain": an article without front matter, as copied from a page or written in a text editor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from articles.importers.article import finish
from articles.importers.draft import Draft
from articles.importers.lines import split
from articles.importers.reading import read_text
from cms.contracts import ImportedArticle, Importer

EXTENSIONS = frozenset({".md", ".markdown", ".mdown", ".mkd", ".txt", ".text"})


def sniff(path: Path) -> float:
    """Return 0.5 for any text file: an importer that knows its form goes first."""
    return 0.5 if path.suffix.casefold() in EXTENSIONS else 0.0


def read(path: Path) -> Iterator[ImportedArticle]:
    """Yield the one article of a file. Raises UnreadableFileError."""
    yield finish(Draft(split(read_text(path))), path)


IMPORTER = Importer("plain", sniff, read)
