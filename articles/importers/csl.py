"""One written reference to one CSL-JSON item. Addresses are kept as they are: identifiers are the plugin's trade."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from articles.importers.citekeys import author_key, title_key
from articles.importers.words import fold

YEAR = r"(?:1[5-9]|20)\d\d"
URL = re.compile(r"<?(https?://[^\s<>\"]+[^\s<>\".,;:!?)\]])>?")
LINK = re.compile(r"\[(?P<words>[^\[\]]{1,500})\]\((?P<url>https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
_LEAD_IN = re.compile(
    r"[\s.,;:(\[]*\b(?:(?:retrieved(?: on [^:]{0,40})? from|available (?:at|from|online)|accessed (?:at|from|via))"
    r"\s*:?|(?:url|link|doi)\s*:)\s*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"^(?P<authors>\S.{{1,400}}?)\s*\((?P<year>{YEAR})(?P<letter>[a-z])?(?:,[^()]{{0,40}})?\)\s*[.:,]?\s+(?P<rest>\S.*)$"
)
_TITLE_AND_AUTHORS = re.compile(
    rf"^(?P<title>.*\S)\s*\((?P<authors>[^()]{{2,300}}?)[,\s]\s*(?P<year>{YEAR})(?P<letter>[a-z])?\)\s*$"
)
_APA_NAME = re.compile(r"([^\W\d_][\w'’ -]{0,60}?),\s*((?:[^\W\d_]\.?[\s-]*){1,5})(?=,|&|$|;|\band\b)")
_DOI = re.compile(r"\bdoi:\s*(10\.\d{4,9}/\S+[^\s.,;])", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:\s*(\d{1,9})\b", re.IGNORECASE)


def families(authors: str) -> tuple[list[str], bool]:
    """Return the family names of "Barbagallo & Dominguez" or "Liu et al." and whether more are meant."""
    shortened = re.sub(r",?\s*\bet\s+al\b\.?", "", authors)
    parts = re.split(r"\s*(?:,|;|&|\band\b)\s*", shortened)
    return [part.strip() for part in parts if part.strip()], shortened != authors


def from_title_and_authors(cell: str, taken: Container[str]) -> dict[str, Any]:
    """Return the item of "Some title (Author & Author, 2019)"; without the bracket it has a title only."""
    cell = " ".join(cell.split())
    link = LINK.search(cell)
    text = LINK.sub(lambda found: found["words"], cell)
    shape = _TITLE_AND_AUTHORS.match(text)
    title = shape["title"].strip() if shape else text
    item: dict[str, Any] = {"id": "", "type": "article-journal", "title": title}
    if shape:
        names, has_more = families(shape["authors"])
        item |= _people([{"family": name} for name in names], has_more=has_more)
        item["issued"] = {"date-parts": [[int(shape["year"])]]}
        item["id"] = author_key(names[0] if names else "", shape["year"] + (shape["letter"] or ""), taken)
    else:
        item["id"] = title_key(title, taken)
    return item | ({"URL": link["url"]} if link else {})


def from_entry(entry: str, taken: Container[str]) -> dict[str, Any]:
    """Return the item of one entry of a reference list.

    Understood: "Title. Retrieved from: URL", "[Title](URL)", "Family, A. (2019). Title. Journal, 3." What is not
    understood stays in the title or in `note`; nothing is left out.
    """
    text = " ".join(entry.split())
    item: dict[str, Any] = {"id": "", "title": ""}
    link, url = LINK.search(text), None
    if link:
        item["URL"] = link["url"]
        text = f"{text[: link.start()]}{link['words']}{text[link.end() :]}"
    elif url := URL.search(text):
        item["URL"] = url.group(1)
        before = _LEAD_IN.sub("", text[: url.start()]).rstrip(" ([")
        text = f"{before} {text[url.end() :].lstrip(' .,;)]')}".strip()
    for name, pattern in (("DOI", _DOI), ("PMID", _PMID)):
        if number := pattern.search(text):
            item[name] = number.group(1)
            text = f"{text[: number.start()].rstrip(' ;,')} {text[number.end() :].lstrip(' .;,')}".strip()
    text = text.strip(" ;,")
    item |= _dated(text, taken) or {
        "title": _bare_title(text),
        "id": title_key(text or item.get("URL", ""), taken),
    }
    item["title"] = item["title"] or item.get("URL", "") or " ".join(entry.split())
    return item


def _dated(text: str, taken: Container[str]) -> dict[str, Any] | None:
    shape = _DATED.match(text)
    if shape is None:
        return None
    end = re.search(r"[.?!](?=\s|$)", shape["rest"])
    title = shape["rest"][: end.end()] if end else shape["rest"]
    note = shape["rest"][end.end() :].strip() if end else ""
    authors = re.sub(r",?\s*\bet\s+al\b\.?", "", shape["authors"])
    people = [
        {"family": family.strip(), "given": given.strip()} for family, given in _APA_NAME.findall(authors)
    ]
    names = people or [{"family": name} for name in families(authors)[0]]
    first = names[0]["family"] if names else authors
    year = shape["year"] + (shape["letter"] or "")
    item = {
        "title": _bare_title(title),
        "id": author_key(first, year, taken),
        "issued": {"date-parts": [[int(shape["year"])]]},
    }
    return item | _people(names, has_more=authors != shape["authors"]) | ({"note": note} if note else {})


def _people(names: list[dict[str, str]], *, has_more: bool) -> dict[str, Any]:
    """Return CSL's author list; "et al." stays visible as a literal until a source gives the full list."""
    more = [{"literal": "et al."}] if has_more else []
    return {"author": [*names, *more]} if names else {}


def _bare_title(text: str) -> str:
    text = text.strip()
    return text[:-1].rstrip() if text.endswith(".") and not text.endswith("..") else text


def family_names(item: Mapping[str, Any]) -> list[str]:
    """Return the folded family names of an item's authors, for matching."""
    authors = item.get("author")
    if not isinstance(authors, list):
        return []
    people = [person for person in authors if isinstance(person, Mapping) and person.get("family")]
    return [fold(f"{person.get('non-dropping-particle', '')} {person['family']}") for person in people]


def year_of(item: Mapping[str, Any]) -> str:
    """Return the year of an item as text, or nothing."""
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    try:
        return str(int(parts[0][0])) if parts else ""
    except (TypeError, ValueError, IndexError, KeyError):
        return ""
