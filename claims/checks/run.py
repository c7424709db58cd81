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


# id, severity, what it looks for, why
_SHIPPED: tuple[tuple[str, Severity, str, str], ...] = (
    ("CLM01", "error", ("A supplement that is said to treat, cure or prevent a disease; cancer and infections must be "
     "corrected"), "21 CFR 101.93(g); FTC 2022; art. 7 Regulation 1169/2011"),
    ("CLM02", "warning", "Words that imply an effect on a disease or its signs", "21 CFR 101.93(g)(2)(ii)"),
    ("CLM03", "error", "Promises such as miracle, guaranteed or clinically proven", ("FTC Health Products Compliance "
     "Guidance 2022")),
    ("CLM04", "error", "A comparison with a medicine, or advice to take a supplement instead", ("21 CFR "
     "101.93(g)(2)(v) and (vi)")),
    ("CLM05", "warning", "Words of cause or proof over a case report, an animal, cell or observational study", ("FTC "
     "Health Products Compliance Guidance 2022")),
    ("CLM06", "error", "Absolute safety: no side effects, risk-free", "No product is free of risk; FTC 2022"),
    ("CLM07", "warning", "Medical advice to patients; to stop a medicine or a diagnosis is an error", "Duty of care"),
    ("CLM08", "error", "A supplement that is said to be approved by the FDA", "DSHEA: the FDA approves none"),
    ("EU02", "warning", "A benefit in other words than an authorised claim (EU, UK)", ("Regulation (EC) 1924/2006, "
     "art. 10")),
    ("EU03", "error", "A doctor's recommendation, kilos lost in a time, harm if not taken (EU, UK)", ("Regulation (EC) "
     "1924/2006, art. 12")),
    ("EVD01", "error", "An evidence callout with a number, a study or an authority and no reference", ("FTC: claims "
     "need substantiation")),
    ("EVD02", "warning", "A number about health without a reference", "FTC: claims need substantiation"),
    ("EVD03", "warning", "“Studies show” and its like without a study", "FTC: claims need substantiation"),
    ("SAF02", "error", "A denial of a known interaction with a medicine", "NIH ODS fact sheets"),
)  # fmt: skip
SEVERITIES: dict[str, Severity] = {identifier: severity for identifier, severity, _, _ in _SHIPPED}
CHECKS = tuple(
    Check(identifier, severity, partial(_of, identifier), about=about, why=why)
    for identifier, severity, about, why in _SHIPPED
)
