"""Checking one reference: ask, keep what was said, draw the conclusion. What the reference says stays as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from references import csl, library
from references.models import CitationCount, EditorialNotice, Reference, SourceRecord, Verification
from references.models.states import VerificationState as State
from references.sources.lookup import Findings, look_up, search
from references.sources.records import PARSER_VERSION, Notice, Record
from references.verification import editorial, standing
from references.verification.judge import judge

AGAIN = {
    State.MATCHED: timedelta(days=30),
    State.UNREACHABLE: timedelta(hours=6),
}
AGAIN_AFTER = timedelta(days=14)
Kind = Verification.Kind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check came to. `is_newly_flagged`: the work has just been found to be retracted or worse than before."""

    reference: Reference
    state: State
    status: str
    is_newly_flagged: bool = False
    why: str = ""


def verify(reference: Reference, *, fresh: bool = True) -> Outcome:
    """Ask every source about a reference and keep what they say. No transaction is open while they are asked."""
    if standing.can_be_asked(reference.numbers):
        return conclude(reference, look_up(reference.numbers, is_thorough=True, fresh=fresh))
    return _verify_by_title(reference, fresh=fresh)


def _verify_by_title(reference: Reference, *, fresh: bool) -> Outcome:
    """A work without an identifier is searched for; what is not surely the same work says nothing about it."""
    findings = search(reference.csl, fresh=fresh)
    for reply in findings.replies:
        if reply.record and _is_surely(reference, reply.record):
            return conclude(reference, Findings((reply,)))
    now = timezone.now()
    if any(reply.state == "unreachable" for reply in findings.replies):
        _mark(reference, verified_at=now, next_check_at=now + AGAIN[State.UNREACHABLE])
        return Outcome(reference, State.UNREACHABLE, reference.editorial_status, why=findings.why)
    _mark(reference, verification=State.UNVERIFIED, verified_at=now, next_check_at=None)
    return Outcome(reference, State.UNVERIFIED, reference.editorial_status, why="It has no identifier.")


def conclude(reference: Reference, findings: Findings) -> Outcome:
    """Write down what the sources said about a stored reference, and what follows."""
    with transaction.atomic():
        reference = Reference.objects.select_for_update(of=("self",)).get(pk=reference.pk)
        evidence = {id(record): keep(reference, record) for record in findings.records}
        state, compared = _identity(reference, findings)
        now = timezone.now()
        due = now + AGAIN.get(state, AGAIN_AFTER)
        _note(reference, findings, state, compared, evidence, due)
        _count(reference, findings.records, now)
        before = reference.editorial_status
        note_editorial(reference, findings.records, evidence, due)
        standing.apply(reference, state, compared)
        if state == State.UNREACHABLE and reference.verified_at is not None:
            state = State(reference.verification)  # no answer takes no verdict back
        _mark(
            reference,
            verification=state,
            verified_at=now,
            next_check_at=due,
            title_on_record=reference.title_on_record,
            is_accepted=reference.is_accepted,
            doubt=reference.doubt,
        )
    flagged = reference.editorial_status != before
    return Outcome(reference, state, reference.editorial_status, flagged, findings.why)


def _is_surely(reference: Reference, record: Record) -> bool:
    """Without an identifier title, year and author must all agree."""
    verdict = judge(reference.csl, library.read(record.item).item)
    agree = verdict.details["year_agrees"] and verdict.details["author_agrees"]
    return verdict.state == State.MATCHED and bool(agree)


def accept(reference: Reference, *, by: User, note: str) -> None:
    """Let an editor stand by a reference whose title on record is another one. It holds until the record changes."""
    with transaction.atomic():
        Verification.objects.create(
            reference=reference,
            kind=Kind.TITLE,
            result=Verification.ACCEPTED,
            details={"claimed": reference.title, "on_record": reference.title_on_record},
            reviewed_by=by,
            review_note=note[:500],
        )
        _mark(reference, is_accepted=True)


def keep(reference: Reference, record: Record) -> SourceRecord:
    """Store a payload as evidence; the same one is not stored twice in a row."""
    digest = hashlib.sha256(json.dumps(record.raw, sort_keys=True).encode()).hexdigest()
    known = SourceRecord.objects.filter(
        reference=reference, source=record.source, source_id=record.source_id[:200]
    ).first()
    if known is not None and known.sha256 == digest:
        return known
    return SourceRecord.objects.create(
        reference=reference,
        source=record.source,
        source_id=record.source_id[:200],
        raw=csl.plain_json(record.raw),
        sha256=digest,
        parser_version=PARSER_VERSION,
        http_status=record.http_status,
    )


