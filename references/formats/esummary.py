"""PubMed's short answers (esummary, JSON): no abstract, names as "Smith JB", but the types that flag a retraction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from references.formats.answers import read_works
from references.formats.base import Batch
from references.formats.ris_fields import read_name
from references.sources import pubmed, studies
from references.sources.records import Record

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def sniff(text: str) -> float:
    return 0.9 if text.lstrip()[:1] == "{" and '"esummary"' in text[:400] else 0.0


def read(text: str) -> Batch:
    return read_works("pubmed", text, _works, _record)


def _works(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    result = payload.get("result") or {}
    for uid in result.get("uids") or ():
        work = result.get(uid) or {}
        if not (isinstance(work, Mapping) and "error" in work):
            yield work


def _record(work: Mapping[str, Any]) -> Record:
    types = [str(kind) for kind in work.get("pubtype") or ()]
    relations = [
        (str(entry.get("reftype", "")), str(entry.get("refsource", "")), str(entry.get("pmid") or ""))
        for entry in work.get("references") or ()
    ]
    item = {name: value for name, value in _item(work).items() if value}
    return Record(
        "pubmed",
        str(work.get("uid", "")),
        item,
        pubmed.notices_of(types, relations),
        studies.study_type(types),
    )


def _item(work: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {entry.get("idtype"): str(entry.get("value", "")) for entry in work.get("articleids") or ()}
    date = re.match(r"(\d{4})(?: ([A-Za-z]{3}))?(?:\S* (\d{1,2}))?", str(work.get("pubdate", "")))
    month = (date[2] or "").lower() if date else ""
    parts = [int(date[1])] if date else []
    if date and month in MONTHS:
        parts += [MONTHS.index(month) + 1, *([int(date[3])] if date[3] else [])]
    return {
        "type": "article-journal",
        "title": pubmed.untranslated(str(work.get("title", ""))),
        "author": [read_name(str(person.get("name", ""))) for person in work.get("authors") or ()],
        "container-title": work.get("fulljournalname"),
        "container-title-short": work.get("source"),
        "issued": {"date-parts": [parts]} if parts else {},
        "volume": work.get("volume"),
        "issue": work.get("issue"),
        "page": work.get("pages"),
        "ISSN": work.get("issn"),
        "PMID": str(work.get("uid", "")),
        "DOI": numbers.get("doi"),
        "PMCID": numbers.get("pmc", "").partition(".")[0],
    }
