"""What pandoc is asked: the citations of a text as its own document tree, the works as CSL-JSON it accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from references import csl, markup

API_VERSION = [1, 23]
MODES = {"normal": "NormalCitation", "author_in_text": "AuthorInText", "suppress_author": "SuppressAuthor"}
TEXTS = (
    "type container-title-short volume issue number page publisher publisher-place edition genre"
    " version language DOI PMID PMCID ISBN collection-number event-title event-place medium archive number-of-volumes"
).split()
NAME_PARTS = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
OTHERS = {"literal": "others"}  # pandoc's sign for "et al."
ENGLISH = "en-US"
UNSORTED = "\N{WORD JOINER}"  # works with a prefix stay where they are; `reading` takes this one out again


@dataclass(frozen=True, slots=True)
class Part:
    """One key of a citation, with the words around it."""

    key: str
    prefix: str = ""
    locator: str = ""
    suffix: str = ""
    mode: Literal["normal", "author_in_text", "suppress_author"] = "normal"


Cluster = tuple[Part, ...]


def document(clusters: Sequence[Cluster], uncited: Iterable[str], locale: str) -> dict[str, Any]:
    """Return the tree: one paragraph a citation; `uncited` works go to the list only."""
    meta: dict[str, Any] = {"link-citations": {"t": "MetaBool", "c": True}}
    meta["lang"] = {"t": "MetaString", "c": ENGLISH if locale in {"", "en"} else locale}
    if only_listed := [_cite((Part(key),), 0) for key in uncited]:
        meta["nocite"] = {"t": "MetaInlines", "c": only_listed}
    blocks = [{"t": "Para", "c": [_cite(cluster, place)]} for place, cluster in enumerate(clusters, 1)]
    return {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}


def _cite(cluster: Cluster, number: int) -> dict[str, Any]:
    # Sorted by name, "Smith (2020; Adams, 2019)" would fall apart: "(Adams, 2019; Smith; 2020)".
    keeps_order = len(cluster) > 1 and cluster[0].mode == "author_in_text"
    parts = [
        {
            "citationId": part.key,
            "citationPrefix": _words(
                part.prefix or (UNSORTED if keeps_order and part.mode == "normal" else "")
            ),
            "citationSuffix": _words(_after(part)),
            "citationMode": {"t": MODES[part.mode]},
            "citationNoteNum": number,
            "citationHash": 0,
        }
        for part in cluster
    ]
    return {"t": "Cite", "c": [parts, []]}


def _after(part: Part) -> str:
    """Return what follows a key. Braces mark the locator as one, whatever stands behind it."""
    suffix = part.suffix if not part.suffix or part.suffix[0] in ",.;:)" else f" {part.suffix}"
    if not part.locator:
        return suffix
    # A blank would end the locator; pandoc's own reader writes a fixed one, too.
    locator = re.sub(r"\s+", "\N{NO-BREAK SPACE}", re.sub(r"[{}]", "", part.locator))
    return f", {{{locator}}}{suffix}"


def _words(text: str) -> list[dict[str, Any]]:
    inlines: list[dict[str, Any]] = []
    for place, word in enumerate(text.split(" ")):
        inlines += [{"t": "Space"}] if place else []
        inlines += [{"t": "Str", "c": word}] if word else []
    return inlines


def bibliography(items: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the items with what a list of references shows, in types that pandoc reads: one odd value stops it."""
    return [{"id": key, **_item(item)} for key, item in items.items()]


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = {name: str(item[name]) for name in TEXTS if isinstance(item.get(name), str | int)}
    for name in csl.TITLES:
        if isinstance(title := item.get(name), str) and name not in asked:
            asked[name] = markup.unescaped(title)
    for role in csl.NAME_LISTS:
        if names := _names(item, role):
            asked[role] = names
    for name in csl.DATES:
        if date := _date(item, name):
            asked[name] = date
    issn = item.get("ISSN")
    asked["ISSN"] = str(issn[0] if isinstance(issn, list) and issn else issn or "")
    asked["URL"] = csl.columns(item).url
    return {name: value for name, value in asked.items() if value}


def _names(item: Mapping[str, Any], role: str) -> list[dict[str, str]]:
    people, has_more = csl.people(item, role)
    names = [{part: str(name[part]) for part in NAME_PARTS if name.get(part)} for name in people]
    return [*filter(None, names), *([OTHERS] if has_more else [])]


def _date(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = item.get(name)
    if parts := csl.date_parts(item, name):
        return {"date-parts": [list(parts)]}
    said = str(value.get("raw") or value.get("literal") or "") if isinstance(value, Mapping) else ""
    return {"literal": said} if said else {}
