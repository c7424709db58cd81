"""PubMed's summaries (esummary, JSON): little of many works in one answer, enough to hear of a retraction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from references.sources import pubmed, studies
from references.sources.records import Record

MOST = 200  # numbers in one question


def read(payload: Mapping[str, Any]) -> list[Record]:
    """Read every summary of an answer; numbers that PubMed does not know are left out."""
    result = payload.get("result") or {}
    entries = [result.get(uid) for uid in result.get("uids") or ()]
    return [_record(entry) for entry in entries if isinstance(entry, Mapping) and "error" not in entry]


def _record(entry: Mapping[str, Any]) -> Record:
    types = [str(kind) for kind in entry.get("pubtype") or ()]
    relations = [
        (str(row.get("reftype", "")), str(row.get("refsource", "")), str(row.get("pmid") or ""))
        for row in entry.get("references") or ()
    ]
    return Record(
        source=pubmed.ID,
        source_id=str(entry.get("uid") or ""),
        item={name: value for name, value in _item(entry).items() if value},
        notices=pubmed.notices_of(types, relations),
        study_type=studies.study_type(types),
        raw=dict(entry),
    )


def _item(entry: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {row.get("idtype"): str(row.get("value") or "") for row in entry.get("articleids") or ()}
    year = re.match(r"[0-9]{4}", str(entry.get("pubdate") or ""))
    people = [str(row.get("name") or "") for row in entry.get("authors") or ()]
    return {
        "type": "article-journal",
        "title": pubmed.untranslated(str(entry.get("title") or "")),
        "author": [_person(name) for name in people if name],
        "container-title": entry.get("fulljournalname"),
        "container-title-short": entry.get("source"),
        "issued": {"date-parts": [[int(year[0])]]} if year else {},
        "volume": entry.get("volume"),
        "issue": entry.get("issue"),
        "page": entry.get("pages"),
        "DOI": numbers.get("doi"),
        "PMID": entry.get("uid"),
        "PMCID": numbers.get("pmc"),
    }


def _person(name: str) -> dict[str, str]:
    """Split "Wakefield AJ" before the initials."""
    family, _, initials = name.rpartition(" ")
    return {"family": family, "given": initials} if family else {"literal": initials}
