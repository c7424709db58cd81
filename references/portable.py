"""The library in import and export: one CSL-JSON file, as every reference manager reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from articles.nesting import read_json
from cms.contracts import Portable
from references import citekeys, csl, library
from references.models import CitekeyAlias, Reference

FILE = "references.json"
OWN = ("former_keys", "locked_fields", "editor_note")


def dump(folder: Path) -> None:
    """Write every work, cited or not, to references.json."""
    works = Reference.objects.order_by("citekey").prefetch_related("aliases")
    items = [_with_own(work) for work in works]
    text = json.dumps(items, indent=2, ensure_ascii=False, sort_keys=True)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8")


def load(folder: Path) -> None:
    """Add the works whose key this site does not have; what it has stays as it is. Raises csl.InvalidItem."""
    path = folder / FILE
    if not path.is_file():
        return
    known = set(Reference.objects.values_list("citekey", flat=True))
    items = [item for item in read_json(path.read_text(encoding="utf-8")) if item.get("id") not in known]
    own = [_take_own(item) for item in items]
    works = library.upsert([_read(item) for item in items], source_id=FILE)
    for work, said in zip(works, own, strict=True):
        _give_back(work, said)


def _with_own(work: Reference) -> dict[str, Any]:
    """Return the item with what only we say of it; CSL keeps that under `custom`."""
    item = work.to_csl()
    own = {
        "former_keys": [entry.alias for entry in work.aliases.all()],
        "locked_fields": work.locked_fields,
        "editor_note": work.editor_note,
    }
    kept = {name: value for name, value in own.items() if value}
    return {**item, "custom": {**(item.get("custom") or {}), **kept}} if kept else item


def _take_own(item: dict[str, Any]) -> dict[str, Any]:
    custom = item.get("custom")
    if not isinstance(custom, dict):
        return {}
    return {name: custom.pop(name) for name in OWN if name in custom}


def _give_back(work: Reference, said: dict[str, Any]) -> None:
    if not said:
        return
    taken = {
        *Reference.objects.values_list("citekey", flat=True),
        *CitekeyAlias.objects.values_list("alias", flat=True),
    }
    former = [key for key in map(citekeys.normalise, map(str, said.get("former_keys") or [])) if key]
    CitekeyAlias.objects.bulk_create(
        CitekeyAlias(alias=key, reference=work) for key in dict.fromkeys(former) if key not in taken
    )
    work.locked_fields = [str(name) for name in said.get("locked_fields") or []]
    work.editor_note = str(said.get("editor_note") or "")
    library.store(work)


def _read(item: dict[str, Any]) -> library.Incoming:
    try:
        return library.read(item)
    except csl.InvalidItem as error:
        raise csl.InvalidItem(f"{FILE}, {item.get('id')}: {error}") from error


PORTABLE = Portable("references", dump, load)
