"""Runs the checks of every passage once for a snapshot and tells each check its own findings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from claims.checks import advice, disease, eu, evidence, medicines, overclaims
from claims.checks.found import Found, PassageCheck, page_of
from claims.language.lexicon import Lexicon
from claims.language.reading import Reading, readings
from claims.vocabulary import current_lexicon
from cms.contracts import Check, Finding, Passage, Severity, Snapshot

PASSAGE_CHECKS: tuple[PassageCheck, ...] = (
    disease.disease_claims,
    overclaims.overclaims,
    overclaims.absolute_safety,
    overclaims.fda_approval,
    medicines.comparisons,
    medicines.denied_interactions,
    advice.medical_advice,
    evidence.weak_evidence,
    evidence.numbers_and_cues,
    eu.unauthorised,
    eu.prohibited,
)


@lru_cache(maxsize=8192)
def passage_findings(reading: Reading, lexicon: Lexicon) -> tuple[Found, ...]:
    """Return the findings of one passage. Pure; remembered, so that typing checks one paragraph anew."""
    if not reading.text.strip():
        return ()
    page = page_of(reading, lexicon)
    return tuple(found for check in PASSAGE_CHECKS for found in check(page))


def language_findings(snapshot: Snapshot, lexicon: Lexicon) -> tuple[Finding, ...]:
    """Return what all checks of language have to say about a page, with lines and quotes."""
    source = snapshot.source.text
    said: list[Finding] = []
    callouts: set[int] = set()
    for passage, reading in readings(snapshot):
        for found in passage_findings(reading, lexicon):
            if found.id == "EVD01":
                if reading.group in callouts:
                    continue
                callouts.add(reading.group)
            said.append(_finding(found, passage, reading, source))
    return tuple(said)


def _finding(found: Found, passage: Passage | None, reading: Reading, source: str) -> Finding:
    line: int | None = None
    if passage is None:
        quote = reading.text[found.start : found.end]
    else:
        line, quote = passage.place(source, found.start, found.end)
    return Finding(found.id, found.severity, found.message, found.critical, line, quote, found.fix)


_last: tuple[Snapshot, Lexicon, tuple[Finding, ...]] | None = None


def _findings(snapshot: Snapshot) -> tuple[Finding, ...]:
    """All checks of one compilation share one run, and with it one look at the editors' words."""
    global _last  # noqa: PLW0603 - one slot; a race costs a second run and nothing else
    if _last is not None and _last[0] is snapshot:
        return _last[2]
    lexicon = current_lexicon()
    found = language_findings(snapshot, lexicon)
    _last = (snapshot, lexicon, found)
    return found


def _of(identifier: str, snapshot: Snapshot) -> Iterator[Finding]:
    return (finding for finding in _findings(snapshot) if finding.id == identifier)


SEVERITIES: dict[str, Severity] = {
    "CLM01": "error",
    "CLM02": "warning",
    "CLM03": "error",
    "CLM04": "error",
    "CLM05": "warning",
    "CLM06": "error",
    "CLM07": "warning",
    "CLM08": "error",
    "EU02": "warning",
    "EU03": "error",
    "EVD01": "error",
    "EVD02": "warning",
    "EVD03": "warning",
    "SAF02": "error",
}
CHECKS = tuple(
    Check(identifier, severity, partial(_of, identifier)) for identifier, severity in SEVERITIES.items()
)
