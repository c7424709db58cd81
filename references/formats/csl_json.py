"""CSL-JSON, as Zotero, Mendeley and our own export write it; one item, a list, or one item a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from articles.nesting import read_json
from references.formats.base import Batch, Entry, Problem, beginning, line_of

KIND = "csl-json"
SAYS_SOMETHING = {
    "title",
    "author",
    "editor",
    "DOI",
    "PMID",
    "PMCID",
    "ISBN",
    "URL",
    "container-title",
    "type",
    "custom",
}


def sniff(text: str) -> float:
    return 0.6 if text.lstrip()[:1] in {"[", "{"} else 0.0


def read(text: str) -> Batch:
    try:
        found = read_json(text)
    except ValueError as error:
        return _lines(text, error)
    if isinstance(found, Mapping) and isinstance(found.get("items"), list):  # Better CSL JSON, Zotero's API
        found = found["items"]
    items = found if isinstance(found, list) else [found]
    return _batch((item, 0) for item in items)


def _lines(text: str, error: Exception) -> Batch:
    """Read one item a line; where not even the first line is one, say where the JSON breaks."""
    items, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            items.append((read_json(line), number))
        except ValueError:
            problems.append(Problem(number, "This line is no JSON.", beginning(line)))
        if problems and not items:
            place = line_of(text, getattr(error, "pos", 0))
            return Batch(KIND, (), (Problem(place, f"The file is no valid JSON: {error}.", beginning(text)),))
    batch = _batch(items)
    return Batch(KIND, batch.entries, (*batch.problems, *problems))


def _batch(items: Iterable[tuple[Any, int]]) -> Batch:
    entries, problems = [], []
    for item, line in items:
        if isinstance(item, Mapping) and item.keys() & SAYS_SOMETHING:
            entries.append(Entry(item, line))
        else:
            problems.append(
                Problem(
                    line,
                    "This is no CSL-JSON item: it has no title, author or identifier.",
                    beginning(str(item)),
                )
            )
    return Batch(KIND, tuple(entries), tuple(problems))


def write(items: Iterable[Mapping[str, Any]]) -> str:
    return f"{json.dumps(list(items), indent=2, ensure_ascii=False)}\n"
