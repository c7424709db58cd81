"""Putting works into the library: the one way to save a reference, and the rules for items that come from outside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from articles.recompile import dependency_changed
from references import citekeys, csl
from references.models import CitekeyAlias, Reference, SourceRecord
from references.models.states import EditorialStatus as Status
from references.verification import editorial, standing

MATCHING = (
    "doi",
    "pmid",
    "pmcid",
    "nbk",
    "arxiv",
)  # strongest first; an ISBN names the book, not the chapter
CLASHES = 26  # keys with a letter that are looked at for a work of the same key
BATCH = 200  # SQLite takes 32,766 parameters in one query
SAME_TITLE = 0.5  # keys are made of author and year already; below this two titles are two works


@dataclass(frozen=True, slots=True)
class Incoming:
    """One item as it came: the cleaned CSL, what CSL cannot hold, the key it wishes for."""

    item: csl.Csl
    key: str
    study_type: str = ""
    editorial_status: str = ""
    has_type: bool = True

    @property
    def sha256(self) -> str:
        said = [self.item, self.study_type, self.editorial_status]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def store(reference: Reference, *, reason: str = "") -> bool:
    """Save a reference, and if anything that readers see has changed, have the articles that show it follow.

    Counts its version; `reason` goes into its history. Returns False if readers see nothing new.
    """
    with transaction.atomic():
        before = Reference.objects.select_for_update(of=("self",)).filter(pk=reference.pk).first()
        if before is not None:  # a check may have flagged the work since this copy of it was read
            reference.editorial_status = editorial.reconciled(
                read=reference.status_read, now=before.editorial_status, wanted=reference.editorial_status
            )
        if before is not None and before.shown == reference.shown:
            if before.kept != reference.kept:
                reference.save()
            return False
        if before is not None:
            reference.derive()
            standing.follow(before, reference)
        reference.version = before.version + 1 if before else 1
        reference._change_reason = reason[:100] or None  # type: ignore[attr-defined]  # simple-history reads it
        reference.save()
        dependency_changed(
            f"{Reference.MISSING}{reference.citekey}" if before is None else reference.dependency_key
        )
    return True


def free_key(wanted: str) -> str:
    """Return `wanted` or the next key like it that no work has or had."""
    start = wanted[:10]
    taken = {
        *Reference.objects.filter(citekey__startswith=start).values_list("citekey", flat=True),
        *CitekeyAlias.objects.filter(alias__startswith=start).values_list("alias", flat=True),
    }
    return citekeys.free(wanted, taken)


def read(raw: Mapping[str, Any]) -> Incoming:
    """Read an item from outside. Raises csl.InvalidItem."""
    item = csl.clean_item(raw)
    custom = dict(item.pop("custom", {}))
    kinds = Reference.StudyType.values
    study_type = next((text for holder in (item, custom) if (text := holder.get("study_type")) in kinds), "")
    status = str(custom.get("editorial_status", ""))
    for holder in (item, custom):
        if holder.get("study_type") == study_type:
            holder.pop("study_type", None)
    if status in Reference.EditorialStatus.values:
        custom.pop("editorial_status")
    if custom:
        item["custom"] = custom
    key = citekeys.normalise(str(raw.get("id") or "")) or citekeys.propose(item)
    return Incoming(item, key, study_type, status, has_type=bool(raw.get("type")))


def upsert(
    items: Sequence[Incoming],
    *,
    source: str = SourceRecord.Source.FRONT_MATTER,
    source_id: str = "",
) -> list[Reference]:
    """Find or make the work of each item, in order; three queries and then one round for every work that changes.

    A work is the same if it has the same DOI, PMID, PMCID, Bookshelf or arXiv number and no stronger one contradicts,
    or the same key and a similar title. Nothing is emptied. An item that says what it said before writes nothing.
    """
    with transaction.atomic():
        found: list[Reference] = []
        for start in range(0, len(items), BATCH):
            batch = items[start : start + BATCH]
            known = _candidates(batch, lock=True)
            said = _last_said(known, source, source_id)
            found += [_take(incoming, known, said, source, source_id) for incoming in batch]
        return found


def find(incoming: Incoming) -> Reference | None:
    """Return the work of the library that the item means, if there is one; two queries."""
    return _find(incoming, _candidates([incoming]))


def find_all(items: Sequence[Incoming], *, lock: bool = False) -> list[Reference | None]:
    """Return the work that each item means; two queries for every BATCH of items.

    With `lock` nobody else changes them until the transaction ends: a check may flag a work in the same second.
    """
    found: list[Reference | None] = []
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        known = _candidates(batch, lock=lock)
        found += [_find(incoming, known) for incoming in batch]
    return found


def create(incoming: Incoming, *, by: Any = None) -> Reference:
    """Store a new work under the next free key."""
    reference = Reference(citekey=free_key(incoming.key), created_by=by)
    _fill(reference, incoming)
    store(reference)
    return reference


def _candidates(items: Sequence[Incoming], *, lock: bool = False) -> list[Reference]:
    """Return every work that one of the items may mean."""
    keys = sorted({key for incoming in items for key in _keys(incoming.key)})
    same = Q(citekey__in=keys) | Q(pk__in=CitekeyAlias.objects.filter(alias__in=keys).values("reference"))
    read_columns = [csl.columns(incoming.item) for incoming in items]
    for name in MATCHING:
        if values := sorted({value for found in read_columns if (value := getattr(found, name))}):
            same |= Q(**{f"{name}__in": values})
    found = Reference.objects.filter(same).prefetch_related("aliases")
    # In the order of their numbers: two imports that lock in different orders would wait for each other.
    return list(found.select_for_update(of=("self",)).order_by("pk") if lock else found)


def _find(incoming: Incoming, known: Sequence[Reference]) -> Reference | None:
    found = csl.columns(incoming.item)
    for place, name in enumerate(MATCHING):
        value = getattr(found, name)
        for reference in known if value else ():
            if getattr(reference, name) == value and not _contradicts(reference, found, MATCHING[:place]):
                return reference
    by_key = {key: reference for reference in known for key in _keys_of(reference)}
    for key in _keys(incoming.key):
        candidate = by_key.get(key)
        if (
            candidate
            and not _contradicts(candidate, found, MATCHING)
            and _same_title(candidate.title, found.title)
        ):
            return candidate
    return None


def _take(
    incoming: Incoming, known: list[Reference], said: dict[int, str], source: str, source_id: str
) -> Reference:
    reference = _find(incoming, known)
    if reference is None:
        reference = Reference(citekey=free_key(incoming.key))
        known.append(reference)
    elif said.get(reference.pk) == incoming.sha256:
        return reference
    _fill(reference, incoming)
    store(reference, reason=f"{SourceRecord.Source(source).label}: {source_id}".rstrip(": "))
    SourceRecord.objects.create(
        reference=reference,
        source=source,
        source_id=source_id[:200],
        raw=incoming.item,
        sha256=incoming.sha256,
    )
    said[reference.pk] = incoming.sha256
    return reference


def _fill(reference: Reference, incoming: Incoming) -> None:
    locked = set(reference.locked_fields)
    item = {name: value for name, value in incoming.item.items() if name not in locked}
    if reference.csl and not incoming.has_type:
        item.pop("type", None)  # a guess must not replace what somebody said
    custom = {**(reference.csl.get("custom") or {}), **(item.pop("custom", None) or {})}
    reference.csl = {**reference.csl, **item, **({"custom": custom} if custom else {})}
    if "study_type" not in locked:
        reference.study_type = incoming.study_type or reference.study_type
    # A file may say that a work was retracted, never that it was not.
    said = [Status(status) for status in (reference.editorial_status, incoming.editorial_status) if status]
    reference.editorial_status = editorial.worst(said)
    reference.derive()


def _last_said(references: Iterable[Reference], source: str, source_id: str) -> dict[int, str]:
    records = SourceRecord.objects.filter(
        reference__in=list(references), source=source, source_id=source_id[:200]
    )
    return dict(records.order_by("id").values_list("reference_id", "sha256"))


def _keys(wanted: str) -> list[str]:
    return list(islice(citekeys.series(wanted), CLASHES + 1))


def _keys_of(reference: Reference) -> list[str]:
    former = [entry.alias for entry in reference.aliases.all()] if reference.pk else []
    return [*former, reference.citekey]


def _contradicts(reference: Reference, found: csl.Columns, names: Iterable[str]) -> bool:
    pairs = ((getattr(reference, name), getattr(found, name)) for name in names)
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def _same_title(one: str, other: str) -> bool:
    first, second = sorted((_folded(one), _folded(other)), key=len)
    if not first or second.startswith(first):
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= SAME_TITLE


def _folded(title: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in title.casefold()).split())
