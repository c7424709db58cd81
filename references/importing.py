"""A bibliography into the library: first what would become of every entry, then, if an editor agrees, so.

What the library has of a work stays; a file only fills what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction

from references import citekeys, csl, formats, library
from references.library import Incoming
from references.models import Reference, SourceRecord
from references.verification import editorial

Action = Literal["create", "fill", "keep", "twin", "error"]
MOST_ENTRIES = 2_000
QUIET = {"id", "custom", "type"}  # not worth a word in the preview
LABELS = {
    "container-title": "journal or book",
    "container-title-short": "short title",
    "publisher-place": "place",
    "issued": "date",
    "author": "authors",
    "page": "pages",
    "URL": "address",
    "study_type": "study type",
    "editorial_status": "status",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One entry. `known` is the work that the library has of it, `twin` the line of the same work in this file."""

    line: int
    action: Action
    incoming: Incoming | None = None
    known: Reference | None = None
    twin: int = 0
    fills: tuple[str, ...] = ()
    problem: str = ""
    beginning: str = ""

    @property
    def title(self) -> str:
        return csl.columns(self.incoming.item).title if self.incoming else self.beginning

    @property
    def who(self) -> str:
        if self.incoming is None:
            return ""
        found = csl.columns(self.incoming.item)
        return ", ".join(str(part) for part in (found.first_author, found.year) if part)


@dataclass(frozen=True, slots=True)
class Plan:
    kind: str
    rows: tuple[Row, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        return dict.fromkeys(("create", "fill", "keep", "twin", "error"), 0) | Counter(
            row.action for row in self.rows
        )

    @property
    def does_something(self) -> bool:
        return any(row.action in {"create", "fill"} for row in self.rows)


def make_plan(data: bytes) -> Plan:
    """Return what would become of a file. Raises ValueError, in words for an editor, if it cannot be read at all."""
    batch = formats.read(data)
    if len(batch.entries) > MOST_ENTRIES:
        raise ValueError(
            f"The file has {len(batch.entries):,} entries; {MOST_ENTRIES:,} are allowed. Split it up."
        )
    rows = [Row(bad.line, "error", problem=bad.message, beginning=bad.beginning) for bad in batch.problems]
    read: list[tuple[int, Incoming]] = []
    for entry in batch.entries:
        key = citekeys.normalise(str(entry.item.get("id") or ""))
        try:
            read.append((entry.line, library.read({**entry.item, "id": key})))
        except csl.InvalidItem as error:
            said = ", ".join(
                f"{name}: {value}" for name, value in entry.item.items() if isinstance(value, str)
            )
            beginning = formats.beginning(said)
            rows.append(Row(entry.line, "error", problem=str(error), beginning=beginning))
    known = library.find_all([incoming for _, incoming in read])
    seen: dict[Any, int] = {}
    for (line, incoming), work in zip(read, known, strict=True):
        rows.append(_row(line, incoming, work, seen))
    return Plan(batch.kind, tuple(sorted(rows, key=lambda row: row.line)))


def _row(line: int, incoming: Incoming, known: Reference | None, seen: dict[Any, int]) -> Row:
    names = [("work", known.pk)] if known else list(_names(incoming))
    twin = next((seen[name] for name in names if name in seen), None)
    for name in names:
        seen.setdefault(name, line)
    if twin is not None:
        return Row(line, "twin", incoming, known, twin=twin)
    if known is None:
        return Row(line, "create", incoming)
    fills = tuple(_fills(incoming, known))
    return Row(line, "fill" if fills else "keep", incoming, known, fills=fills)


def _names(incoming: Incoming) -> list[tuple[str, str]]:
    """Return what tells a new work from the others of its file: identifiers, else title and year."""
    found = csl.columns(incoming.item)
    numbers = [(name, value) for name in library.MATCHING if (value := str(getattr(found, name)))]
    return numbers or [("title", f"{found.title.casefold()} {found.year}")] if found.title or numbers else []


def _fills(incoming: Incoming, known: Reference) -> list[str]:
    """Return the names of what the entry says and the library does not know."""
    missing = [name for name in _missing(incoming, known) if name not in QUIET]
    missing += ["study_type"] if _study_type(incoming, known) != known.study_type else []
    missing += ["editorial_status"] if _status(incoming, known) != known.editorial_status else []
    return [LABELS.get(name, name) for name in missing]


def _missing(incoming: Incoming, known: Reference) -> dict[str, Any]:
    """Return what the entry has and the library has not; what an editor emptied by hand stays empty."""
    held = {*known.csl, *known.locked_fields}
    return {name: value for name, value in incoming.item.items() if name not in held}


def _study_type(incoming: Incoming, known: Reference) -> str:
    is_open = not known.study_type and "study_type" not in known.locked_fields
    return incoming.study_type if is_open else known.study_type


def _status(incoming: Incoming, known: Reference) -> str:
    """Return the graver of the two: a file may say that a work was retracted, never that it was not."""
    said = [
        Reference.EditorialStatus(status)
        for status in (known.editorial_status, incoming.editorial_status)
        if status
    ]
    return editorial.worst(said)


def apply(plan: Plan, *, by: Any = None, name: str = "") -> Mapping[str, int]:
    """Do what the plan says. What has been taken in since the plan was made is found again, not doubled."""
    with transaction.atomic():
        incoming = [row.incoming for row in plan.rows if row.action in {"create", "fill"} and row.incoming]
        done: Counter[str] = Counter()
        for one, known in zip(incoming, library.find_all(incoming, lock=True), strict=True):
            reference = known or library.find(one) or library.create(one, by=by)
            done["fill" if known else "create"] += 1
            if known:
                _fill(known, one)
            _remember(reference, one, plan.kind, name)
    return done


def _fill(known: Reference, incoming: Incoming) -> None:
    custom = {**(incoming.item.get("custom") or {}), **(known.csl.get("custom") or {})}
    study_type, status = _study_type(incoming, known), _status(incoming, known)
    known.csl = {**known.csl, **_missing(incoming, known), **({"custom": custom} if custom else {})}
    known.study_type, known.editorial_status = study_type, status
    known.derive()
    library.store(known, reason="Import")


def _remember(reference: Reference, incoming: Incoming, kind: str, name: str) -> None:
    source = kind.replace("-", "_")
    SourceRecord.objects.create(
        reference=reference,
        source=source if source in SourceRecord.Source.values else SourceRecord.Source.MANUAL,
        source_id=name[:200],
        raw=incoming.item,
        sha256=incoming.sha256,
    )


def export(works: Sequence[Reference], kind: str) -> str:
    """Return the works in one of the formats that can be written."""
    return formats.write(kind, [work.to_csl() for work in works])
