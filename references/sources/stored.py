"""Reading stored payloads again: for provenance, and after the parsers have learnt something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from references.models import SourceRecord
from references.sources import bookshelf, crossref, europepmc, openalex, pubmed, summaries
from references.sources.records import Record

# The one we trust most for what a work is called comes first.
READERS: Mapping[str, Callable[[Any, str], Record | None]] = {
    crossref.ID: lambda raw, source_id: crossref.read(raw),
    pubmed.ID: lambda raw, source_id: next(iter(_pubmed(raw)), None),
    bookshelf.ID: lambda raw, source_id: bookshelf.read({"result": {"uids": ["0"], "0": raw}}, source_id),
    europepmc.ID: lambda raw, source_id: next(iter(europepmc.read({"resultList": {"result": [raw]}})), None),
    openalex.ID: lambda raw, source_id: openalex.read(raw),
}


def _pubmed(raw: Any) -> list[Record]:
    return pubmed.read(raw) if isinstance(raw, str) else summaries.read({"result": {"uids": ["0"], "0": raw}})


def read(stored: SourceRecord) -> Record | None:
    """Return what a stored payload says, None if it is of another kind or cannot be read any more."""
    reader = READERS.get(stored.source)
    if reader is None:
        return None
    try:
        return reader(stored.raw, stored.source_id)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
