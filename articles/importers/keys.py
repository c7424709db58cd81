"""Front matter of Jekyll, Hugo and our own, read into the keys that articles know."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from articles.importers.values import as_list, as_moment, as_text
from articles.importers.words import quote

# what other systems call it -> our key; an own key wins over its other names
OTHER_NAMES = {
    "lastmod": "updated",
    "last_modified_at": "updated",
    "modified": "updated",
    "publishdate": "date",
    "lang": "language",
    "author": "authors",
    "reviewer": "reviewed_by",
    "category": "topic",
    "categories": "topic",
    "keywords": "tags",
    "summary": "description",
    "excerpt": "description",
    "cover": "image",
    "featured_image": "image",
    "thumbnail": "image",
    "canonicalurl": "canonical_url",
    "canonical": "canonical_url",
    "permalink": "aliases",
    "url": "aliases",
    "redirect_from": "aliases",
    "guid": "source_id",
}
TEXTS = ("title", "slug", "language", "description", "image_alt", "canonical_url", "source_id")
MOMENTS = ("date", "updated", "reviewed_on")
LISTS = ("authors", "tags", "jurisdictions", "recommended", "aliases")
_LETTERS = re.compile(r"^[A-Z][A-Za-z.]{0,6}$")
KNOWN = frozenset(
    {*TEXTS, *MOMENTS, *LISTS, "topic", "reviewed_by", "image", "draft", "references", "format"}
)


@dataclass(slots=True)
class Reading:
    """Front matter as articles keep it. Values that fit no key stay under `original_<key>`."""

    values: dict[str, Any] = field(default_factory=dict)
    renamed: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)


def read_keys(raw: Mapping[str, Any], owned: frozenset[str] = frozenset()) -> Reading:
    """Return known keys in their own form and all others untouched; `owned` keys belong to plugins."""
    reading = Reading()
    for name, value in raw.items():
        if value is None or value == "":
            continue
        key = name if name in KNOWN | owned else OTHER_NAMES.get(name.casefold(), name)
        if name.casefold() == "published" and value is False:
            _put(reading, "draft", True, name)
        elif key not in KNOWN:
            reading.values[key] = value
            if key not in owned:
                reading.not_understood.append(
                    f"The front matter's “{name}” is no key of ours; it was kept as it is."
                )
        elif key == name or key not in raw:
            _put(reading, key, value, name)
        elif key == "aliases":
            _put(reading, key, [*_aliases(raw[key]), *_aliases(value)], name)
        else:
            reading.values[name] = value
            reading.not_understood.append(
                f"The front matter has “{key}” and “{name}”; the first counts, both were kept."
            )
    return reading


def _put(reading: Reading, key: str, value: Any, name: str) -> None:
    read = _READERS[key](value, reading)
    if read is None:
        reading.values[f"original_{name}"] = value
        message = (
            f"The value {quote(str(value))} of “{name}” was not understood; it was kept as “original_{name}”."
        )
        reading.not_understood.append(message)
        return
    if key == "aliases":
        read = list(dict.fromkeys([*reading.values.get("aliases", []), *read]))
    elif key in reading.values:
        if reading.values[key] != read:
            reading.values[name] = value
            reading.not_understood.append(
                f"Two keys give “{key}”; “{name}” was kept as it is and does not count."
            )
        return
    reading.values[key] = read
    if name != key:
        reading.renamed.append(f"{name} → {key}")


def _text(value: Any, reading: Reading) -> str | None:
    return as_text(value) or None


def _moment(value: Any, reading: Reading) -> str | None:
    return as_moment(value)


def _list(value: Any, reading: Reading) -> list[str] | None:
    return as_list(value)


def _aliases(value: Any) -> list[str]:
    """Return the paths of old addresses; the host of a full address is ours and needs no mention."""
    paths = (urlsplit(entry).path if "://" in entry else entry for entry in as_list(value) or [])
    return [f"/{path.lstrip('/')}" for path in paths if path.strip("/")]


def _people(value: Any, reading: Reading) -> list[str] | None:
    """Return names; "Jane Doe, RD" is one person whose letters are kept apart."""
    names = as_list(value)
    if names is None or not isinstance(value, str):
        return names
    letters = [name for name in names[1:] if _LETTERS.match(name)]
    if letters:
        reading.values["original_authors"] = value
        reading.not_understood.append(
            f"{quote(', '.join(letters))} behind an author was taken for credentials."
        )
    return [name for name in names if name not in letters]


def _topic(value: Any, reading: Reading) -> str | None:
    """Return the first of several categories: an article has one topic. The others become tags."""
    names = as_list(value)
    if not names:
        return None
    if names[1:]:
        reading.values.setdefault("tags", []).extend(names[1:])
        listed = ", ".join(map(quote, names[1:]))
        reading.not_understood.append(f"An article has one topic, {quote(names[0])}; {listed} became tags.")
    return names[0]


def _reviewer(value: Any, reading: Reading) -> str | None:
    names = as_list(value)
    if not names:
        return None
    if names[1:]:
        reading.values["original_reviewed_by"] = names
        listed = ", ".join(map(quote, names[1:]))
        reading.not_understood.append(
            f"An article names one reviewer, {quote(names[0])}; {listed} does not show."
        )
    return names[0]


def _tags(value: Any, reading: Reading) -> list[str] | None:
    names = as_list(value)
    if names is None:
        return None
    if isinstance(value, str) and " " in value.strip() and "," not in value:
        reading.not_understood.append(
            f"The tags {quote(value)} were taken for one tag; part several with commas."
        )
    return list(dict.fromkeys([*reading.values.pop("tags", []), *names]))


def _image(value: Any, reading: Reading) -> str | None:
    """Return a slug or path; a mapping such as {path: …, alt: …} gives the description, too."""
    if not isinstance(value, Mapping):
        return as_text(value) or None
    path = next((value[name] for name in ("src", "path", "image", "url", "file") if value.get(name)), None)
    alt = as_text(value.get("alt") or value.get("image_alt"))
    if alt:
        reading.values.setdefault("image_alt", alt)
    return as_text(path) or None


def _draft(value: Any, reading: Reading) -> bool | None:
    return value if isinstance(value, bool) else None


def _references(value: Any, reading: Reading) -> list[Mapping[str, Any]] | None:
    """Return the CSL items; entries that are none of CSL's mappings are reported one by one."""
    if not isinstance(value, list):
        return None
    strange = [entry for entry in value if not isinstance(entry, Mapping)]
    if strange:
        reading.values["original_references"] = strange
        listed = ", ".join(quote(str(entry)) for entry in strange)
        reading.not_understood.append(
            f"These references are no CSL-JSON items and were kept apart: {listed}."
        )
    return [entry for entry in value if isinstance(entry, Mapping)]


_READERS: Mapping[str, Callable[[Any, Reading], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(MOMENTS, _moment),
    **dict.fromkeys(LISTS, _list),
    "authors": _people,
    "aliases": lambda value, reading: _aliases(value) or None,
    "tags": _tags,
    "topic": _topic,
    "reviewed_by": _reviewer,
    "image": _image,
    "draft": _draft,
    "format": _text,
    "references": _references,
}
