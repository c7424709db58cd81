"""Files that hold what Crossref, OpenAlex, Europe PMC or PubMed answered, saved as they came."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from articles.nesting import read_json
from references.formats.base import Batch, Entry, Problem, beginning
from references.sources import crossref, europepmc, openalex, pubmed, xml
from references.sources.records import Record
from references.verification import editorial

# What a payload of another shape makes a reader raise.
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError)


def entry_of(record: Record, line: int = 0) -> Entry:
    """Return the record as an entry: what the source says of the work's standing is under `custom`."""
    status = editorial.derive(record.notices)
    custom = {**(record.item.get("custom") or {}), "editorial_status": str(status), "source": record.source}
    if record.study_type:
        custom["study_type"] = str(record.study_type)
    return Entry({"id": "", **record.item, "custom": custom}, line)


def sniff_crossref(text: str) -> float:
    head = text[:4000]
    return 0.9 if _is_json(text) and ('"message-type"' in head or '"is-referenced-by-count"' in text) else 0.0


def read_crossref(text: str) -> Batch:
    def works(payload: Any) -> list[Any]:
        message = payload.get("message", payload)
        return message["items"] if isinstance(message.get("items"), list) else [message]

    return read_works("crossref", text, works, crossref.read)


def sniff_openalex(text: str) -> float:
    return 0.9 if _is_json(text) and "https://openalex.org/W" in text[:4000] else 0.0


def read_openalex(text: str) -> Batch:
    def works(payload: Any) -> list[Any]:
        return payload["results"] if isinstance(payload.get("results"), list) else [payload]

    return read_works("openalex", text, works, openalex.read)


def sniff_europepmc(text: str) -> float:
    return 0.9 if _is_json(text) and '"resultList"' in text else 0.0


def read_europepmc(text: str) -> Batch:
    def works(payload: Any) -> list[Any]:
        return (payload.get("resultList") or {}).get("result") or []

    def one(work: Mapping[str, Any]) -> Record:
        [record] = europepmc.read({"resultList": {"result": [work]}})
        return record

    return read_works("europepmc", text, works, one)


def sniff_pubmed(text: str) -> float:
    return 0.95 if re.search(r"<Pubmed(?:Book)?Article(?:Set)?[\s>]", text[:20_000]) else 0.0


def read_pubmed(text: str) -> Batch:
    try:
        return Batch("pubmed", tuple(map(entry_of, pubmed.read(text))))
    except xml.InvalidXml as error:
        return _unreadable("pubmed", text, error)


def read_works(
    kind: str, text: str, works: Callable[[Any], Iterable[Any]], read: Callable[[Mapping[str, Any]], Record]
) -> Batch:
    try:
        found = list(works(read_json(text)))
    except UNREADABLE as error:
        return _unreadable(kind, text, error)
    entries, problems = [], []
    for work in found:
        try:
            entries.append(entry_of(read(work)))
        except UNREADABLE as error:
            problems.append(Problem(0, f"This work cannot be read: {error}", beginning(str(work))))
    return Batch(kind, tuple(entries), tuple(problems))


def _unreadable(kind: str, text: str, error: Exception) -> Batch:
    return Batch(kind, (), (Problem(1, f"The file cannot be read: {error}", beginning(text)),))


def _is_json(text: str) -> bool:
    return text.lstrip()[:1] in {"[", "{"}
