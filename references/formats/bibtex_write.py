"""BibTeX out: UTF-8, LaTeX's special characters escaped, titles protected from being lower-cased."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from references import csl
from references.formats import latex

TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "book": "book", "chapter": "incollection", "entry-encyclopedia": "incollection", "paper-conference":
    "inproceedings", "report": "techreport", "thesis": "phdthesis", "manuscript": "unpublished", "pamphlet": "booklet",
}  # fmt: skip
FIELDS = (
    ("volume", "volume"), ("issue", "number"), ("page", "pages"), ("edition", "edition"),
    ("publisher-place", "address"), ("collection-title", "series"), ("note", "note"),
    ("language", "language"), ("abstract", "abstract"), ("keyword", "keywords"),
)  # fmt: skip
VERBATIM = (
    ("DOI", "doi"),
    ("URL", "url"),
    ("PMID", "pmid"),
    ("PMCID", "pmcid"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
HOUSES = {"thesis": "school", "report": "institution"}
CONTAINERS = {"incollection": "booktitle", "inproceedings": "booktitle"}
UNSAFE = re.compile(r"[\s{}(),=\\%#\"'~]+")


def write(items: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(_entry(item) for item in items)


def _entry(item: Mapping[str, Any]) -> str:
    kind = TYPES.get(str(item.get("type")), "misc")
    key = UNSAFE.sub("-", str(item.get("id") or "")).strip("-") or "ref"
    lines = [f"  {name} = {value},\n" for name, value in _fields(item, kind)]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _fields(item: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor"):
        if names := item.get(role):
            yield role, f"{{{' and '.join(_name(name) for name in names)}}}"
    if title := item.get("title"):
        yield "title", f"{{{{{latex.encode(str(title))}}}}}"
    if container := item.get("container-title"):
        field = CONTAINERS.get(kind, "journal" if kind == "article" else "howpublished")
        yield field, _braced(container)
    yield from _date(item)
    for name, field in FIELDS:
        if value := item.get(name):
            yield field, _braced(str(value).replace("-", "--") if name == "page" else value)
    if publisher := item.get("publisher"):
        yield HOUSES.get(str(item.get("type")), "publisher"), _braced(publisher)
    yield from _identifiers(item)


def _date(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    date = csl.date_parts(item)
    if date:
        yield "year", f"{{{date[0]}}}"
    elif raw := (item.get("issued") or {}).get("raw"):
        yield "year", _braced(raw)
    if len(date) > 1:
        yield "month", MONTHS[date[1] - 1]


def _identifiers(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if arxiv := (item.get("custom") or {}).get("arxiv"):
        yield "eprint", f"{{{arxiv}}}"
        yield "archiveprefix", "{arXiv}"
    for name, field in VERBATIM:
        if value := item.get(name):
            first = value[0] if isinstance(value, list) else value
            yield field, f"{{{re.sub(r'[{}]', '', str(first))}}}"


def _braced(value: Any) -> str:
    return f"{{{latex.encode(str(value))}}}"


def _name(name: Mapping[str, Any]) -> str:
    if "family" not in name:
        text = str(name.get("literal") or name.get("given") or "")
        return "others" if text.strip(" .").casefold() in csl.AND_OTHERS else f"{{{latex.encode(text)}}}"
    family = latex.encode(csl.family(name))
    if re.search(r"\sand\s|,", family, re.IGNORECASE):
        family = f"{{{family}}}"  # or it would be two names
    others = (latex.encode(str(name.get(part) or "")) for part in ("suffix", "given"))
    return ", ".join([family, *filter(None, others)])
