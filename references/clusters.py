"""The citations of a text in reading order: styles number, shorten and tell apart by what stood before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from markdown_it.rules_core import StateCore

from articles.compile.parser import add_key
from references import citekeys
from references.styles import Cluster, Part

if TYPE_CHECKING:
    from references.syntax.grammar import Cite

KIND = "citation_cluster"
Found = tuple[int, bool, Cluster]  # place in the text, whether a sentence names the author, the parts


def note(state: StateCore, group: str, in_text: str) -> None:
    """Number the citations and note each as a key, for the resolver. Runs when footnotes are where they are shown."""
    place = 0
    for token in state.tokens:
        for child in token.children or ():
            if child.type in {group, in_text}:
                child.meta["place"] = place
                add_key(state.env, KIND, _written(place, child.type == in_text, child.meta["cites"]))
                place += 1


def _written(place: int, is_in_text: bool, cites: Iterable[Cite]) -> str:
    parts = [
        [citekeys.normalise(cite.key), cite.prefix, cite.locator, cite.suffix, cite.mode] for cite in cites
    ]
    return json.dumps([place, is_in_text, parts])


def read(keys: Iterable[str]) -> list[Found]:
    """Return the citations in their order."""
    found = [json.loads(key) for key in keys]
    return sorted(
        ((place, is_in_text, tuple(Part(*part) for part in parts)) for place, is_in_text, parts in found),
        key=lambda one: one[0],
    )
