"""The library in import and export: one CSL-JSON file, as every reference manager reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cms.contracts import Portable
from references import csl, library
from references.models import Reference

FILE = "references.json"


def dump(folder: Path) -> None:
    """Write every work, cited or not, to references.json."""
    items = [work.to_csl() for work in Reference.objects.order_by("citekey")]
    text = json.dumps(items, indent=2, ensure_ascii=False, sort_keys=True)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8")


def load(folder: Path) -> None:
    """Add the works whose key this site does not have; what it has stays as it is. Raises csl.InvalidItem."""
    path = folder / FILE
    if not path.is_file():
        return
    known = set(Reference.objects.values_list("citekey", flat=True))
    items = [item for item in json.loads(path.read_text(encoding="utf-8")) if item.get("id") not in known]
    library.upsert([_read(item) for item in items], source_id=FILE)


def _read(item: dict[str, Any]) -> library.Incoming:
    try:
        return library.read(item)
    except csl.InvalidItem as error:
        raise csl.InvalidItem(f"{FILE}, {item.get('id')}: {error}") from error


PORTABLE = Portable("references", dump, load)
