"""Tags of RIS in CSL's names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from references import csl, identifiers

TYPES = {
    "JOUR": "article-journal", "JFULL": "article-journal", "EJOUR": "article-journal", "ABST": "article-journal",
    "INPR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "book", "SER": "book", "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "UNPB": "manuscript",
    "MANSCPT": "manuscript", "ELEC": "webpage", "WEB": "webpage", "ICOMM": "webpage", "BLOG": "post-weblog",
    "PAT": "patent", "DATA": "dataset", "COMP": "software", "STAND": "standard", "DICT": "entry-dictionary",
    "ENCYC": "entry-encyclopedia", "VIDEO": "motion_picture", "MPCT": "motion_picture", "SOUND": "song",
    "MUSIC": "song", "STAT": "legislation", "BILL": "bill", "CASE": "legal_case", "PCOMM": "personal_communication",
    "SLIDE": "speech", "MAP": "map", "ART": "graphic", "FIGURE": "figure", "HEAR": "hearing", "PAMP": "pamphlet",
    "JOURNAL ARTICLE": "article-journal", "BOOK CHAPTER": "chapter", "WEB PAGE": "webpage",
}  # fmt: skip
IN_BOOK = {"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"}
TEXTS = (
    (("VL", "VO"), "volume"),
    (("IS", "CP"), "issue"),
    (("PB",), "publisher"),
    (("CY", "PP"), "publisher-place"),
    (("AB", "N2"), "abstract"),
    (("N1",), "note"),
    (("LA",), "language"),
)
NAMES = (
    (("AU", "A1"), "author"),
    (("ED", "A2"), "editor"),
    (("A3",), "collection-editor"),
    (("A4",), "translator"),
)
JOURNALS = ("JF", "T2", "JO", "JA", "J2", "J1")
SHORT = ("JA", "J2", "J1", "JO")
DOI = re.compile(r"\bdoi:?\s*\S+|10\.\d{4,9}/\S+", re.IGNORECASE)
INITIALS = re.compile(r"[A-Z](?:[A-Z]{0,2}|(?:\.[\s-]?[A-Z])*\.)")
Fields = Mapping[str, Sequence[str]]


def to_csl(kind: str, fields: Fields) -> dict[str, Any]:
    """Return the CSL item of one record; identifiers as they came."""
    item: dict[str, Any] = {
        "id": _first(fields, "ID", "LB"),
        "type": TYPES.get(kind.strip().upper(), "document"),
    }
    for tags, name in TEXTS:
        item[name] = _first(fields, *tags)
    _titles(item, fields)
    for tags, name in NAMES:
        item[name] = [read_name(value) for tag in tags for value in fields.get(tag, ())]
    item["page"] = _pages(_first(fields, "SP"), _first(fields, "EP"))
    item["edition"] = "" if "/" in (edition := _first(fields, "ET")) else edition
    item["issued"] = _issued(fields)
    item["accessed"] = _date(_first(fields, "Y2"))
    item["keyword"] = ", ".join(fields.get("KW", ()))
    _numbers(item, fields)
    return {name: value for name, value in item.items() if value}


def read_name(text: str) -> dict[str, Any]:
    """Read "Family, Given, Suffix" and "Family AB"; anything else is the name of a group."""
    family, *rest = (part.strip() for part in text.split(","))
    if len(rest) > 1:
        return {"family": family, "given": rest[0], "suffix": rest[1]}
    before, _, last = text.strip().rpartition(" ")
    if not rest and before and INITIALS.fullmatch(last):
        return {"family": before, "given": last}
    return csl.parse_name(text)


def _first(fields: Fields, *tags: str) -> str:
    return next((value.strip() for tag in tags for value in fields.get(tag, ()) if value.strip()), "")


def _titles(item: dict[str, Any], fields: Fields) -> None:
    kind = item["type"]
    item["title"] = _first(fields, "T1", "TI", "CT") or (_first(fields, "BT") if kind not in IN_BOOK else "")
    item["title"] = item["title"] or _first(fields, "ST")
    if kind == "book":
        item["collection-title"] = _first(fields, "T2", "T3")
        return
    item["container-title"] = (
        _first(fields, "T2", "BT", *JOURNALS) if kind in IN_BOOK else _first(fields, *JOURNALS)
    )
    item["collection-title"] = _first(fields, "T3")
    short = _first(fields, *SHORT)
    item["container-title-short"] = short if short != item["container-title"] else ""


def _pages(start: str, end: str) -> str:
    start = re.sub(r"\s*[\u2013-]+\s*", "-", start)
    return start if not end or end == start or "-" in start else "-".join(filter(None, [start, end]))


def _issued(fields: Fields) -> dict[str, Any] | None:
    """Return the most exact date of the year of publication; PubMed Central lists when it was received, too."""
    dates = [date for tag in ("PY", "Y1", "DA") for value in fields.get(tag, ()) if (date := _date(value))]
    known = [date["date-parts"][0] for date in dates if "date-parts" in date]
    if not known:
        return dates[0] if dates else None
    of_year = [parts for parts in known if parts[0] == known[0][0]]
    return {"date-parts": [known[0] if len(known[0]) > 1 else max(of_year, key=len)]}


def _date(text: str) -> dict[str, Any] | None:
    """Read "2013/04/18/received", "2012///", "20130418", "2016 Dec 1", "c1998"."""
    text = re.sub(r"^\s*((?:1[5-9]|20)\d\d)([01]\d)([0-3]\d)(?!\d)", r"\1/\2/\3", text)
    if found := re.match(r"(\d{4})(?:[/-](\d{0,2}))?(?:[/-](\d{0,2}))?(?!\d)", text.strip()):
        parts = [int(found[1])]
        for part, limit in ((found[2], 12), (found[3], 31)):
            if not part or not 1 <= int(part) <= limit:
                break
            parts.append(int(part))
        return {"date-parts": [parts]}
    year = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", text)
    if year:
        return {"date-parts": [[int(year[0])]]}
    return {"raw": text.strip()} if re.search(r"\w", text) else None


def _numbers(item: dict[str, Any], fields: Fields) -> None:
    written = [value for tag in ("DO", "DI", "M3", "L3", "N1", "UR") for value in fields.get(tag, ())]
    found = [identifiers.identify(value).doi for value in written if DOI.search(value)]
    item["DOI"] = next(filter(None, found), "")
    addresses = [
        part.strip() for value in fields.get("UR", ()) for part in re.split(r"\s*;\s*(?=http|//)", value)
    ]
    address = next(filter(None, addresses), "")
    item["URL"] = f"https:{address}" if address.startswith("//") else address
    for value in (*fields.get("U1", ()), *fields.get("U2", ()), *fields.get("C2", ()), *fields.get("AN", ())):
        if number := re.fullmatch(r"(?:PMC)?(\d+)\s*\[(pmid|pmcid)\]", value.strip(), re.IGNORECASE):
            is_pmid = number[2].lower() == "pmid"
            item["PMID" if is_pmid else "PMCID"] = number[1] if is_pmid else f"PMC{number[1]}"
        elif re.fullmatch(r"PMC\d+", value.strip()):
            item["PMCID"] = value.strip()
    accession = _first(fields, "AN")
    if accession.isdigit() and _first(fields, "DB").casefold() in {"pubmed", "medline"}:
        item.setdefault("PMID", accession)
    serials = [
        serial.split("(")[0].strip() for value in fields.get("SN", ()) for serial in re.split(r"[;\n]", value)
    ]
    books = [serial for serial in serials if len(re.sub(r"[^0-9Xx]", "", serial)) in {10, 13}]
    item["ISBN"] = books[0] if books else ""
    item["ISSN"] = [serial for serial in serials if serial and serial not in books]
