"""Citations and lists of references in the styles that readers know, written by pandoc.

`render` asks pandoc and takes a tenth of a second; `references.styles.stored` keeps what it answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from references.styles import pandoc, reading
from references.styles.catalogue import BUILT_IN, STYLES, Style, find
from references.styles.pandoc import PandocFailed
from references.styles.request import Cluster, Part, bibliography, document

__all__ = [
    "BUILT_IN", "STYLES", "Cluster", "ListEntry", "PandocFailed", "Part", "Rendering", "Style", "find", "render",
]  # fmt: skip

TIMEOUT_SECONDS = 20.0
HREF = 'href="#ref-'


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of the list: the key, the number as the style writes it ("1.", "[1]", ""), the safe HTML."""

    key: str
    number: str
    html: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """What readers see of a text's citations. Labels stand in the order of the clusters.

    In a label, `<a href="#ref-KEY">` leads to the entry of a key; a key that a range swallows ("1–3") has none.
    """

    style: str
    labels: tuple[str, ...] = ()
    entries: tuple[ListEntry, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Rendering:
        entries = tuple(ListEntry(**entry) for entry in stored["entries"])
        return cls(stored["style"], tuple(stored["labels"]), entries)


def render(
    style: str,
    locale: str,
    items: Mapping[str, Mapping[str, Any]],
    clusters: Sequence[Cluster] = (),
    *,
    uncited: Iterable[str] = (),
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Rendering:
    """Return the citations and the list in a style of the catalogue. `items` maps keys to CSL items.

    Raises PandocFailed; ValueError if there is no such style.
    """
    found = find(style)
    if found is None or not found.csl:
        raise ValueError(f"There is no citation style “{style}”.")
    listed = items.keys() if not clusters and not uncited else uncited
    tree = pandoc.run(
        document(clusters, listed, locale),
        bibliography(items),
        csl=found.csl,
        timeout_seconds=timeout_seconds,
    )
    citations, entries = reading.blocks(tree)
    return Rendering(
        found.id,
        tuple(reading.html(inlines, _linked) for inlines in citations),
        tuple(ListEntry(key, number, html) for key, (number, html) in entries.items()),
    )


def _linked(key: str, words: str) -> str:
    return f'<a {HREF}{key}">{words}</a>'
