"""Two records of one work become one; every citation stays, and no text has to be rewritten."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max

from articles.recompile import dependency_changed
from references import library
from references.models import (
    Acknowledgement,
    Citation,
    CitationCount,
    CitekeyAlias,
    EditorialNotice,
    Reference,
)
from references.models.states import EditorialStatus
from references.verification import editorial

NUMBERS = ("DOI", "PMID", "PMCID")


class CannotMerge(ValueError):
    """The two are not one work. The message is for an editor."""


def merge(kept: Reference, dropped: Reference, *, by: Any = None) -> Reference:
    """Let `dropped` be `kept`: its key goes on to work as a former key, its citations and evidence move along.

    What `kept` does not say is taken from `dropped`; the graver status wins. Raises CannotMerge.
    """
    refuse(kept, dropped)
    with transaction.atomic():
        works = (
            Reference.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([kept.pk, dropped.pk])
        )
        if len(works) < 2:
            raise CannotMerge("One of the two is not in the library any more.")
        kept, dropped = works[kept.pk], works[dropped.pk]
        refuse(kept, dropped)  # a check or another editor may have given one of them a number since
        _move_citations(kept, dropped)
        _move_rows(kept, dropped)
        former, old_key = dropped.citekey, dropped.dependency_key
        CitekeyAlias.objects.filter(reference=dropped).update(reference=kept)
        _fill(kept, dropped)
        dropped._change_reason = f"Merged into {kept.citekey}"[:100]  # type: ignore[attr-defined]  # simple-history reads it
        dropped._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
        dropped.delete()
        CitekeyAlias.objects.create(alias=former, reference=kept)
        kept._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
        library.store(kept, reason=f"Merged with {former}")
        dependency_changed(old_key)
    return kept


def refuse(kept: Reference, dropped: Reference) -> None:
    if kept.pk == dropped.pk:
        raise CannotMerge("Choose two references.")
    for name in NUMBERS:
        ours, theirs = kept.csl.get(name), dropped.csl.get(name)
        if ours and theirs and ours != theirs:
            raise CannotMerge(f"They are two works: their {name}s differ, {ours} and {theirs}.")


def _move_citations(kept: Reference, dropped: Reference) -> None:
    """An edition that cites both goes on counting: the moved uses come after the others."""
    both = Citation.objects.filter(reference=kept, edition__in=dropped.citations.values("edition"))
    last = dict(both.values_list("edition").annotate(last=Max("position")).order_by())
    for edition, position in last.items():
        uses = Citation.objects.filter(reference=dropped, edition=edition)
        uses.update(reference=kept, position=F("position") + position)
    Citation.objects.filter(reference=dropped).update(reference=kept)


def _move_rows(kept: Reference, dropped: Reference) -> None:
    dropped.sources.update(reference=kept)
    dropped.verifications.update(reference=kept)
    said = set(kept.notices.values_list("status", "source", "notice_doi", "notice_pmid"))
    _move(
        EditorialNotice.objects.filter(reference=dropped), kept, said, "status source notice_doi notice_pmid"
    )
    _move(
        Acknowledgement.objects.filter(reference=dropped), kept,
        set(kept.acknowledgements.values_list("article", "status")), "article_id status",
    )  # fmt: skip
    counted = set(kept.citation_counts.values_list("source"))
    _move(CitationCount.objects.filter(reference=dropped), kept, counted, "source")


def _move(rows: Any, kept: Reference, known: set[tuple[Any, ...]], names: str) -> None:
    """Move the rows that say something new."""
    new = [row.pk for row in rows if tuple(getattr(row, name) for name in names.split()) not in known]
    rows.filter(pk__in=new).update(reference=kept)


def _fill(kept: Reference, dropped: Reference) -> None:
    custom = {**(dropped.csl.get("custom") or {}), **(kept.csl.get("custom") or {})}
    kept.csl = {**dropped.csl, **kept.csl, **({"custom": custom} if custom else {})}
    kept.study_type = kept.study_type or dropped.study_type
    kept.editor_note = "\n".join(filter(None, [kept.editor_note, dropped.editor_note]))
    kept.editorial_status = editorial.worst(
        [EditorialStatus(kept.editorial_status), EditorialStatus(dropped.editorial_status)]
    )
    kept.doubt = kept.doubt or dropped.doubt
