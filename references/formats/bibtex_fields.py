"""Types and fields of BibTeX and BibLaTeX in CSL's names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from references import identifiers
from references.formats import latex
from references.formats.bibtex_names import read_names

TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "periodical": "periodical",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "manual": "book", "reference": "book", "booklet": "pamphlet",
    "inbook": "chapter", "bookinbook": "chapter", "incollection": "chapter", "inreference": "entry-encyclopedia",
    "suppbook": "chapter", "suppcollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "techreport": "report", "report": "report", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "unpublished": "manuscript", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "patent": "patent", "dataset": "dataset", "standard": "standard",
    "software": "software", "softwareversion": "software", "softwaremodule": "software", "codefragment": "software",
    "review": "review", "legislation": "legislation", "jurisdiction": "legal_case", "letter": "personal_communication",
    "artwork": "graphic", "image": "graphic", "audio": "song", "music": "song", "video": "motion_picture",
    "movie": "motion_picture", "performance": "performance",
}  # fmt: skip
FIELDS = (  # BibTeX's names, the first that is filled wins; CSL's name
    (("journaltitle", "journal", "booktitle", "maintitle"), "container-title"),
    (("shortjournal",), "container-title-short"),
    (("volume",), "volume"),
    (("publisher", "school", "institution", "organization"), "publisher"),
    (("location", "address"), "publisher-place"),
    (("edition",), "edition"),
    (("series",), "collection-title"),
    (("version",), "version"),
    (("keywords",), "keyword"),
    (("language", "langid"), "language"),
    (("abstract",), "abstract"),
    (("isbn",), "ISBN"),
    (("issn",), "ISSN"),
    (("pmid",), "PMID"),
    (("pmcid", "pmc"), "PMCID"),
)
NAMES = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
MONTHS = "january february march april may june july august september october november december".split()
GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
ADDRESS = re.compile(r"https?://[^\s<>{}]+")


def to_csl(entry_type: str, key: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the CSL item of one entry; names, titles and notes are decoded, identifiers still as they came."""
    kind = entry_type.lower()
    item: dict[str, Any] = {"id": key.strip(), "type": TYPES.get(kind, "document")}
    item["title"] = _titled(fields, "title", "subtitle")
    for names, csl_name in FIELDS:
        item[csl_name] = next((latex.decode(fields[name]) for name in names if name in fields), "")
    if "booktitle" in fields and not fields.get("journal"):
        item["container-title"] = _titled(fields, "booktitle", "booksubtitle")
    for name, csl_name in NAMES.items():
        item[csl_name] = read_names(fields.get(name, ""))
    item["page"] = pages(fields.get("pages") or fields.get("eid", ""))
    item["issued"] = _date(fields.get("date", ""), fields.get("year", ""), fields.get("month", ""))
    item["accessed"] = _date(fields.get("urldate", ""), "", "")
    item["genre"] = latex.decode(fields.get("type", "")) or GENRES.get(kind, "")
    item["note"] = " ".join(
        latex.decode(fields[name]) for name in ("note", "annote", "addendum") if name in fields
    )
    _numbers(item, kind, fields)
    _addresses(item, fields)
    return {name: value for name, value in item.items() if value}


def pages(text: str) -> str:
    return re.sub(r"\s*[-\u2013\u2014]+\s*", "-", latex.decode(text))


def _titled(fields: Mapping[str, str], name: str, sub_name: str) -> str:
    title, subtitle = latex.decode(fields.get(name, "")), latex.decode(fields.get(sub_name, ""))
    return ": ".join(part for part in (title, subtitle) if part)


def _numbers(item: dict[str, Any], kind: str, fields: Mapping[str, str]) -> None:
    """In an article `number` is the issue, in a book the number in its series, else the work's own."""
    number, issue = latex.decode(fields.get("number", "")), latex.decode(fields.get("issue", ""))
    if kind in {"article", "periodical", "suppperiodical", "review"}:
        item["issue"] = (number or issue).replace("\N{EN DASH}", "-")
    elif fields.get("series"):
        item["collection-number"], item["issue"] = number, issue
    else:
        item["number"], item["issue"] = number, issue


def _addresses(item: dict[str, Any], fields: Mapping[str, str]) -> None:
    # Addresses are no text: "_" and "~" stand for themselves.
    address = re.sub(r"\\([_%&#~])", r"\1", fields.get("url", "")).strip()
    doi = fields.get("doi", "").replace("\\_", "_").replace("{", "").replace("}", "")
    try:
        item["DOI"] = identifiers.normalise_doi(doi)
    except ValueError:
        item["DOI"] = ""
        address = address or (doi if ADDRESS.match(doi) else "")
    shown = ADDRESS.search(latex.decode(fields.get("howpublished", "")))
    item["URL"] = address or (shown[0] if shown else "")
    eprint, archive = (
        fields.get("eprint", ""),
        (fields.get("eprinttype") or fields.get("archiveprefix", "")).lower(),
    )
    if eprint and archive == "arxiv":
        item["custom"] = {"arxiv": eprint}
    elif eprint and archive == "pubmed":
        item["PMID"] = item["PMID"] or eprint


def _date(date: str, year: str, month: str) -> dict[str, Any] | None:
    first = date.split("/", maxsplit=1)[0].strip(
        " ~?"
    )  # a range or an uncertain date counts from its first day
    # Four digits, as ISO 8601 has them: "15 January 2020" is no date of the year 15.
    if found := re.match(r"(-?[0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?(?![0-9])", first):
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    year = latex.decode(year or date)
    if found := re.search(r"[0-9]{4}", year):
        number = month_number(latex.decode(month))
        return {"date-parts": [[int(found[0]), number] if number else [int(found[0])]]}
    return {"raw": year} if year else None


def month_number(text: str) -> int:
    """Return 1 for "January", "jan.", "01"; 0 if it is none."""
    word = re.sub(r"[^a-z0-9]", "", text.lower())
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else 0
    return next(
        (number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and word[:3] == name[:3]), 0
    )
