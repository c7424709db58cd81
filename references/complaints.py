"""What speaks against relying on a work, in words for an editor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cms.contracts import Severity
from references import csl
from references.models.states import EditorialStatus as Status
from references.models.states import VerificationState as State
from references.works import Work

RESPELT = "Correct the title, or accept the difference at the reference."


@dataclass(frozen=True, slots=True)
class Complaint:
    severity: Severity
    message: str
    fix: str


def standing_of(work: Work) -> Iterator[Complaint]:
    """Yield what the journal, the sources and the reference itself say against it."""
    name = work.title or work.citekey
    yield from _editorial(work, name)
    if work.doubt and not (work.is_retracted or work.acknowledged):
        fix = "Look at the journal's page before you rely on it."
        yield Complaint("warning", f"“{name}” may have been retracted: {work.doubt}.", fix)
    yield from _verified(work, name)


def _editorial(work: Work, name: str) -> Iterator[Complaint]:
    status = work.editorial_status
    if work.acknowledged:
        said = Status(status).label.lower()
        yield Complaint("info", f"“{name}” is cited in spite of its status, {said}: {work.acknowledged}", "")
    elif work.is_retracted:
        fix = "Remove the claim or cite another study; where the article is about this one, say so at the reference."
        yield Complaint("error", f"“{name}” has been {work.flag.lower()}.", fix)
    elif status == Status.NOTICE:
        yield Complaint(
            "error", f"“{name}” is a notice about another work, not a study.", "Cite the study itself."
        )
    elif work.flag:
        message = f"The journal has published an {work.flag.lower()} about “{name}”."
        yield Complaint("warning", message, "Read it before you rely on the study.")


def _verified(work: Work, name: str) -> Iterator[Complaint]:
    found = csl.columns(work.csl)
    if not any((found.doi, found.pmid, found.pmcid, found.nbk, found.arxiv, found.isbn, found.url)):
        yield Complaint(
            "warning", f"“{name}” has no DOI, PMID or address.", "Add one, so that readers find it."
        )
    elif work.is_accepted:
        return
    elif work.verification == State.MISMATCH:
        fix = "Correct the identifier, or accept the difference at the reference."
        yield Complaint(
            "error", f"The identifier of “{name}” leads to another work: “{work.title_on_record}”.", fix
        )
    elif work.verification == State.TRUNCATED:
        message = f"The title “{name}” is cut short; it goes on as “{work.title_on_record}”."
        yield Complaint("warning", message, "Take over the full title at the reference.")
    elif work.verification == State.RESOLVED and work.title_on_record:
        yield Complaint("warning", f"“{name}” is called “{work.title_on_record}” on record.", RESPELT)
    elif work.verification == State.NOT_FOUND:
        yield Complaint(
            "warning", f"No source knows the identifier of “{name}”.", "Correct it, or drop the reference."
        )
