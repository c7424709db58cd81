"""NBIB, PubMed's own tagged format ("MEDLINE"), in and out.

Source: https://pubmed.ncbi.nlm.nih.gov/help/#using-search-field-tags
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from references import csl, markup
from references.formats.answers import entry_of
from references.formats.base import Batch, Problem, beginning
from references.sources import pubmed, studies
from references.sources.records import Record

TAG = re.compile(r"([A-Z]{2,4}) *- ?(.*)$")
IDENTIFIER = re.compile(r"(.+?)\s*\[(\w+)\]$")
RELATIONS = {  # tag, the name of the relation in PubMed's XML
    "RIN": "RetractionIn", "RPI": "RetractedandRepublishedIn", "ROF": "RetractionOf", "ECI": "ExpressionOfConcernIn",
    "ECF": "ExpressionOfConcernFor", "EIN": "ErratumIn", "EFR": "ErratumFor", "CRI": "CorrectedandRepublishedIn",
    "UIN": "UpdateIn",
}  # fmt: skip
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LANGUAGES = {
    "eng": "en",
    "ger": "de",
    "fre": "fr",
    "spa": "es",
    "ita": "it",
    "por": "pt",
    "dut": "nl",
    "rus": "ru",
}
Fields = dict[str, list[str]]


def sniff(text: str) -> float:
    return 0.95 if re.search(r"^PMID *- ?\d", text, re.MULTILINE) else 0.0


def read(text: str) -> Batch:
    entries, problems = [], []
    for line, fields in _records(text):
        if "PMID" in fields or "TI" in fields or "BTI" in fields:
            entries.append(entry_of(_record(fields), line))
        else:
            problems.append(
                Problem(line, "This record has neither a PMID nor a title.", beginning(str(fields)))
            )
    return Batch("nbib", tuple(entries), tuple(problems))


def _records(text: str) -> Iterator[tuple[int, Fields]]:
    """Yield (line, fields); a record ends where the next PMID begins, not at blank lines."""
    fields: Fields = {}
    start = 1
    last: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        found = TAG.match(line)
        if found:
            if found[1] == "PMID" and fields:
                yield start, fields
                fields = {}
            if not fields:
                start = number
            last = fields.setdefault(found[1], [])
            last.append(found[2].strip())
        elif last is not None and line.startswith(" ") and line.strip():
            last[-1] = f"{last[-1]} {line.strip()}"
    if fields:
        yield start, fields


def _record(fields: Fields) -> Record:
    types = fields.get("PT", [])
    relations = [(name, words, "") for tag, name in RELATIONS.items() for words in fields.get(tag, ())]
    subjects = [subject.split("/")[0].strip("*") for subject in fields.get("MH", ())]
    return Record(
        source="nbib",
        source_id=_first(fields, "PMID"),
        item=_to_csl(fields),
        notices=pubmed.notices_of(types, relations),
        study_type=studies.study_type(types, subjects),
    )


def _to_csl(fields: Fields) -> dict[str, Any]:
    is_book = "BTI" in fields
    numbers = _identifiers(fields)
    item: dict[str, Any] = {
        "id": f"pmid{pmid}" if (pmid := _first(fields, "PMID")) else "",
        "type": ("chapter" if "TI" in fields else "book") if is_book else "article-journal",
        "title": pubmed.untranslated(_first(fields, "TI") or _first(fields, "BTI") or _first(fields, "TT")),
        "container-title": _first(fields, "BTI") if is_book and "TI" in fields else _first(fields, "JT"),
        "container-title-short": "" if is_book else _first(fields, "TA"),
        "author": _authors(fields),
        "editor": [csl.parse_name(name) for name in fields.get("FED", ())],
        "issued": _date(_first(fields, "DP")),
        "volume": _first(fields, "VI"),
        "issue": _first(fields, "IP"),
        "page": _pages(_first(fields, "PG") or numbers.get("pii", "")),
        "publisher": _first(fields, "PB"),
        "publisher-place": _first(fields, "PL") if is_book else "",
        "language": LANGUAGES.get(_first(fields, "LA"), _first(fields, "LA")),
        "abstract": _first(fields, "AB"),
        "ISSN": sorted({serial.split(" ")[0] for serial in fields.get("IS", ())}),
        "ISBN": _first(fields, "ISBN"),
        "PMID": pmid,
        "PMCID": _first(fields, "PMC"),
        "DOI": numbers.get("doi", ""),
    }
    return {name: value for name, value in item.items() if value}


def _first(fields: Mapping[str, list[str]], tag: str) -> str:
    return next(iter(fields.get(tag, ())), "")


def _authors(fields: Fields) -> list[dict[str, Any]]:
    names = [_name(name) for name in fields.get("FAU") or fields.get("AU") or ()]
    return [*names, *({"literal": name} for name in fields.get("CN", ()))]


def _name(text: str) -> dict[str, Any]:
    family, comma, given = text.partition(",")
    if not comma and " " in text:  # "AU  - Smith JB"
        family, _, given = text.rpartition(" ")
    given, _, suffix = given.strip().partition(", ")
    name = {"family": family.strip(), "given": given.strip(), "suffix": suffix.strip()}
    return {key: value for key, value in name.items() if value}


def _identifiers(fields: Fields) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in (*fields.get("LID", ()), *fields.get("AID", ())):
        if match := IDENTIFIER.match(value):
            found.setdefault(match[2].lower(), match[1].strip())
    return found


def _pages(text: str) -> str:
    """Write "447S-63S" and "447-63" as they are meant to be read: 447-463."""
    text = text.split(",", maxsplit=1)[0].strip().rstrip(".")
    found = re.fullmatch(r"(\d+)-(\d+)", text)
    if found and len(found[2]) < len(found[1]):
        return f"{found[1]}-{found[1][: len(found[1]) - len(found[2])]}{found[2]}"
    return text if re.fullmatch(r"[\w.-]+", text) else ""


def _date(text: str) -> dict[str, Any] | None:
    """Read "2013 Apr 18", "2013 Jan-Feb", "2013 Winter"."""
    found = re.match(r"(\d{4})(?: ([A-Za-z]{3}))?(?:\S* (\d{1,2}))?", text)
    if not found:
        return None
    parts = [int(found[1])]
    if (month := (found[2] or "").lower()) in MONTHS:
        parts.append(MONTHS.index(month) + 1)
        parts += [int(found[3])] if found[3] else []
    return {"date-parts": [parts]}


def write(items: Iterable[Mapping[str, Any]]) -> str:
    """Return the items in PubMed's format; what it has no tag for is left out."""
    return "\n".join("".join(f"{tag:<4}- {value}\n" for tag, value in _lines(item)) for item in items)


