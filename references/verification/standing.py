"""How a reference stands after a check, and again after an editor has changed it, without asking anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from references.identifiers import Identifiers
from references.models import Reference, Verification
from references.models.states import VerificationState as State
from references.verification.judge import judge

# An identifier that leads elsewhere is worse than one that leads nowhere.
ORDER = (State.MATCHED, State.TRUNCATED, State.RESOLVED, State.NOT_FOUND, State.MISMATCH)
ASKED = ("doi", "pmid", "pmcid", "nbk", "arxiv")  # no source of ours knows ISBNs


def can_be_asked(numbers: Identifiers) -> bool:
    return any(getattr(numbers, name) for name in ASKED)


def worst(states: Sequence[State]) -> State:
    return max(states, key=ORDER.index)


def compared(
    claimed: Mapping[str, Any], found: Mapping[str, Any], source: str, identifier: str
) -> dict[str, Any]:
    """Return the comparison as it is stored: enough to make it again when the claim changes."""
    verdict = judge(claimed, found)
    kept = {name: found[name] for name in ("title", "issued") if name in found}
    author = (
        [
            {
                name: value
                for name, value in found["author"][0].items()
                if name in {"family", "literal", "given"}
            }
        ]
        if found.get("author")
        else []
    )
    return {
        "source": source,
        "identifier": identifier,
        "state": str(verdict.state),
        "score": verdict.score,
        "item": {**kept, **({"author": author} if author else {})},
    }  # fmt: skip


def again(claimed: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Compare a changed claim with what the sources said last."""
    return [compared(claimed, entry["item"], entry["source"], entry["identifier"]) for entry in entries]


def apply(reference: Reference, state: State, entries: Sequence[Mapping[str, Any]]) -> None:
    """Set what the reference shows of the comparison. An acceptance ends when the record says something new."""
    if not entries:
        if state != State.UNREACHABLE:
            reference.title_on_record, reference.is_accepted = "", False
        return
    other = next((entry for entry in entries if entry["state"] == state), entries[0])
    title = str(other["item"].get("title", ""))[:500] if state != State.MATCHED else ""
    if title != reference.title_on_record:
        reference.title_on_record, reference.is_accepted = title, False


def follow(before: Reference, reference: Reference) -> None:
    """Let the verdict follow an edit: other numbers must be asked about, other words are compared again."""
    if before.numbers != reference.numbers or (reference.verified_at and not can_be_asked(reference.numbers)):
        reference.verification, reference.verified_at = State.UNVERIFIED, None
        reference.next_check_at = None
        reference.title_on_record, reference.is_accepted = "", False
    elif reference.verified_at and _claim(before) != _claim(reference):
        last = (
            reference.verifications.filter(kind=Verification.Kind.TITLE)
            .exclude(result=Verification.ACCEPTED)
            .first()
        )
        if last is None or not last.details.get("found"):
            return
        entries = again(reference.csl, last.details["found"])
        state = worst([State(entry["state"]) for entry in entries])
        apply(reference, state, entries)
        reference.verification = state


def _claim(reference: Reference) -> tuple[object, ...]:
    return reference.csl.get("title"), reference.csl.get("issued"), reference.csl.get("author")
