"""Web of Science's tagged export, which comes with the extension .ris or .txt; rispy knows its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Any

import rispy

from references.formats.base import Batch, Entry, Problem, beginning
from references.formats.ris_fields import read_name

TYPES = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent"}


class Reader(rispy.WokParser):
    """Tags keep their names; each is a list of its lines."""

    DEFAULT_MAPPING = {
        tag: tag for tag in "PT AU AF CA TI SO JI LA VL IS BP EP AR PY PD DI PM SN EI BN PU PA AB".split()
    } | {
        "ER": "ER",
        "UK": "unknown",
    }
    DEFAULT_LIST_TAGS = ["AU", "AF", "CA"]


def sniff(text: str) -> float:
    return 0.95 if re.search(r"^PT [JBSP]$", text, re.MULTILINE) else 0.0


def read(text: str) -> Batch:
    """Read every record; one that was cut off, or whose end is missing, takes no other with it."""
    entries, problems = [], []
    for line, record in _records(text):
        found = [
            _to_csl(fields) for fields in rispy.loads(record, implementation=Reader, skip_unknown_tags=True)
        ]
        if any(item.keys() - {"type"} for item in found):
            entries += [Entry(item, line) for item in found]
        else:
            problems.append(Problem(line, "This record is empty.", beginning(record)))
    return Batch("wos", tuple(entries), tuple(problems))


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, record): from one PT to the next, with the end that rispy waits for."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("PT ")]
    for start, end in pairwise([*starts, len(lines)]):
        inside = takewhile(lambda line: line.strip() not in {"ER", "EF"}, lines[start:end])
        yield start + 1, "\n".join([*inside, "ER", ""])


def _to_csl(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in _fields(fields) if value}


def _fields(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    def text(tag: str) -> str:
        return " ".join(str(fields.get(tag, "")).split())

    pages = "-".join(filter(None, [text("BP"), text("EP")]))
    year = re.search(r"\d{4}", text("PY"))
    names = [read_name(name) for name in fields.get("AF") or fields.get("AU") or ()]
    yield "type", TYPES.get(text("PT"), "document")
    yield "title", text("TI")
    yield "author", [*names, *({"literal": name} for name in fields.get("CA", ()))]
    yield "container-title", text("SO")
    yield "container-title-short", text("JI")
    yield "volume", text("VL")
    yield "issue", text("IS")
    yield "page", pages or text("AR")
    yield "issued", {"date-parts": [[int(year[0])]]} if year else None
    yield "publisher", text("PU")
    yield "DOI", text("DI")
    yield "PMID", text("PM")
    yield "ISSN", [serial for serial in (text("SN"), text("EI")) if serial]
    yield "ISBN", text("BN")
    yield "abstract", text("AB")
