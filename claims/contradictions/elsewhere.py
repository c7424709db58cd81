"""DOS04: what other live articles, or other places of this one, say otherwise. One query a compilation, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from claims.contradictions.statements import Placed, Statement, clash, gather
from claims.contradictions.store import key_of, statement_of
from claims.doses import names, wording
from claims.doses.folding import fold
from claims.models import DoseStatement
from cms.contracts import Check, Finding, Keys, Slot, SlotContext, Snapshot, Syntax

KIND = "dose_statements"
MOST = 500  # statements that one compilation looks at, the latest first
_COLUMNS = (
    "nutrient", "form", "group", "low_ug", "high_ug", "timing", "article_id", "line", "quote", "let_pass",
)  # fmt: skip
_GROUPS = {
    "general": "adults",
    "older": "older adults",
    "kidney": "kidney disease",
    "lactation": "breastfeeding",
}
_TIMINGS = {
    "morning": "in the morning",
    "evening": "in the evening",
    "with_food": "with food",
    "empty_stomach": "on an empty stomach",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A statement of another live article."""

    statement: Statement
    article_id: int
    title: str
    slug: str
    line: int
    quote: str
    let_pass: tuple[str, ...]


def resolve(keys: Keys) -> Mapping[str, Any]:
    """Return what other live articles say about the nutrients that the source names."""
    text = keys.source.text
    said = f"{keys.source.front_matter.get('title') or ''}\n{text}"
    nutrients = {term.name.nutrient for term in names.find(said, fold(said)) if term.name.nutrient}
    if not nutrients:
        return {}
    rows = (
        DoseStatement.objects.live()
        .filter(nutrient__in=nutrients)
        .exclude(article_id=keys.source.article_id or 0)
        .select_related("edition")
        .only("edition__title", "edition__slug", *_COLUMNS)
    )
    return {str(row.pk): _elsewhere(row) for row in rows.order_by("-pk")[:MOST]}


def _elsewhere(row: DoseStatement) -> Elsewhere:
    return Elsewhere(
        statement_of(row), row.article_id, row.edition.title, row.edition.slug, row.line, row.quote,
        tuple(row.let_pass),
    )  # fmt: skip


def note(context: SlotContext) -> str:
    """Hand what was looked up on to the checks; readers see nothing of it."""
    if context.render is not None:
        for found in context.render.lookup.part(KIND).values():
            context.render.record(KIND, found)
    return ""


def contradicted(snapshot: Snapshot) -> Iterator[Finding]:
    """DOS04: one finding for each statement, naming the first that contradicts it."""
    source = snapshot.source
    title = str(source.front_matter.get("title") or "")
    own = list(gather(snapshot.document.passages, source.text, title))
    others = snapshot.document.records.get(KIND, ())
    told: set[int] = set()
    for number, one in enumerate(own):
        other = next((found for found in others if _clashes(one, found, source.article_id)), None)
        if other:
            told.add(number)
            where = f"in “{other.title}” (/articles/{other.slug}/)"
            fix = f"Make the two agree, or let the contradiction pass with a reason: {_words(other.quote)} {where}."
            yield _finding(one, f"“{other.title}” says otherwise: {say(other.statement)}.", fix)
    for (_, first), (place, second) in combinations(enumerate(own), 2):
        apart = first.passage is not second.passage
        if apart and place not in told and clash(first.statement, second.statement):
            told.add(place)
            where = f"{_words(first.sentence)}, line {first.line}"
            fix = f"Make the two places agree, or say whom or what each is for: {where}."
            yield _finding(second, f"Line {first.line} says otherwise: {say(first.statement)}.", fix)


def _clashes(one: Placed, other: Elsewhere, article_id: int | None) -> bool:
    kind = clash(one.statement, other.statement)
    if not kind:
        return False
    sides = [(article_id or 0, one.statement.said), (other.article_id, other.statement.said)]
    return key_of(kind, sides) not in other.let_pass


def _finding(one: Placed, message: str, fix: str) -> Finding:
    return Finding("DOS04", "warning", message, line=one.line, quote=one.quote, fix=fix)


def _words(quote: str) -> str:
    return f"“{' '.join(quote.split())}”"


def say(found: Statement) -> str:
    """Return "200 mg to 400 mg of magnesium bisglycinate a day for adults" or "zinc with food, for adults"."""
    what = f"{wording.nutrient(found.nutrient)} {found.form}".strip()
    who = _GROUPS.get(found.group, found.group.replace("child", "children of").replace("-", " to "))
    if found.timing:
        return f"{what} {_TIMINGS[found.timing]}, for {who}"
    low, high = found.low or Decimal(0), found.high or Decimal(0)
    if low == high:
        amount = wording.amount(high)
    elif low:
        amount = f"{wording.amount(low)} to {wording.amount(high)}"
    else:
        amount = f"up to {wording.amount(high)}"
    return f"{amount} of {what} a day for {who}"


SYNTAX = Syntax(KIND, install=lambda md: None, resolve=resolve)
SLOT = Slot("claims:contradictions", "after_body", note, order=1000)
CHECK = Check(
    "DOS04",
    "warning",
    contradicted,
    about="Two live articles, or two places of one, that advise amounts or times which cannot both be followed",
    why="consistency",
)
