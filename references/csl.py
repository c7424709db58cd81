"""CSL-JSON items: read leniently, written one way. The item is the truth; columns are derived from it.

CSL's own names stay (`DOI`, `container-title`, `issued`); what CSL cannot hold is under `custom`.
Source: https://docs.citationstyles.org/en/stable/specification.html and the CSL-JSON schema, version 1.0.2.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from articles.nesting import MAX_DEPTH
from references import identifiers, markup

Csl = dict[str, Any]
MAX_ITEM_CHARACTERS = 100_000
MAX_DOI = 255

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset"
    " document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation"
    " manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical"
    " personal_communication post post-weblog regulation report review review-book software song speech standard thesis"
    " treaty webpage".split()
)
TYPE_ALIASES = {  # Crossref's names, met in CSL-JSON that tools wrote from its answers
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "monograph": "book",
    "dissertation": "thesis",
}
TEXTS = ("title", "container-title", "container-title-short", "volume", "issue", "page", "publisher", "publisher-place",
         "edition", "collection-title", "language", "URL", "abstract", "note", "genre")  # fmt: skip
TITLES = (
    "title",
    "container-title",
    "container-title-short",
    "collection-title",
)  # sources send HTML in these
NAME_LISTS = ("author", "editor", "translator", "collection-editor", "container-author")
AND_OTHERS = {"et al", "others", "and others"}
DATES = ("issued", "accessed", "original-date")
NORMALISERS: Mapping[str, Callable[[str], str]] = {
    "DOI": identifiers.normalise_doi,
    "PMID": identifiers.normalise_pmid,
    "PMCID": identifiers.normalise_pmcid,
    "ISBN": identifiers.normalise_isbn,
}
CUSTOM_NORMALISERS: Mapping[str, Callable[[str], str]] = {
    "nbk": identifiers.normalise_nbk,
    "arxiv": identifiers.normalise_arxiv,
}


class InvalidItem(ValueError):
    """The item cannot become a reference. The message is for an editor."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What is searched, sorted and matched; derived from the item and nothing else."""

    type: str
    title: str
    first_author: str
    year: int | None
    container_title: str
    doi: str
    pmid: str
    pmcid: str
    isbn: str
    nbk: str
    arxiv: str
    url: str


def clean_item(item: object) -> Csl:
    """Return the item in its one normal form, without `id`.

    Blanks are folded, identifiers bare, dates as `date-parts`, names as objects; an address that holds an identifier
    gives it to the item. Unknown keys and identifiers that cannot be read stay as they are.
    Raises InvalidItem.
    """
    cleaned = tidy_item(item)
    if not cleaned.get("title") and not any(cleaned.get(key) for key in (*NORMALISERS, "URL", "custom")):
        raise InvalidItem("A reference needs a title, an identifier or an address.")
    return cleaned


def tidy_item(item: object) -> Csl:
    """Return the normal form of an item that may say too little to be a reference. Raises InvalidItem."""
    if not isinstance(item, Mapping):
        raise InvalidItem("A reference must be a CSL-JSON object with an id, a title and so on.")
    cleaned = _filled({_storable(key): plain_json(raw) for key, raw in item.items() if key != "id"})
    if len(str(cleaned)) > MAX_ITEM_CHARACTERS:
        raise InvalidItem(f"This reference is longer than {MAX_ITEM_CHARACTERS:,} characters.")
    for key in TEXTS:
        if key in cleaned:
            text = _text(cleaned[key])
            cleaned[key] = _text(markup.from_source(text)) if key in TITLES else text
    for key in NAME_LISTS:
        if key in cleaned:
            cleaned[key] = _names(cleaned[key])
    for key in DATES:
        if key in cleaned:
            cleaned[key] = _date(cleaned[key])
    _clean_identifiers(cleaned)
    cleaned["type"] = _type(cleaned)
    return _filled(cleaned)


def columns(item: Mapping[str, Any]) -> Columns:
    """Return the derived columns of a cleaned item. An identifier that cannot be read gives an empty column."""
    custom = item.get("custom") or {}
    found = {name.lower(): _valid(item.get(name), read) for name, read in NORMALISERS.items()}
    found |= {name: _valid(custom.get(name), read) for name, read in CUSTOM_NORMALISERS.items()}
    if len(found["doi"]) > MAX_DOI:
        found["doi"] = ""
    return Columns(
        type=str(item.get("type", "document")),
        title=markup.plain(str(item.get("title", "")))[:500],
        first_author=first_author(item)[:120],
        year=year(item),
        container_title=markup.plain(str(item.get("container-title", "")))[:300],
        url=identifiers.find_url(str(item.get("URL", "")))[:2000],
        **found,
    )


def people(item: Mapping[str, Any], role: str = "author") -> tuple[list[Mapping[str, Any]], bool]:
    """Return the names and whether more are meant: an incomplete source ends its list with "et al."."""
    names = item.get(role) or []
    named = [name for name in names if str(name.get("literal", "")).strip(" .").casefold() not in AND_OTHERS]
    return named, len(named) < len(names)


