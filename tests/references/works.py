"""Resolved works without a database, for what is pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles.compile import compile_markdown
from cms.contracts import Document, Lookup
from references.works import CITATION, Work


def make_work(citekey: str, pk: int = 0, **changes: Any) -> Work:
    name = "".join(letter for letter in citekey if letter.isalpha()).capitalize()
    item = {
        "type": "article-journal",
        "title": f"On {name}",
        "author": [{"family": name, "given": "Ana"}],
        "issued": {"date-parts": [[2013]]},
        "DOI": f"10.1234/{citekey}",
    }
    values = {
        "id": pk or sum(map(ord, citekey)),
        "citekey": citekey,
        "version": 1,
        "csl": item,
        "title": item["title"],
        "year": 2013,
        "study_type": "",
        "editorial_status": "current",
    }
    return Work(**(values | changes))


def compile_with(
    text: str, *works: Work, lookup_as: Mapping[str, Work] | None = None, **options: Any
) -> Document:
    """Compile `text` with these works in the library; `lookup_as` gives them other keys."""
    lookup = Lookup({CITATION: {work.citekey: work for work in works} | dict(lookup_as or {})})
    return compile_markdown(text, lookup=lookup, **options)
