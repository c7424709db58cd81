"""The front-matter key `references`: CSL-JSON items in files, keys and this article's remarks in the snapshot."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cms.contracts import ArticlePart
from references import citekeys, csl, library
from references.cited import STYLE_KEY
from references.entries import KEY, Entry, entries, snapshot
from references.models import Reference
from references.panel import ListedForm

# Said of the work and kept in the library; every other key of `custom` is said by one article.
OF_THE_WORK = frozenset({"nbk", "arxiv", "study_type", "editorial_status", "source"})


def load(front_matter: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bring the items into the library and return what the article keeps. An unreadable item is kept as it is."""
    if KEY not in front_matter:
        return {}
    value = front_matter[KEY]
    items = value if isinstance(value, list) else [value] if value else []
    kept: list[Entry | None] = []
    incoming: list[library.Incoming] = []
    remarks: list[tuple[str, dict[str, Any]]] = []
    for raw in items:
        if known := _named(raw):
            kept.append(known)
            continue
        try:
            item, custom = _split(raw)
            incoming.append(library.read(item))
        except csl.InvalidItem:
            kept.append(Entry("", "", raw=csl.plain_json(raw)))
            continue
        kept.append(None)
        remarks.append((str(item.get("id") or ""), custom))
    works = library.upsert(
        incoming, source_id=str(front_matter.get("slug") or front_matter.get("title") or "")
    )
    found = iter(
        Entry(name or work.citekey, work.citekey, custom)
        for work, (name, custom) in zip(works, remarks, strict=True)
    )
    return {KEY: [snapshot(entry or next(found)) for entry in kept]}


def export(front_matter: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return full CSL-JSON items again: what `load` reads, with the library's values of today."""
    if KEY not in front_matter:
        return {}
    found = entries(front_matter)
    works: dict[str, Reference] = {}
    for work in Reference.objects.of_keys(entry.citekey for entry in found):
        works |= {key: work for key in (work.citekey, work.called) if key}  # type: ignore[attr-defined]  # of_keys() sets it
    return {KEY: [_item(entry, works.get(entry.citekey)) for entry in found]}


def _named(raw: object) -> Entry | None:
    """Return the entry of an item that only names a work of the library, or of a snapshot that is loaded again."""
    if isinstance(raw, str) and re.fullmatch(citekeys.PATTERN, raw):
        return Entry(raw, raw)
    if isinstance(raw, Mapping) and raw.keys() <= {"id", "citekey", "custom", "raw"}:
        return next(iter(entries({KEY: [raw]})), None)
    return None


def _split(raw: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the item with what is said of the work, and what this article says."""
    if not isinstance(raw, Mapping):
        raise csl.InvalidItem("A reference must be a CSL-JSON object with an id, a title and so on.")
    custom = raw.get("custom")
    said = csl.plain_json(custom) if isinstance(custom, Mapping) else {}
    of_the_work = {name: value for name, value in said.items() if name in OF_THE_WORK}
    own = {name: value for name, value in said.items() if name not in OF_THE_WORK}
    return {**raw, "custom": of_the_work}, own


def _item(entry: Entry, work: Reference | None) -> Any:
    if entry.raw is not None:
        return entry.raw
    item = dict(work.to_csl()) if work else {}
    custom = {**item.pop("custom", {}), **entry.custom}
    return {**item, "id": entry.id, **({"custom": custom} if custom else {})}


def _with_style(
    change: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """Let the style of the article pass as it is: a name that we do not know is told when the text is compiled."""

    def changed(front_matter: Mapping[str, Any]) -> Mapping[str, Any]:
        own = {STYLE_KEY: front_matter[STYLE_KEY]} if STYLE_KEY in front_matter else {}
        return {**change(front_matter), **own}

    return changed


PART = ArticlePart(
    id=KEY,
    front_matter_keys=(KEY, STYLE_KEY),
    load=_with_style(load),
    export=_with_style(export),
    form=ListedForm,
)
