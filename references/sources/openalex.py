"""OpenAlex's works: https://docs.openalex.org/api-entities/works

Good for counts and for DOIs that are not Crossref's. Its retraction flag alone is only a hint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from references.models.states import EditorialStatus
from references.sources.records import Notice, Record

ID = "openalex"
TYPES = {"article": "article-journal", "review": "article-journal", "preprint": "article", "book-chapter": "chapter",
         "book": "book", "dissertation": "thesis", "dataset": "dataset", "report": "report"}  # fmt: skip


def path(doi: str) -> str:
    return f"/works/doi:{doi}"


def read(work: Mapping[str, Any]) -> Record:
    hint = Notice(EditorialStatus.RETRACTED, "Retracted, says OpenAlex alone", is_hint=True)
    return Record(
        source=ID,
        source_id=str(work.get("id") or "").rpartition("/")[2],
        item={name: value for name, value in _item(work).items() if value},
        notices=(hint,) if work.get("is_retracted") else (),
        cited_by=work.get("cited_by_count"),
        raw=work,
    )


def _item(work: Mapping[str, Any]) -> dict[str, Any]:
    ids, place = work.get("ids") or {}, work.get("biblio") or {}
    source = (work.get("primary_location") or {}).get("source") or {}
    date = [int(part) for part in re.findall(r"[0-9]+", str(work.get("publication_date") or ""))]
    year = work.get("publication_year")
    pages = [str(page) for page in (place.get("first_page"), place.get("last_page")) if page]
    people = [(entry.get("author") or {}).get("display_name") for entry in work.get("authorships") or ()]
    return {
        "type": TYPES.get(str(work.get("type")), "document"),
        "title": work.get("display_name") or work.get("title"),
        "author": [_person(str(name)) for name in people if name],
        "container-title": source.get("display_name"),
        "issued": {"date-parts": [date or [year]]} if date or year else {},
        "volume": place.get("volume"),
        "issue": place.get("issue"),
        "page": "-".join(dict.fromkeys(pages)),
        "DOI": work.get("doi"),
        "PMID": ids.get("pmid"),
        "PMCID": ids.get("pmcid"),
    }


def _person(name: str) -> dict[str, str]:
    """Split "Ana van Writer" at the last blank: all that OpenAlex gives is how the name is displayed."""
    given, _, family = name.strip().rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": family}
