"""Adding a work by its identifier or by a pasted entry: look it up, show it, take it into the library."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms import outbound
from references import citekeys, csl, formats, library
from references.identifiers import Identifiers, identify, normalise_pmid
from references.library import Incoming
from references.models import Reference, SourceRecord
from references.models.states import EditorialStatus
from references.sources import webpage
from references.sources.lookup import Findings, look_up
from references.sources.records import Record
from references.verification import editorial, service, standing

ENTRY = re.compile(r"@\s*[a-z]+\s*[{(]|TY\s{1,2}-|PMID\s*-\s|\s*[\[{]", re.IGNORECASE)
BARE_PMID = re.compile(r"[0-9]{5,8}")
MOST_CHARACTERS = 20_000
NOTHING_ASKED = Findings(())


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a look-up found: the work as it would be stored, what its source says of it, and whether we have it."""

    incoming: Incoming
    status: EditorialStatus = EditorialStatus.CURRENT
    known: Reference | None = None
    source: str = SourceRecord.Source.MANUAL

    @property
    def citekey(self) -> str:
        return self.known.citekey if self.known else self.incoming.key


@dataclass(frozen=True, slots=True)
class Found:
    """`why` says, where there is no candidate, what to tell the editor."""

    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    findings: Findings = NOTHING_ASKED


def can_be_looked_up(text: str) -> bool:
    numbers = numbers_in(text)
    return is_entry(text) or standing.can_be_asked(numbers) or bool(numbers.url)


def is_entry(text: str) -> bool:
    """Return whether the text is an entry of a bibliography: BibTeX, RIS, NBIB or CSL-JSON."""
    return ENTRY.match(text.strip()) is not None


def numbers_in(text: str) -> Identifiers:
    """Return the identifiers of a text. A bare number is a PMID only where it is longer than a year."""
    found = identify(text)
    bare = text.strip()
    return replace(found, pmid=normalise_pmid(bare)) if not found and BARE_PMID.fullmatch(bare) else found


def find(text: str) -> Found:
    """Look up what was typed or pasted. Asks a source unless it is an entry; never raises."""
    text = text[:MOST_CHARACTERS]
    if is_entry(text):
        return _read(text)
    numbers = numbers_in(text)
    if standing.can_be_asked(numbers):
        return _ask(numbers)
    if numbers.url:
        return _ask_page(numbers.url)
    return Found(why="There is no DOI, PMID, PMC, Bookshelf or arXiv number in it, and no address.")


def _ask(numbers: Identifiers) -> Found:
    findings = look_up(numbers)
    if not findings.records:
        absent = "No source knows this number. Look at it again."
        return Found(why=findings.why or absent, findings=findings)
    incoming = library.read(merged(findings.records, numbers))
    notices = [notice for record in findings.records for notice in record.notices]
    candidate = Candidate(
        incoming, editorial.derive(notices), library.find(incoming), source=findings.records[0].source
    )
    return Found((candidate,), findings=findings)


def _ask_page(url: str) -> Found:
    """A page may name its DOI; one that does not is cited as a web page."""
    if not settings.REFERENCE_LOOKUPS:
        return Found(why="Look-ups are switched off (REFERENCE_LOOKUPS).")
    try:
        numbers, item = webpage.ask(url)
    except outbound.Failed as failed:
        return Found(why=f"The page does not answer: {failed}")
    if standing.can_be_asked(numbers) and (found := _ask(numbers)).candidates:
        return found
    if not item["title"]:
        return Found(why="The page does not say what it is called.")
    incoming = library.read({**item, "accessed": timezone.localdate().isoformat()})
    return Found((Candidate(incoming, known=library.find(incoming)),))


def merged(records: tuple[Record, ...], numbers: Identifiers) -> dict[str, Any]:
    """Return the first record's item with what only the others have; what was asked for belongs to it, too."""
    item: dict[str, Any] = {}
    custom: dict[str, Any] = {"nbk": numbers.nbk, "arxiv": numbers.arxiv}
    for record in records:
        item = {**record.item, **item}
        custom = {
            **(record.item.get("custom") or {}),
            **{name: value for name, value in custom.items() if value},
        }
    asked = {"DOI": numbers.doi, "PMID": numbers.pmid, "PMCID": numbers.pmcid}
    item |= {name: value for name, value in asked.items() if value and not item.get(name)}
    kinds = [record.study_type for record in records if record.study_type]
    return {**item, "custom": custom, **({"study_type": kinds[0]} if kinds else {})}


def add(text: str, *, by: Any = None) -> Reference | None:
    """Take the first work of what was typed or pasted into the library; None if nothing was found.

    A work that the library has already is returned as it is.
    """
    found = find(text)
    if not found.candidates:
        return None
    return take(found.candidates[0], found.findings, by=by)


def take(candidate: Candidate, findings: Findings, *, by: Any = None) -> Reference:
    if candidate.known:
        return candidate.known
    if not findings.records:
        [reference] = library.upsert([candidate.incoming], source=candidate.source)
        return reference
    with transaction.atomic():
        reference = library.create(candidate.incoming, by=by)
        service.conclude(reference, findings)
        # The editor did not wait for those who count and warn; the worker asks them next.
        Reference.objects.filter(pk=reference.pk).update(next_check_at=timezone.now())
    return reference


def _read(text: str) -> Found:
    try:
        batch = formats.read(text.encode())
    except ValueError as error:
        return Found(why=str(error))
    candidates = []
    problems = [problem.message for problem in batch.problems]
    for entry in batch.entries:
        try:
            incoming = library.read({**entry.item, "id": citekeys.normalise(str(entry.item.get("id") or ""))})
        except csl.InvalidItem as error:
            problems.append(str(error))
            continue
        candidates.append(Candidate(incoming, known=library.find(incoming), source=_source(batch.kind)))
    return Found(tuple(candidates), why=" ".join(problems) or "There is no entry in it.")


def _source(kind: str) -> str:
    name = kind.replace("-", "_")
    return name if name in SourceRecord.Source.values else SourceRecord.Source.MANUAL
