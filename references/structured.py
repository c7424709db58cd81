"""`citation` nodes of the article's structured data (schema.org ScholarlyArticle)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cms.contracts import Slot, SlotContext
from references import checks, csl, formatting, markup
from references.works import Work

PAPERS = ("article", "review", "paper-conference", "thesis", "report", "chapter")


def nodes(slot: SlotContext) -> list[Mapping[str, Any]]:
    """Return the cited works as part of the article's node. Retracted ones are not recommended to machines."""
    if slot.document is None:
        return []
    listed = slot.document.records.get(checks.LISTED, ())
    works = [entry.work for entry in listed if entry.is_cited and not entry.work.is_retracted]
    return [{"@id": "#article", "citation": [node(work) for work in works]}] if works else []


def node(work: Work) -> dict[str, Any]:
    item, found = work.csl, csl.columns(work.csl)
    url = formatting.best_link(item)
    kind = (
        "Book"
        if found.type == "book"
        else "ScholarlyArticle"
        if found.type.startswith(PAPERS)
        else "CreativeWork"
    )
    known = [
        ("doi", found.doi),
        ("pmid", found.pmid),
        ("pmcid", found.pmcid),
        ("isbn", found.isbn),
        ("nbk", found.nbk),
    ]
    described: dict[str, Any] = {
        "@type": kind,
        "name": found.title,
        "author": [_person(name) for name in csl.people(item)[0]],
        "datePublished": "-".join(
            f"{part:04}" if place == 0 else f"{part:02}" for place, part in enumerate(csl.date_parts(item))
        ),
        # A DOI leads to journal and volume; these bytes are part of every page.
        "isPartOf": {} if found.doi else _container(item, kind),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in known
            if value
            and not url.endswith(f"/{value}")  # the address says it; these bytes are part of every page
        ],
        "url": url,
    }
    return {name: value for name, value in described.items() if value}


def _person(name: Mapping[str, Any]) -> dict[str, str]:
    if "family" not in name:
        return {"@type": "Organization", "name": csl.family(name)}
    return {"@type": "Person", "name": f"{name.get('given', '')} {csl.family(name)}".strip()}


def _container(item: Mapping[str, Any], kind: str) -> dict[str, str]:
    name = markup.plain(str(item.get("container-title") or ""))
    if not name:
        return {}
    is_journal = kind == "ScholarlyArticle" and item.get("type") != "chapter"
    container = {"@type": "Periodical" if is_journal else "CreativeWork", "name": name}
    issn = item.get("ISSN")
    issn = issn[0] if isinstance(issn, list) and issn else issn
    return {**container, "issn": str(issn)} if issn and is_journal else container


SLOT = Slot("references.citation", "jsonld", nodes)
