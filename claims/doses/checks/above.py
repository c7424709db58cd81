"""DOS01: a supplement dose above the limit of its group."""

from __future__ import annotations

from collections.abc import Iterator

from claims.doses import bounds, wording
from claims.doses.reading import Read, read
from claims.doses.words import words
from cms.contracts import Finding, Snapshot

_SUPPLEMENTS = {"supplements_and_medications_only", "supplements_and_fortified"}


def above_the_limit(snapshot: Snapshot) -> Iterator[Finding]:
    """DOS01: the advised amount of a day is above the strictest limit that counts where the site publishes."""
    for found in read(snapshot):
        dose = found.dose
        if dose.role != "advice" or dose.high_ug is None:
            continue
        limit = bounds.limit_of(dose, snapshot.source.jurisdictions)
        if limit is None or limit.micrograms is None or dose.high_ug <= limit.micrograms:
            continue
        if limit.applies_to in _SUPPLEMENTS and _is_of_all_sources(found):
            continue
        most = wording.amount(limit.micrograms)
        yield found.finding(
            "DOS01",
            "error",
            f"{wording.per_day(dose)} a day is above the {wording.limit(limit)}.",
            f"Advise at most {most} a day, or say whose dose this is: a trial's, a prescription's. "
            f"Source: {wording.source(limit)}.",
        )


def _is_of_all_sources(found: Read) -> bool:
    """Return whether the sentence counts food, too: no limit of supplements is then exceeded."""
    return bool(words().basis["total"].search(found.sentence))
