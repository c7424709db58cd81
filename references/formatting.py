"""One entry of the reference list, in the manner of the AMA Manual of Style (11th edition)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe

from references import csl, markup

ALL_NAMES = 6  # AMA 11, 3.7: up to six authors are all named, of more the first three
FIRST_NAMES = 3
EN_DASH = "\u2013"
MONTHS = ("January February March April May June July August September October November December").split()
IN_BOOK = {"chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"}
WHOLE_BOOK = {"book", "report", "thesis", "standard"}


def format_reference(item: Mapping[str, Any]) -> SafeString:
    """Return the entry of a CSL item as safe HTML; `<i>`, `<sub>`, `<sup>` of its titles stay."""
    try:
        item = csl.clean_item(item)
    except csl.InvalidItem:
        return SafeString("")
    kind = str(item.get("type", "document"))
    if kind in IN_BOOK:
        parts = _chapter(item)
    elif kind in WHOLE_BOOK:
        parts = _book(item)
    elif kind.startswith(("article", "review")):
        parts = _article(item)
    else:
        parts = _page(item)
    # Every part is escaped where it is made; see `_text` and markup.title_html.
    return mark_safe(" ".join(part for part in [_authors(item), *parts, _links(item)] if part))  # noqa: S308


def label(item: Mapping[str, Any], *, joined_by: str = " and ") -> str:
    """Return who wrote it as a sentence names them: "Siebrecht", "Barbagallo and Dominguez", "Veronese et al."."""
    for role in ("author", "editor"):
        people, has_more = csl.people(item, role)
        names = [csl.family(name) for name in people]
        if len(names) > 2 or (names and has_more):
            return f"{names[0]} et al."
        if names:
            return joined_by.join(names)
    title = markup.plain(str(item.get("title", "")))
    return f"“{title if len(title) <= 60 else title[:59].rstrip() + '…'}”" if title else ""


def best_link(item: Mapping[str, Any]) -> str:
    """Return the address of the work by its strongest identifier, else its own; "" if there is none."""
    found = csl.columns(item)
    return next((url for url, _ in _addresses(found)), found.url)


def _article(item: Mapping[str, Any]) -> list[str]:
    volume, issue, page = (_text(item.get(key)) for key in ("volume", "issue", "page"))
    where = volume + (f"({issue})" if issue else "")
    when = _year(item)
    source = when + (f";{where}" if where else "") + (f":{_dashed(page)}" if page else "")
    return [_title(item), _sentence(_container(item)), _sentence(source.lstrip(";:"))]


def _chapter(item: Mapping[str, Any]) -> list[str]:
    editors = _names(item, "editor") if item.get("author") else ""
    many = len(item.get("editor") or []) > 1
    inside = (
        f"In: {editors}, {'eds' if many else 'ed'}. {_container(item)}"
        if editors
        else f"In: {_container(item)}"
    )
    page = _text(item.get("page"))
    imprint = _imprint(item) + (f":{_dashed(page)}" if page else "")
    return [_title(item), _sentence(inside) if _container(item) else "", _edition(item), _sentence(imprint)]


def _book(item: Mapping[str, Any]) -> list[str]:
    title = markup.title_html(str(item.get("title", "")))
    return [_sentence(f"<i>{title}</i>") if title else "", _edition(item), _sentence(_imprint(item))]


def _page(item: Mapping[str, Any]) -> list[str]:
    site = _container(item) or _text(item.get("publisher"))
    day = _day(csl.date_parts(item, "accessed"))
    return [_title(item), _sentence(site), _sentence(_year(item)), f"Accessed {day}." if day else ""]


def _authors(item: Mapping[str, Any]) -> str:
    if authors := _names(item, "author"):
        return _sentence(authors)
    many = len(item.get("editor") or []) > 1
    editors = _names(item, "editor")
    return _sentence(f"{editors}, {'eds' if many else 'ed'}") if editors else ""


def _names(item: Mapping[str, Any], role: str) -> str:
    names, has_more = csl.people(item, role)
    shown = names if len(names) <= ALL_NAMES else names[:FIRST_NAMES]
    written = [name for name in map(_name, shown) if name]
    return ", ".join([*written, "et al"] if has_more or len(shown) < len(names) else written)


def _name(name: Mapping[str, Any]) -> str:
    if "family" not in name:
        return _text(csl.family(name))
    initials = _initials(str(name.get("given", "")))
    return _text(
        " ".join(filter(None, [csl.family(name), initials, str(name.get("suffix", "")).rstrip(".")]))
    )


def _initials(given: str) -> str:
    if re.fullmatch(r"[A-Z]{1,3}", given):  # PubMed's way: "MK"
        return given
    return "".join(part[0].upper() for part in re.split(r"[\s.-]+", given) if part and part[0].isalpha())


def _title(item: Mapping[str, Any]) -> str:
    return _sentence(markup.title_html(str(item.get("title", ""))))


def _container(item: Mapping[str, Any]) -> str:
    name = markup.title_html(str(item.get("container-title-short") or item.get("container-title") or ""))
    return f"<i>{name}</i>" if name else ""


def _edition(item: Mapping[str, Any]) -> str:
    edition = _text(item.get("edition"))
    return _sentence(f"{edition} ed" if edition.isdigit() else edition)


def _imprint(item: Mapping[str, Any]) -> str:
    return "; ".join(part for part in [_text(item.get("publisher")), _year(item)] if part)


def _year(item: Mapping[str, Any]) -> str:
    year = csl.year(item)
    if year is not None:
        return str(year)
    issued = item.get("issued") or {}
    return _text(issued.get("raw") or issued.get("literal")) if isinstance(issued, Mapping) else ""


def _day(parts: Sequence[int]) -> str:
    if len(parts) < 3:
        return (
            " ".join([MONTHS[parts[1] - 1], str(parts[0])]) if len(parts) == 2 else "".join(map(str, parts))
        )
    return f"{MONTHS[parts[1] - 1]} {parts[2]}, {parts[0]}"


def _addresses(found: csl.Columns) -> list[tuple[str, str]]:
    """Return (address, escaped text) of every identifier that leads somewhere."""
    known = [
        (found.doi, f"https://doi.org/{quote(found.doi, safe='/:;()._-')}", f"doi:{found.doi}"),
        (found.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{found.pmid}/", f"PMID {found.pmid}"),
        (found.pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{found.pmcid}/", found.pmcid),
        (found.nbk, f"https://www.ncbi.nlm.nih.gov/books/{found.nbk}/", found.nbk),
        (found.arxiv, f"https://arxiv.org/abs/{found.arxiv}", f"arXiv:{found.arxiv}"),
    ]
    return [(url, escape(text)) for value, url, text in known if value]


def _links(item: Mapping[str, Any]) -> str:
    found = csl.columns(item)
    addresses = _addresses(found)
    if not addresses and found.url:
        addresses = [(found.url, escape(found.url))]
    links = [f'<a href="{escape(url)}">{text}</a>' for url, text in addresses]
    return " ".join([*links, f"ISBN {found.isbn}."] if found.isbn else links)


def _text(value: object) -> str:
    return escape(" ".join(str(value).split())) if value not in (None, "") else ""


def _sentence(html: str) -> str:
    """Return the part with one full stop at its end."""
    if not html:
        return ""
    ends = re.sub(r"</?[a-z]+>", "", html).rstrip()
    return html if ends.endswith((".", "?", "!", "…")) else f"{html}."


def _dashed(page: str) -> str:
    return re.sub(r"(?<=\w)\s*-+\s*(?=\w)", EN_DASH, page)
