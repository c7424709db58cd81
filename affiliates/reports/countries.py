"""What countries are called, for people who read reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

# Not YAML, as the files beside it: there the code of Norway is a boolean.
FILE = Path(__file__).parent.parent / "data" / "countries.tsv"


@cache
def country_names() -> Mapping[str, str]:
    """Return the English name of each two-letter code, such as "Germany" for "DE"."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
