"""What compiling knows of the library: plain values, one query for all keys of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.urls import reverse

from cms.contracts import Choice, Keys, RenderContext
from references import formatting
from references.entries import entries
from references.models import Acknowledgement, CitationCount, Reference, VerificationState

CITATION = "citation"  # id of the syntax and kind of its keys
UNRELIABLE = {Reference.EditorialStatus.RETRACTED, Reference.EditorialStatus.WITHDRAWN}
PICKED = 10
COLUMNS = (
    "pk",
    "citekey",
    "version",
    "csl",
    "title",
    "year",
    "study_type",
    "editorial_status",
    "verification",
    "is_accepted",
    "title_on_record",
    "doubt",
)  # in the order of Work


@dataclass(frozen=True, slots=True)
class Work:
    """One reference as pages show it. `csl` is only read."""

    id: int
    citekey: str
    version: int
    csl: Mapping[str, Any]
    title: str
    year: int | None
    study_type: str
    editorial_status: str
    verification: str = VerificationState.UNVERIFIED
    is_accepted: bool = False
    title_on_record: str = ""
    doubt: str = ""
    acknowledged: str = ""  # why this article cites the work in spite of its status
    counted: Mapping[str, Any] | None = None  # newest count of citations: count, source, on ("2026-10-01T…")

    @property
    def label(self) -> str:
        return formatting.label(self.csl)

    @property
    def is_retracted(self) -> bool:
        return self.editorial_status in UNRELIABLE

    @property
    def flag(self) -> str:
        """The word that readers must see, "" if there is none."""
        loud = {*UNRELIABLE, Reference.EditorialStatus.CONCERN}
        return Reference.EditorialStatus(self.editorial_status).label if self.editorial_status in loud else ""


def resolve(keys: Keys) -> Mapping[str, Work]:
    """Return the work of each key that the text or the front matter names. A key of the article's own list wins."""
    listed = {
        entry.text_key: entry.citekey for entry in entries(keys.source.front_matter) if entry.raw is None
    }
    wanted = {key: listed.get(key, key) for key in (*listed, *keys.of(CITATION))}
    if not wanted:
        return {}
    acknowledged = Acknowledgement.objects.filter(
        reference=OuterRef("pk"), article=keys.source.article_id, status=OuterRef("editorial_status")
    ).values("reason")[:1]
    counted = (
        CitationCount.objects.filter(reference=OuterRef("pk"))
        .order_by("-counted_at", "-pk")
        .values(said=JSONObject(count="count", source="source", on=Cast("counted_at", TextField())))[:1]
    )
    rows = (
        Reference.objects.of_keys(wanted.values())
        .order_by()
        .annotate(acknowledged=Coalesce(Subquery(acknowledged), Value("")), counted=Subquery(counted))
        .values_list("called", *COLUMNS, "acknowledged", "counted")
    )
    found: dict[str, Work] = {}
    for called, *row in rows:
        work = Work(*row)
        found |= {work.citekey: work} | ({called: work} if called else {})
    return {key: found[citekey] for key, citekey in wanted.items() if citekey in found}


def work_of(context: RenderContext, text_key: str) -> Work | None:
    """Return the work and note that the page shows it; without one, that the page waits for it."""
    work: Work | None = context.lookup.get(CITATION, text_key)
    if work is not None:
        context.depend(f"{Reference.DEPENDENCY}{work.id}", work.version)
    else:  # as long as a citation key: what is normalised fits the dependency's column
        context.depend(f"{Reference.MISSING}{text_key}", "")
    return work


def pick(query: str) -> Sequence[Choice]:
    """Search the library for the editor's picker, in one query; offer to look up what it does not have."""
    pasted = query.strip().removeprefix("[")
    query = pasted.removeprefix("@").strip()
    found = Reference.objects.search(query) if query else Reference.objects.order_by("-updated_at")
    rows = [Choice(f"[@{work.citekey}]", _name(work), _detail(work)) for work in found[:PICKED]]
    return [*rows, *_look_up(pasted, any_known=bool(rows))]


def _look_up(text: str, *, any_known: bool) -> Sequence[Choice]:
    """Offer to ask about an identifier that the library does not have, or to read an entry."""
    from references import adding

    if not adding.can_be_looked_up(text):
        return []
    url = reverse("admin:references_reference_look_up")
    if adding.is_entry(text):
        return [Choice("", "Read this entry", "BibTeX, RIS, NBIB or CSL-JSON", url)]
    return [] if any_known else [Choice("", "Look it up", "Crossref, PubMed and others are asked", url)]


def _name(work: Reference) -> str:
    flag = f"{work.get_editorial_status_display().upper()}: " if work.editorial_status in UNRELIABLE else ""
    return f"{flag}{work.title or work.citekey}"


def _detail(work: Reference) -> str:
    who = formatting.label(work.csl) if work.first_author else ""
    return ", ".join(str(part) for part in (who, work.year, work.container_title) if part)
