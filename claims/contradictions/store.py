"""Keeping what each edition advises, and finding what contradicts it, when an article is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import combinations

import structlog
from django.contrib.auth.models import User
from django.db import transaction

from articles.compile import compile_markdown
from articles.models import AuditEvent, Edition
from claims.contradictions.statements import Placed, Statement, clash, gather
from claims.models import Contradiction, Dismissal, DoseReading, DoseStatement
from cms.contracts import CompileError, Listener, Passage, PublishEvent

READER = 1  # raise it when the same text is read differently: live editions are then read again
MOST_STATEMENTS = 300  # an article; more is a table of products, not advice
MOST_OTHERS = 2_000  # statements of other articles that one publication is compared with
MOST_FOUND = 200  # contradictions that one publication may open
QUOTE = 300
CHECK = "DOS04"
log = structlog.get_logger("chelate.claims")


def published(event: PublishEvent) -> None:
    """Replace what is kept of an article by what its new edition advises, and compare the nutrients it touches."""
    edition = Edition.objects.only("title", "source_text", "article_id").get(pk=event.edition_id)
    shown = Edition.objects.live_or_scheduled().filter(article_id=event.article_id)
    DoseStatement.objects.filter(article_id=event.article_id).exclude(edition__in=shown).delete()
    _keep(edition, event.document.passages)


def catch_up(most: int) -> int:
    """Read live and scheduled editions that no reader, or an older one, has read. Return how many there were."""
    missed = (
        Edition.objects.live_or_scheduled()
        .exclude(dose_reading__version=READER)
        .only("title", "source_text", "article_id")
        .order_by("pk")[:most]
    )
    for edition in missed:
        with transaction.atomic():
            DoseStatement.objects.filter(edition=edition).delete()
            _keep(edition, _passages(edition))
    return len(missed)


def _passages(edition: Edition) -> Sequence[Passage]:
    """A page that cannot be compiled any more advises nothing; it must not keep the others from being read."""
    try:
        return compile_markdown(edition.source_text).passages
    except CompileError as error:
        log.warning("edition_not_read", edition=edition.pk, reason=str(error))
        return ()


def _keep(edition: Edition, passages: Sequence[Passage]) -> None:
    DoseReading.objects.bulk_create(
        [DoseReading(edition=edition, version=READER)],
        update_conflicts=True,
        unique_fields=["edition"],
        update_fields=["version"],
    )
    placed = list(gather(passages, edition.source_text, edition.title))[:MOST_STATEMENTS]
    if not placed:
        return
    order = {id(passage): number for number, passage in enumerate(passages)}
    rows = [row_of(edition, one, order[id(one.passage)]) for one in placed]
    _compare(DoseStatement.objects.bulk_create(rows))


def unpublished(article_id: int) -> None:
    DoseStatement.objects.filter(article_id=article_id).delete()


def row_of(edition: Edition, placed: Placed, passage: int) -> DoseStatement:
    found = placed.statement
    return DoseStatement(
        edition=edition,
        article_id=edition.article_id,
        nutrient=found.nutrient,
        form=found.form,
        group=found.group,
        low_ug=found.low,
        high_ug=found.high,
        timing=found.timing,
        quote=" ".join(placed.sentence.split())[:QUOTE],
        line=placed.line,
        passage=passage,
    )


def statement_of(row: DoseStatement) -> Statement:
    return Statement(row.nutrient, row.form, row.group, row.low_ug, row.high_ug, row.timing, 0, 0)


def key_of(kind: str, sides: Iterable[tuple[int, str]]) -> str:
    """Return what names a contradiction: its kind and what both articles say, in either order."""
    named = "\n".join(f"{article} {said}" for article, said in sorted(sides))
    return sha256(f"{kind}\n{named}".encode()).hexdigest()


def key_of_rows(kind: str, one: DoseStatement, other: DoseStatement) -> str:
    return key_of(kind, [(row.article_id, statement_of(row).said) for row in (one, other)])


def _compare(rows: Sequence[DoseStatement]) -> None:
    others = list(
        DoseStatement.objects.filter(nutrient__in={row.nutrient for row in rows})
        .exclude(article_id=rows[0].article_id)
        .order_by("-pk")[:MOST_OTHERS]
    )
    pairs = [(row, other) for row in rows for other in others]
    pairs += [(one, other) for one, other in combinations(rows, 2) if one.passage != other.passage]
    found = [
        Contradiction(kind=kind, first=one, second=other, key=key_of_rows(kind, one, other))
        for one, other in pairs
        if (kind := clash(statement_of(one), statement_of(other)))
    ][:MOST_FOUND]
    Contradiction.objects.bulk_create(found)
    dismissed = set(
        Dismissal.objects.filter(key__in=[one.key for one in found]).values_list("key", flat=True)
    )
    for contradiction in found:
        if contradiction.key in dismissed:
            _note(contradiction)


def _note(contradiction: Contradiction) -> None:
    """Let both statements know that a contradiction of theirs was let pass: the editor reads only statements."""
    for row in (contradiction.first, contradiction.second):
        if contradiction.key not in row.let_pass:
            row.let_pass = [*row.let_pass, contradiction.key]
            row.save(update_fields=["let_pass"])


@transaction.atomic
def dismiss(contradiction: Contradiction, *, by: User, reason: str) -> Dismissal:
    """Let a contradiction pass. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("Say why both may stand.")
    dismissal, is_new = Dismissal.objects.get_or_create(
        key=contradiction.key,
        defaults={"reason": reason.strip()[:500], "by": by, "by_name": by.get_username()},
    )
    if is_new:
        _log(AuditEvent.Kind.FINDING_PASSED, contradiction, dismissal, by)
    let_statements_pass(contradiction.key)
    return dismissal


def let_statements_pass(key: str) -> None:
    for same in Contradiction.objects.filter(key=key).select_related("first", "second"):
        _note(same)


@transaction.atomic
def reopen(contradiction: Contradiction, *, by: User) -> None:
    """Take a dismissal back. What it said, and whose it was, stays in the audit log."""
    dismissal = Dismissal.objects.select_for_update().filter(key=contradiction.key).first()
    if dismissal is None:
        return
    _log(AuditEvent.Kind.OVERRIDE_WITHDRAWN, contradiction, dismissal, by)
    dismissal.delete()
    for same in Contradiction.objects.filter(key=contradiction.key).select_related("first", "second"):
        for row in (same.first, same.second):
            row.let_pass = [key for key in row.let_pass if key != same.key]
            row.save(update_fields=["let_pass"])


def _log(kind: AuditEvent.Kind, contradiction: Contradiction, dismissal: Dismissal, by: User) -> None:
    """Leave the row that any other finding leaves, in the record of either article."""
    sides = contradiction.first, contradiction.second
    data = {
        "check": CHECK,
        "about": f"{contradiction.get_kind_display()}: {' / '.join(row.quote for row in sides)}",
        "let pass by": dismissal.by_name,
        "let pass at": dismissal.at.isoformat(timespec="seconds"),
    }
    AuditEvent.objects.bulk_create(
        AuditEvent(
            kind=kind,
            article_id=article,
            actor=by,
            actor_name=by.get_username(),
            reason=dismissal.reason,
            data=data,
        )
        for article in dict.fromkeys(row.article_id for row in sides)
    )


LISTENER = Listener("claims.contradictions", published, unpublished)
