"""Where each field of a reference comes from, what the sources would change, and taking that over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from references import csl, library
from references.forms import kind_label
from references.markup import plain
from references.models import Reference, SourceRecord, VerificationState
from references.sources import stored

LABELS: Mapping[str, str] = {
    "type": "Kind",
    "title": "Title",
    "author": "Authors",
    "editor": "Editors",
    "container-title": "Journal or book",
    "issued": "Date",
    "volume": "Volume",
    "issue": "Issue",
    "page": "Pages",
    "publisher": "Publisher",
    "DOI": "DOI",
    "PMID": "PMID",
    "PMCID": "PMCID",
    "ISBN": "ISBN",
    "URL": "Address",
}

SAID_BEFORE = ("front_matter", "bibtex", "ris", "nbib", "csl_json", "manual")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what we say and who says the same; `theirs` is what the best source says instead, "" if nothing."""

    name: str
    label: str
    ours: str
    said_by: str
    theirs: str = ""
    source: str = ""
    is_locked: bool = False

    @property
    def source_label(self) -> str:
        return SourceRecord.Source(self.source).label if self.source else ""


def fields(reference: Reference) -> list[Field]:
    """Return every field that we or a source fill; one query."""
    records = _newest(reference)
    items = {record.source: item for record in records if (item := _item(record))}
    return [field for name in LABELS if (field := _field(reference, name, items))]


def changes(found: Sequence[Field]) -> list[Field]:
    return [field for field in found if field.theirs]


def ticked(reference: Reference, found: Sequence[Field]) -> set[str]:
    """Return what may be taken over without a second thought: what is missing, and the title that was cut short.

    Nothing of a record that is another work.
    """
    if reference.verification == VerificationState.MISMATCH:
        return set()
    is_cut = reference.verification == VerificationState.TRUNCATED
    missing = {field.name for field in changes(found) if not field.ours or (is_cut and field.name == "title")}
    return missing - set(reference.locked_fields)


def apply(reference: Reference, names: Collection[str], *, by: Any = None) -> list[str]:
    """Take over what the sources say in these fields and return the labels of those that changed.

    A field that an editor had settled is free again: they have settled it anew.
    """
    with transaction.atomic():
        reference = Reference.objects.select_for_update(of=("self",)).get(pk=reference.pk)
        offered = {field.name: field for field in changes(fields(reference)) if field.name in names}
        items = {record.source: _item(record) or {} for record in _newest(reference)}
        taken = {name: items[field.source][name] for name, field in offered.items()}
        reference.csl = csl.clean_item({**reference.csl, **taken})
        reference.locked_fields = [name for name in reference.locked_fields if name not in taken]
        reference._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
        sources = ", ".join(sorted({SourceRecord.Source(field.source).label for field in offered.values()}))
        library.store(reference, reason=f"Taken over from {sources}")
    return [field.label for field in offered.values()]


def lock_changed(reference: Reference, before: Mapping[str, Any]) -> None:
    """Note which fields an editor has just changed: no import or refresh overwrites them from now on."""
    changed = {name for name in LABELS if reference.csl.get(name) != before.get(name)}
    reference.locked_fields = sorted({*reference.locked_fields, *changed})


def shown(value: Any, name: str) -> str:
    """Return the value of a CSL field as an editor reads it."""
    if name in {"author", "editor"}:
        return "; ".join(csl.format_name(person) for person in value or [])
    if name == "type":
        return kind_label(str(value)) if value else ""
    if name == "issued":
        return "-".join(f"{part:02}" for part in csl.date_parts({"issued": value}))
    return plain(str(value or ""))


def _newest(reference: Reference) -> list[SourceRecord]:
    """Return the newest record of each source, the most trusted source first."""
    newest: dict[str, SourceRecord] = {}
    for record in reference.sources.order_by("-fetched_at", "-id")[:50]:
        newest.setdefault(record.source, record)
    order = [*stored.READERS, *SAID_BEFORE]
    return sorted(newest.values(), key=lambda record: order.index(record.source))


def _item(record: SourceRecord) -> Mapping[str, Any] | None:
    if record.source in SAID_BEFORE:
        return record.raw if isinstance(record.raw, dict) else None
    found = stored.read(record)
    try:
        return library.read(found.item).item if found else None
    except csl.InvalidItem:
        return None


def _field(reference: Reference, name: str, items: Mapping[str, Mapping[str, Any]]) -> Field | None:
    ours = shown(reference.csl.get(name), name)
    same = [SourceRecord.Source(source).label for source, item in items.items() if _is_same(ours, item, name)]
    field = Field(
        name, LABELS[name], ours, ", ".join(same) if ours else "", is_locked=name in reference.locked_fields
    )
    for source in stored.READERS:
        theirs = shown(items.get(source, {}).get(name), name)
        if theirs:
            if _is_same(ours, items[source], name):
                break
            return Field(name, field.label, ours, field.said_by, theirs, source, field.is_locked)
    return field if ours else None


def _is_same(ours: str, item: Mapping[str, Any], name: str) -> bool:
    return bool(ours) and shown(item.get(name), name) == ours
