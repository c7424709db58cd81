"""The references of one article: what its front-matter snapshot keeps of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from references import citekeys

KEY = "references"
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference as the article knows it.

    `id` is what the author wrote, `citekey` the work in the library; they differ where the library already had another
    work of that key. `custom` is what this article says of the work (`insight`, `citation_count` …). `raw` is set
    instead if the item could not be read.
    """

    id: str
    citekey: str
    custom: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    raw: Any = None

    @property
    def text_key(self) -> str:
        return citekeys.normalise(self.id)


def entries(front_matter: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return the references of a snapshot in their order."""
    return tuple(_entries(front_matter.get(KEY)))


def _entries(items: Any) -> Iterator[Entry]:
    for item in items if isinstance(items, list | tuple) else ():
        if not isinstance(item, Mapping) or "raw" in item:
            yield Entry("", "", raw=item.get("raw") if isinstance(item, Mapping) else item)
        elif name := str(item.get("id") or ""):
            custom = item.get("custom")
            citekey = str(item.get("citekey") or citekeys.normalise(name))
            yield Entry(name, citekey, custom if isinstance(custom, Mapping) else NOTHING)


def snapshot(entry: Entry) -> dict[str, Any]:
    """Return the JSON that `entries` reads."""
    if entry.raw is not None:
        return {"raw": entry.raw}
    kept: dict[str, Any] = {"id": entry.id}
    if entry.citekey != entry.text_key:
        kept["citekey"] = entry.citekey
    if entry.custom:
        kept["custom"] = dict(entry.custom)
    return kept
