"""DOS08: a dose for children, in pregnancy or with kidney disease, on its own."""

from __future__ import annotations

from collections.abc import Iterator

from claims.doses import bounds, wording
from claims.doses.folding import fold
from claims.doses.reading import Read, read
from claims.doses.words import words
from cms.contracts import Finding, Snapshot

_VULNERABLE = {"child", "pregnancy", "lactation", "kidney"}


def group_without_limit(snapshot: Snapshot) -> Iterator[Finding]:
    """DOS08: the passage gives a vulnerable group a dose and neither its limit nor the advice to ask somebody."""
    found = list(read(snapshot))
    limited = {(id(one.passage), one.dose.nutrient) for one in found if one.dose.role == "limit"}
    for one in found:
        dose = one.dose
        if dose.role != "advice" or dose.who.name not in _VULNERABLE:
            continue
        if (id(one.passage), dose.nutrient) in limited or _refers(one):
            continue
        who = wording.whom(dose.who)
        yield one.finding(
            "DOS08",
            "warning",
            f"Use the group's limit: a dose for {who} stands here without one.",
            f"{_limit(one, snapshot)}Tell them to ask their doctor first.",
        )


def _refers(found: Read) -> bool:
    """Return whether the passage, or what introduces its list, sends the reader to a professional."""
    return bool(words().referral.search(found.said) or words().referral.search(fold(found.passage.lead)))


def _limit(found: Read, snapshot: Snapshot) -> str:
    if found.dose.who.name == "kidney":
        return ""
    limit = bounds.limit_of(found.dose, snapshot.source.jurisdictions)
    return f"Name the {wording.limit(limit)}. " if limit else ""