def _identity(reference: Reference, findings: Findings) -> tuple[State, list[dict[str, Any]]]:
    """Return the verdict on all identifiers together: the worst, since all of them must name this work."""
    compared = [
        standing.compared(reference.csl, library.read(reply.record.item).item, reply.source, reply.identifier)
        for reply in findings.replies
        if reply.record and reply.is_identity
    ]
    states = [State(entry["state"]) for entry in compared]
    for identifier in dict.fromkeys(reply.identifier for reply in findings.replies if reply.is_identity):
        replies = findings.of(identifier)
        if any(reply.record for reply in replies):
            continue
        if all(reply.state == "absent" for reply in replies):
            states.append(State.NOT_FOUND)
    if not states:
        return State.UNREACHABLE, compared
    return standing.worst(states), compared


def _note(
    reference: Reference,
    findings: Findings,
    state: State,
    compared: Sequence[dict[str, Any]],
    evidence: dict[int, SourceRecord],
    due: datetime,
) -> None:
    details = {
        "replies": [
            {"source": reply.source, "identifier": reply.identifier, "state": reply.state, "why": reply.why}
            for reply in findings.replies
        ]
    }
    found_any = State.RESOLVED if compared else state
    last = Verification.objects.filter(reference=reference, kind=Kind.IDENTITY).first()
    if not (found_any == State.UNREACHABLE and last and last.result == State.UNREACHABLE):  # once is enough
        Verification.objects.create(
            reference=reference, kind=Kind.IDENTITY, result=found_any, details=details, next_check_at=due
        )
    if compared:
        first = next(record for record in findings.records)
        Verification.objects.create(
            reference=reference,
            kind=Kind.TITLE,
            result=state,
            score=min((entry["score"] for entry in compared if entry["score"] is not None), default=None),
            details={"claimed": reference.title, "found": list(compared)},
            evidence=evidence[id(first)],
            next_check_at=due,
        )


def news(reference: Reference, records: Iterable[Record]) -> list[tuple[Record, Notice]]:
    """Return what the records say of the work that was not known before."""
    stored = reference.notices.all()
    known = {(notice.status, notice.source, notice.notice_doi, notice.notice_pmid) for notice in stored}
    found = []
    for record in records:
        for notice in record.notices:
            key = (str(notice.status), record.source, notice.doi, notice.pmid)
            if key not in known:
                known.add(key)
                found.append((record, notice))
    return found


def note_editorial(
    reference: Reference, records: Sequence[Record], evidence: dict[int, SourceRecord], due: datetime
) -> None:
    """Write down what is new, and raise the status of the work if a source that may flag says so."""
    fresh = [
        EditorialNotice(
            reference=reference,
            status=notice.status,
            source=record.source,
            label=notice.label[:60],
            notice_doi=notice.doi,
            notice_pmid=notice.pmid,
            noticed_on=notice.on,
            evidence=evidence[id(record)],
        )
        for record, notice in news(reference, records)
    ]
    EditorialNotice.objects.bulk_create(fresh)
    hints = [notice for notice in reference.notices.all() if notice.is_hint]
    reference.doubt = hints[0].label if hints else ""
    status = editorial.raised(reference.editorial_status, fresh)
    if records:
        Verification.objects.create(
            reference=reference, kind=Kind.RETRACTION, result=status, details={"new": [str(n) for n in fresh]},
            next_check_at=due,
        )  # fmt: skip
    if status != reference.editorial_status:
        reference.editorial_status = status
        library.store(reference, reason=f"Check: {', '.join(str(notice) for notice in fresh)}")


def _count(reference: Reference, records: Iterable[Record], now: datetime) -> None:
    for record in records:
        if isinstance(record.cited_by, int) and record.cited_by >= 0:
            CitationCount.objects.update_or_create(
                reference=reference,
                source=record.source,
                defaults={"count": record.cited_by, "counted_at": now},
            )


def _mark(reference: Reference, **found: Any) -> None:
    """Write what checks found past `save`: it is no change of the work, so nobody's version or history moves."""
    for name, value in found.items():
        setattr(reference, name, value)
    Reference.objects.filter(pk=reference.pk).update(**found)