def first_author(item: Mapping[str, Any]) -> str:
    names = people(item)[0] or people(item, "editor")[0]
    return family(names[0]) if names else ""


def family(name: Mapping[str, Any]) -> str:
    """Return the name that a citation is known by, with its particle: "van den Berg"."""
    particle = str(name.get("non-dropping-particle", ""))
    return " ".join(
        filter(None, [particle, str(name.get("family") or name.get("literal") or name.get("given") or "")])
    )


def date_parts(item: Mapping[str, Any], key: str = "issued") -> tuple[int, ...]:
    """Return (year, month, day) as far as known."""
    value = item.get(key)
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    return tuple(parts[0]) if parts else ()


def year(item: Mapping[str, Any]) -> int | None:
    parts = date_parts(item)
    return parts[0] if parts else None


def plain_json(value: Any, depth: int = 0) -> Any:
    """Return JSON that every database stores: YAML's dates as text, no NUL (PostgreSQL refuses it).

    Raises InvalidItem for what is nested too deep.
    """
    if depth > MAX_DEPTH:
        raise InvalidItem(f"This is nested deeper than {MAX_DEPTH} levels.")
    if isinstance(value, Mapping):
        return {_storable(key): plain_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(item, depth + 1) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return _storable(value)


def _filled(item: Mapping[str, Any]) -> Csl:
    return {key: value for key, value in item.items() if value not in (None, "", [], {})}


def _storable(value: Any) -> str:
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()


def _text(value: Any) -> str:
    if isinstance(value, list):  # Crossref wraps titles in a list
        value = value[0] if value else ""
    return " ".join(str(value).split())


def _names(value: Any) -> list[dict[str, Any]]:
    entries = value if isinstance(value, list) else [value]
    names = [_name(entry) for entry in entries]
    return [name for name in names if name]


def _name(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, Mapping):
        return parse_name(str(entry))
    if "name" in entry and not {"family", "literal"} & entry.keys():  # Crossref's groups
        entry = {"literal": entry["name"], **{key: value for key, value in entry.items() if key != "name"}}
    return _filled({key: _text(value) if isinstance(value, str) else value for key, value in entry.items()})


def parse_name(text: str) -> dict[str, Any]:
    """Read "Family, Given"; a name without a comma is an organisation."""
    before, comma, after = _text(text).partition(",")
    before, after = before.strip(), after.strip()
    if not comma or not before:
        return {"literal": before or after} if before or after else {}
    return {"family": before, "given": after} if after else {"family": before}


def format_name(name: Mapping[str, Any]) -> str:
    """Return a name as an editor writes it: "Family, Given"."""
    if "family" not in name:
        return str(name.get("literal") or name.get("given") or "")
    return f"{family(name)}, {name.get('given', '')}".rstrip()


def _date(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        parts = value.get("date-parts")
        if isinstance(parts, list) and (read := [_numbers(part) for part in parts]) and read[0]:
            return {**value, "date-parts": [part for part in read if part]}
        if raw := str(value.get("raw") or value.get("literal") or ""):
            return _date(raw) if "raw" in value else {**value}
        return {}
    text = str(value).strip()
    if found := re.match(r"(-?[0-9]{1,4})(?:[-/]([0-9]{1,2}))?(?:[-/]([0-9]{1,2}))?(?![0-9])", text):
        return {"date-parts": [_numbers([part for part in found.groups() if part])]}
    return {"raw": text} if text else {}


def _numbers(parts: Any) -> list[int]:
    """Return year, month, day until the first one that makes no sense."""
    read: list[int] = []
    for part, limit in zip(parts if isinstance(parts, list) else [parts], (9999, 12, 31), strict=False):
        try:
            number = int(part)
        except (TypeError, ValueError):
            break
        if not (1 if read else -9999) <= number <= limit:
            break
        read.append(number)
    return read


def _type(item: Mapping[str, Any]) -> str:
    wanted = _text(item.get("type", "")).lower()
    wanted = TYPE_ALIASES.get(wanted, wanted)
    if wanted in TYPES:
        return wanted
    if wanted:
        return "document"
    if any(key in item for key in ("container-title", "DOI", "PMID", "PMCID")):
        return "article-journal"
    return "webpage" if "URL" in item else "document"


def _clean_identifiers(item: Csl) -> None:
    custom = item.get("custom")
    custom = dict(custom) if isinstance(custom, Mapping) else {}
    for holder, readers in ((item, NORMALISERS), (custom, CUSTOM_NORMALISERS)):
        for name, read in readers.items():
            if name in holder:
                holder[name] = _valid(holder[name], read) or _text(holder[name])
    inside = identifiers.identify(str(item.get("URL", "")))
    for name, value in (("DOI", inside.doi), ("PMID", inside.pmid), ("PMCID", inside.pmcid)):
        if value:
            item.setdefault(name, value)
    for name, value in (("nbk", inside.nbk), ("arxiv", inside.arxiv)):
        if value:
            custom.setdefault(name, value)
    item["custom"] = custom


def _valid(value: Any, read: Callable[[str], str]) -> str:
    try:
        return read(_text(value)) if value not in (None, "") else ""
    except ValueError:
        return ""
