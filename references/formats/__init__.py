"""Files of reference managers and databases: what a file is, what is in it, and the way back.

`read(data)` finds the kind of a file by its content. A reader never fails on one bad entry: it says where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from references import citekeys, csl
from references.formats import (
    answers,
    bibtex,
    bibtex_write,
    csl_json,
    encoding,
    esummary,
    medline,
    ris,
    ris_write,
    web_of_science,
)
from references.formats.base import Batch, Entry, Format, Problem, beginning

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "Batch",
    "Entry",
    "Problem",
    "beginning",
    "cleaned",
    "read",
    "writable",
    "write",
]

MAX_BYTES = 10_000_000
FORMATS: Mapping[str, Format] = {
    found.id: found
    for found in (
        Format(
            "csl-json", "CSL-JSON", csl_json.sniff, csl_json.read, csl_json.write, "json", "application/json"
        ),
        Format(
            "bibtex", "BibTeX", bibtex.sniff, bibtex.read, bibtex_write.write, "bib", "application/x-bibtex"
        ),
        Format(
            "ris", "RIS", ris.sniff, ris.read, ris_write.write, "ris", "application/x-research-info-systems"
        ),
        Format(
            "nbib", "PubMed (NBIB)", medline.sniff, medline.read, medline.write, "nbib", "application/nbib"
        ),
        Format("wos", "Web of Science", web_of_science.sniff, web_of_science.read),
        Format("crossref", "Crossref", answers.sniff_crossref, answers.read_crossref),
        Format("openalex", "OpenAlex", answers.sniff_openalex, answers.read_openalex),
        Format("europepmc", "Europe PMC", answers.sniff_europepmc, answers.read_europepmc),
        Format("pubmed", "PubMed (XML)", answers.sniff_pubmed, answers.read_pubmed),
        Format("esummary", "PubMed (JSON)", esummary.sniff, esummary.read),
    )
}


def read(data: bytes) -> Batch:
    """Read a file of any kind that we know. Raises ValueError, in words for an editor, if it is none or too large."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"The file has {len(data):,} bytes; {MAX_BYTES:,} are allowed. Split it up.")
    text = encoding.decode(data)
    kind = max(FORMATS.values(), key=lambda candidate: candidate.sniff(text))
    if not kind.sniff(text):
        raise ValueError("This is no bibliography that we know: BibTeX, RIS, NBIB, CSL-JSON, PubMed XML.")
    return kind.read(text)


def cleaned(batch: Batch) -> tuple[list[tuple[csl.Csl, int]], list[Problem]]:
    """Return (CSL item with a unique `id` and its source, line) of each entry, and what could not be cleaned."""
    taken: set[str] = set()
    items: list[tuple[csl.Csl, int]] = []
    problems: list[Problem] = []
    for entry in batch.entries:
        try:
            item = csl.tidy_item(entry.item)
        except csl.InvalidItem as error:
            problems.append(Problem(entry.line, str(error), beginning(str(entry.item))))
            continue
        key = str(entry.item.get("id") or "").strip() or citekeys.propose(item)
        key = citekeys.free(key, taken)
        taken.add(key)
        custom = item.pop("custom", {})
        source = {} if batch.kind == "csl-json" else {"source": batch.kind}
        said = _custom({**source, **custom}, item)
        items.append(({"id": key, **item, **said}, entry.line))
    return items, problems


def _custom(custom: dict[str, Any], item: csl.Csl) -> dict[str, Any]:
    """Return `custom` with the study type, which front matter may write beside it."""
    if study_type := item.pop("study_type", ""):
        custom.setdefault("study_type", study_type)
    return {"custom": custom} if custom else {}


def writable() -> tuple[str, ...]:
    return tuple(found.id for found in FORMATS.values() if found.write)


def write(kind: str, items: Iterable[Mapping[str, Any]]) -> str:
    """Write items in one of the `writable` formats. Raises KeyError for another one."""
    writer = FORMATS[kind].write
    if writer is None:
        raise KeyError(kind)
    return writer(items)
