"""DOS06: a recommended intake given out as a supplement dose."""

from __future__ import annotations

from collections.abc import Iterator

from claims.doses import bounds, wording
from claims.doses.model import Dose
from claims.doses.reading import Read, read
from claims.doses.words import words
from cms.contracts import Finding, Snapshot


def intake_as_dose(snapshot: Snapshot) -> Iterator[Finding]:
    """DOS06: the advised dose is the recommended intake, which counts food, and the passage does not say so."""
    for found in read(snapshot):
        if _is_intake(found.dose, tuple(snapshot.source.jurisdictions)) and not _speaks_of_diet(found):
            name = wording.nutrient(found.dose.nutrient)
            yield found.finding(
                "DOS06",
                "info",
                "This is the recommended intake, and that counts food too.",
                f"Say that {name} from food counts, or give the amount that a supplement should add.",
            )


def _is_intake(dose: Dose, jurisdictions: tuple[str, ...]) -> bool:
    if dose.role != "advice" or dose.bound == "max" or dose.low_ug is None or dose.high_ug is None:
        return False
    ranges = bounds.intake_ranges(dose.nutrient, dose.who, jurisdictions)
    return (dose.low_ug, dose.high_ug) in ranges and dose.who.name not in {"child", "kidney"}


def _speaks_of_diet(found: Read) -> bool:
    return bool(words().diet.search(found.said))
