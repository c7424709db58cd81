"""RIS out, in the spelling of the standard: two blanks, a hyphen, a blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from references import csl, markup

TYPES = {
    "article-journal": "JOUR", "review": "JOUR", "article": "UNPB", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "book": "BOOK", "chapter": "CHAP", "paper-conference": "CPAPER", "thesis": "THES",
    "report": "RPRT", "webpage": "ELEC", "post-weblog": "BLOG", "patent": "PAT", "dataset": "DATA", "software": "COMP",
    "standard": "STAND", "manuscript": "UNPB", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT",
    "motion_picture": "VIDEO", "legislation": "STAT", "pamphlet": "PAMP", "map": "MAP",
}  # fmt: skip
NAMES = (("author", "AU"), ("editor", "ED"), ("collection-editor", "A3"), ("translator", "A4"))
TEXTS = (
    ("title", "TI"), ("container-title", "T2"), ("container-title-short", "J2"), ("collection-title", "T3"),
    ("volume", "VL"), ("issue", "IS"), ("edition", "ET"), ("publisher", "PB"), ("publisher-place", "CY"),
    ("language", "LA"), ("abstract", "AB"), ("note", "N1"), ("DOI", "DO"), ("URL", "UR"), ("ISBN", "SN"),
)  # fmt: skip


def write(items: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _lines(item)) for item in items)


def _lines(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(str(item.get("type")), "GEN")
    yield from ((tag, _line(value)) for tag, value in _fields(item) if value)
    yield "ER", ""


def _fields(item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "ID", item.get("id")
    for role, tag in NAMES:
        for name in item.get(role) or ():
            yield tag, _name(name)
    date = csl.date_parts(item)
    if date:
        yield "PY", date[0]
        yield "DA", "/".join([str(date[0]), *(f"{part:02}" for part in date[1:])]) if len(date) > 1 else ""
    elif raw := (item.get("issued") or {}).get("raw"):
        yield "PY", raw
    for name, tag in TEXTS:
        yield tag, item.get(name)
    start, _, end = str(item.get("page") or "").partition("-")
    yield "SP", start
    yield "EP", end
    serials = item.get("ISSN") or []
    for serial in serials if isinstance(serials, list) else [serials]:
        yield "SN", serial
    for word in str(item.get("keyword") or "").split(","):
        yield "KW", word.strip()
    yield "U1", f"{item['PMID']}[pmid]" if item.get("PMID") else ""
    yield "U2", f"{str(item['PMCID']).removeprefix('PMC')}[pmcid]" if item.get("PMCID") else ""


def _name(name: Mapping[str, Any]) -> str:
    if "family" not in name:
        return str(name.get("literal") or name.get("given") or "")
    return ", ".join(part for part in (csl.format_name(name), str(name.get("suffix") or "")) if part)


def _line(value: Any) -> str:
    return " ".join(markup.plain(str(value)).split())
