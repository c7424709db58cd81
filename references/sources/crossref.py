"""Crossref's works: https://api.crossref.org/swagger-ui/index.html

`updated-by` says what was published about this work. `update-to` says that this record is itself such a notice about
another DOI; reading it the other way round makes every correction notice a retracted study.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from references.identifiers import normalise_doi
from references.models.states import EditorialStatus as Status
from references.models.verification import TITLE_HINT
from references.sources.records import Notice, Record

ID = "crossref"
UPDATES: Mapping[str, Status] = {
    "retraction": Status.RETRACTED,
    "partial_retraction": Status.RETRACTED,
    "withdrawal": Status.WITHDRAWN,
    "removal": Status.WITHDRAWN,
    "expression_of_concern": Status.CONCERN,
    "correction": Status.CORRECTED,
    "corrigendum": Status.CORRECTED,
    "erratum": Status.CORRECTED,
    "clarification": Status.CORRECTED,
    "addendum": Status.CORRECTED,
}  # a new version or edition is no fault of the work
FLAG = re.compile(r"^\s*\[?(?:RETRACTED|WITHDRAWN)(?: ARTICLE| PAPER)?\]?\s*[:.-]\s*", re.IGNORECASE)
COPIED = (
    "type DOI title container-title author editor translator issued volume issue page publisher ISSN ISBN language"
).split()
RENAMED = {
    "short-container-title": "container-title-short",
    "publisher-location": "publisher-place",
    "edition-number": "edition",
}
NAMES = ("given", "family", "suffix", "literal", "name", "ORCID")


def path(doi: str) -> str:
    return f"/works/{quote(doi, safe='')}"


def read(payload: Mapping[str, Any]) -> Record:
    """Read one answer, with or without its envelope."""
    work = payload.get("message", payload)
    doi = normalise_doi(str(work.get("DOI", "")))
    notices = tuple(_notices(work, doi))
    return Record(
        source=ID,
        source_id=doi,
        item=_item(work, is_flagged=any(not notice.is_hint for notice in notices)),
        notices=notices,
        cited_by=work.get("is-referenced-by-count"),
        raw=work,
    )


def without_flag(title: str) -> str:
    """Return the title without the "RETRACTED:" that publishers put in front of it."""
    return FLAG.sub("", title)


def _notices(work: Mapping[str, Any], doi: str) -> Iterator[Notice]:
    for update in work.get("updated-by") or ():
        about = _doi(update)
        if about == doi:  # a new version of itself
            continue
        if status := UPDATES.get(_kind(update)):
            yield Notice(status, str(update.get("label") or _kind(update)), doi=about, on=_date(update))
    for update in work.get("update-to") or ():
        about = _doi(update)
        if about != doi and _kind(update) in UPDATES:
            yield Notice(
                Status.NOTICE,
                f"{update.get('label') or _kind(update)} of {about}",
                doi=about,
                on=_date(update),
            )
    title = _first(work.get("title"))
    if FLAG.match(title) and not work.get("updated-by"):  # the work or the notice about it: nobody says which
        yield Notice(Status.RETRACTED, TITLE_HINT, is_hint=True)


def _item(work: Mapping[str, Any], *, is_flagged: bool) -> dict[str, Any]:
    item = {name: work[name] for name in COPIED if work.get(name)}
    item |= {ours: _first(work[theirs]) for theirs, ours in RENAMED.items() if work.get(theirs)}
    title, subtitle = _first(work.get("title")), _first(work.get("subtitle"))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    item["title"] = without_flag(title) if is_flagged else title
    for role in ("author", "editor", "translator"):
        if role in item:
            item[role] = [{name: person[name] for name in NAMES if person.get(name)} for person in item[role]]
    if not item.get("page") and work.get("article-number"):
        item["page"] = work["article-number"]
    for name in ("ISSN", "ISBN"):
        if name in item:
            item[name] = _first(item[name])
    return {name: value for name, value in item.items() if value}


def _first(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value or "")


def _kind(update: Mapping[str, Any]) -> str:
    return str(update.get("type") or "").lower().replace("-", "_").replace(" ", "_")


def _doi(update: Mapping[str, Any]) -> str:
    try:
        return normalise_doi(str(update.get("DOI") or ""))
    except ValueError:
        return ""


def _date(update: Mapping[str, Any]) -> date | None:
    parts = ((update.get("updated") or {}).get("date-parts") or [[]])[0]
    try:
        return date(*[int(part) for part in (*parts, 1, 1)[:3]])
    except (TypeError, ValueError):
        return None
