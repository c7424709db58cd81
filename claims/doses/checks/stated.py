"""DOS05: an upper limit, or what it counts, stated otherwise than in the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims import limits
from claims.doses import bounds, wording
from claims.doses.folding import fold
from claims.doses.model import Dose, Who
from claims.doses.reading import Read, read
from claims.doses.words import words
from claims.limits import Limit
from cms.contracts import Finding, Snapshot

_JOINT = re.compile(r"\band\b|[,;]|\bwhile\b|\bbut\b")
_PAST = re.compile(
    r"\b(?:in|until|before|from) (?:19|20)\d\d\b|\bused to be\b|\bformer|\bprevious|\bolder?\b|\boutdated\b|\bthen\b"
)
_TOLERANCE = Decimal("0.03")  # limits in IU are rounded: vitamin E's 1,000 mg are "1,500 IU"


def stated_limit(snapshot: Snapshot) -> Iterator[Finding]:
    """DOS05: the number or the basis of a stated limit is not the table's for the authority and the group named."""
    for found in read(snapshot):
        dose = found.dose
        if dose.role != "limit" or dose.is_compound or dose.once_high_ug is None or _is_past(found):
            continue
        rows = _rows(found, snapshot.source.jurisdictions)
        if not rows:
            if _has_none(dose):
                yield _no_limit(found)
            continue
        right = [row for row in rows if _is_near(dose.once_high_ug, row)]
        if not right or not any(_has_basis(found, row) for row in right):
            yield _differs(found, bounds.strictest(right or rows) or rows[0])


def _is_past(found: Read) -> bool:
    """Return whether the clause tells of a limit of former years: "in 1997 the upper limit was 50 mcg"."""
    start, _ = found.dose.sentence
    before = found.sentence[: found.dose.start - start]
    return bool(_PAST.search(re.split(r"[;,]|\bbut\b|\bnow\b", before)[-1]))


def _rows(found: Read, jurisdictions: Sequence[str]) -> tuple[Limit, ...]:
    """Return the limits that the statement may mean: of the authority named nearest, else of the site's places."""
    dose = found.dose
    places = _authority(found) or tuple(jurisdictions)
    people = [dose.who]
    if dose.who.name == "child":
        people = [
            Who("child", age, age) for age in range(max(dose.who.age_min, 1), max(dose.who.age_max, 1) + 1)
        ]
    elif dose.who.name in {"general", "men", "women"}:
        people = [dose.who, Who("older", 60, 120), Who("older", 75, 120)]
    rows = [row for who in people for row in bounds.upper_limits(dose.nutrient, dose.form, who, places)]
    return tuple(dict.fromkeys(rows))


def _authority(found: Read) -> tuple[str, ...]:
    """Return whose limit the sentence, the header or the heading says it is: that named nearest to the amount."""
    start, _ = found.dose.sentence
    first, last = found.dose.start - start, found.dose.end - start
    named = [
        (_distance(found.sentence, match.span(), (first, last)), code)
        for code, pattern in words().authorities.items()
        for match in pattern.finditer(found.sentence)
    ]
    if named:
        return (min(named)[1],)
    for place in (found.passage.column, found.passage.row, found.passage.lead, found.passage.heading):
        said = [code for code, pattern in words().authorities.items() if pattern.search(fold(place))]
        if len(said) == 1:
            return (said[0],)
    return ()


def _distance(sentence: str, name: tuple[int, int], amount: tuple[int, int]) -> int:
    """Return how far a name is from an amount; beyond an "and" or a comma it is another amount's."""
    start, end = (name[1], amount[0]) if name[1] <= amount[0] else (amount[1], name[0])
    return max(end - start, 0) + (40 if _JOINT.search(sentence, start, max(end, start)) else 0)


def _is_near(stated: Decimal, row: Limit) -> bool:
    right = row.micrograms or Decimal(0)
    return abs(stated - right) <= right * _TOLERANCE


def _has_basis(found: Read, row: Limit) -> bool:
    """Return whether what the sentence says that the limit counts fits; saying nothing fits."""
    says_supplements = bool(words().basis["supplements"].search(found.sentence))
    says_total = bool(words().basis["total"].search(found.sentence))
    if says_supplements == says_total:
        return True
    return says_total == (row.applies_to == "total_intake")


def _has_none(dose: Dose) -> bool:
    return any(
        limits.limits(dose.nutrient, code, measures=("UL_not_determined",)) for code in bounds.EVERYWHERE
    )


def _no_limit(found: Read) -> Finding:
    name = wording.nutrient(found.dose.nutrient)
    return found.finding(
        "DOS05",
        "error",
        f"No upper limit of {name} has been set for these readers.",
        "Say that none has been set, which is no statement of safety.",
    )


def _differs(found: Read, row: Limit) -> Finding:
    return found.finding(
        "DOS05",
        "error",
        f"The table has a {wording.limit(row)}.",
        f"Write {wording.amount(row.micrograms or Decimal(0))}, {wording.basis(row)}. Source: {wording.source(row)}.",
    )
