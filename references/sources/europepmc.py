"""Europe PMC's core results: https://europepmc.org/RestfulWebService"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from references.sources import studies
from references.sources.pubmed import notices_of, untranslated
from references.sources.records import Record

ID = "europepmc"
FORMAT = {"format": "json", "resultType": "core", "pageSize": "5"}


def query(*, doi: str = "", pmid: str = "", pmcid: str = "") -> dict[str, str]:
    """Return the parameters that ask for one work."""
    wanted = f'DOI:"{doi}"' if doi else f"PMCID:{pmcid}" if pmcid else f"EXT_ID:{pmid} AND SRC:MED"
    return {"query": wanted, **FORMAT}


def read(payload: Mapping[str, Any]) -> list[Record]:
    """Read every result of a search, in order."""
    results = (payload.get("resultList") or {}).get("result") or []
    return [_record(result) for result in results]


def _record(result: Mapping[str, Any]) -> Record:
    types = list(_all(result, "pubTypeList", "pubType"))
    relations = [
        (str(entry.get("type", "")), str(entry.get("reference", "")), _pmid(entry))
        for entry in _all(result, "commentCorrectionList", "commentCorrection")
    ]
    subjects = [
        str(entry.get("descriptorName", "")) for entry in _all(result, "meshHeadingList", "meshHeading")
    ]
    return Record(
        source=ID,
        source_id=f"{result.get('source', '')}:{result.get('id', '')}",
        item={name: value for name, value in _item(result).items() if value},
        notices=notices_of(types, relations),
        study_type=studies.study_type(types, subjects),
        cited_by=result.get("citedByCount"),
        raw=result,
    )


def _all(result: Mapping[str, Any], outer: str, inner: str) -> Iterator[Any]:
    yield from (result.get(outer) or {}).get(inner) or ()


def _pmid(entry: Mapping[str, Any]) -> str:
    return str(entry.get("id") or "") if entry.get("source") == "MED" else ""


def _item(result: Mapping[str, Any]) -> dict[str, Any]:
    info = result.get("journalInfo") or {}
    journal = info.get("journal") or {}
    book = result.get("bookOrReportDetails") or {}
    year = str(result.get("pubYear") or "")
    month = info.get("monthOfPublication")
    date = [int(year), *([month] if month else [])] if re.fullmatch(r"[0-9]{4}", year) else []
    return {
        "type": "article-journal" if journal else "book" if book else "article",
        "title": untranslated(str(result.get("title") or "")),
        "author": [_person(entry) for entry in _all(result, "authorList", "author")],
        "container-title": journal.get("title"),
        "container-title-short": journal.get("isoabbreviation"),
        "publisher": book.get("publisher"),
        "issued": {"date-parts": [date]} if date else {},
        "volume": info.get("volume"),
        "issue": info.get("issue"),
        "page": result.get("pageInfo"),
        "ISSN": journal.get("issn"),
        "language": result.get("language"),
        "DOI": result.get("doi"),
        "PMID": result.get("pmid"),
        "PMCID": result.get("pmcid"),
    }


def _person(entry: Mapping[str, Any]) -> dict[str, str]:
    if "lastName" not in entry:
        return {"literal": str(entry.get("collectiveName") or entry.get("fullName") or "")}
    given = str(entry.get("firstName") or entry.get("initials") or "")
    return {"family": str(entry["lastName"]), **({"given": given} if given else {})}