def _lines(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    text = {
        name: markup.plain(str(item.get(name) or "")) for name in ("title", "container-title", "abstract")
    }
    date = csl.date_parts(item)
    month = f" {MONTHS[date[1] - 1].capitalize()}" if len(date) > 1 else ""
    yield "PMID", str(item.get("PMID") or "")
    yield from ((tag, value) for tag, value in (
        *(("IS", serial) for serial in _listed(item.get("ISSN"))),
        ("VI", item.get("volume")), ("IP", item.get("issue")),
        ("DP", f"{date[0]}{month}{f' {date[2]}' if len(date) > 2 else ''}" if date else ""),
        ("TI", text["title"]), ("PG", item.get("page")),
        ("LID", f"{item['DOI']} [doi]" if item.get("DOI") else ""), ("AB", text["abstract"]),
    ) if value)  # fmt: skip
    for name in item.get("author") or ():
        is_group = "family" not in name
        written = ", ".join(filter(None, [csl.format_name(name), str(name.get("suffix") or "")]))
        yield ("CN", str(name.get("literal") or name.get("given") or "")) if is_group else ("FAU", written)
    yield from ((tag, str(value)) for tag, value in (
        ("JT", text["container-title"]), ("TA", item.get("container-title-short")), ("PMC", item.get("PMCID")),
    ) if value)  # fmt: skip


def _listed(value: Any) -> list[str]:
    return [str(one) for one in (value if isinstance(value, list) else [value]) if one]
