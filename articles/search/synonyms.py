"""Names of one thing: who asks for "vit d" wants what is written of cholecalciferol, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from articles.search.words import PLAIN, fold

FILE = Path(__file__).with_name("synonyms.yaml")
Name = tuple[str, ...]


@cache
def groups() -> Mapping[Name, Sequence[Name]]:
    """Return every name, as its folded words, with all the names of its thing."""
    found: dict[Name, Sequence[Name]] = {}
    for group in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        names = [tuple(PLAIN.findall(fold(name))) for name in group["names"]]
        found.update(dict.fromkeys(names, names))
    return found


def longest_at(words: Sequence[str]) -> Name:
    """Return the longest known name that `words` begin with, or nothing."""
    for length in range(min(len(words), _longest()), 0, -1):
        if tuple(words[:length]) in groups():
            return tuple(words[:length])
    return ()


@cache
def _longest() -> int:
    return max(map(len, groups()))
