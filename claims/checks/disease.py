"""CLM01 and CLM02: a nutrient or product treats a disease, or seems to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.checks.claim import Claim
from claims.checks.found import Found, Page, is_official
from claims.checks.names import product_names
from claims.checks.objects import claims_of
from claims.checks.signs import signs_of
from claims.checks.wording import reword
from claims.language.reading import is_reference_list
from claims.language.scope import asked, is_denied, is_hedged, is_investigated, is_reported
from claims.language.sentences import Sentence
from cms.contracts import Severity

TREATS = "This says the product treats or prevents a disease."
IMPLIES = "This implies a disease effect."

# What a hospital gives by needle is a medicine, whatever it is made of.
_IN_CLINICS = frozenset(
    "intravenous intravenously iv vein drip infusion infusions injection injections injected "
    "hospital hospitals".split()
)

# Nobody looks further back for what "it" means; without a limit a long paragraph takes the square of its length.
_REMEMBERED = 25


@dataclass(frozen=True, slots=True)
class _Verdict:
    id: str
    severity: Severity


_STRONG, _WEAK, _ASKED = _Verdict("CLM01", "error"), _Verdict("CLM02", "warning"), _Verdict("CLM02", "info")


def disease_claims(page: Page) -> Iterator[Found]:
    """CLM01, CLM02. One finding for each claim; the stronger one hides the weaker one on the same words."""
    if is_reference_list(page.reading) or is_official(page):
        return
    taken: list[tuple[int, int]] = []
    for found in sorted(_all(page), key=lambda one: (one.id, one.start, -one.end)):
        if not any(found.start < end and start < found.end for start, end in taken):
            taken.append((found.start, found.end))
            yield found


def _all(page: Page) -> Iterator[Found]:
    yield from product_names(page)
    for place, sentence in enumerate(page.sentences):
        earlier = page.sentences[max(place - _REMEMBERED, 0) : place]
        following = page.sentences[place + 1] if place + 1 < len(page.sentences) else None
        for claim in (*claims_of(page, sentence, earlier, following), *signs_of(page, sentence, earlier)):
            verdict = _judged(page, sentence, following, claim)
            start, end = page.origin(sentence, *claim.words)
            if verdict and not page.is_title(start, end):
                yield _finding(page, sentence, claim, verdict)


def _judged(page: Page, sentence: Sentence, following: Sentence | None, claim: Claim) -> _Verdict | None:
    """Return what the claim is after denial, doubt and hedges. Lowered one level, a warning is for information."""
    if _is_not_ours(page, sentence, claim):
        return None
    verdict = _STRONG if claim.is_strong else _WEAK
    question = asked(sentence, following, page.reading, page.lexicon)
    if question == "answered":
        return None
    if question or is_investigated(sentence, claim.words[0]):
        return _WEAK if claim.is_strong else _ASKED
    if claim.verb.term == "lower_risk" and is_hedged(sentence) and page.is_cited(sentence):
        return _WEAK
    return verdict


def _is_not_ours(page: Page, sentence: Sentence, claim: Claim) -> bool:
    """Return whether the sentence denies the claim, reports it of others, or speaks of a hospital."""
    return (
        not _IN_CLINICS.isdisjoint(sentence.words.said)
        or is_denied(sentence, claim.verb, page.reading, claim.words[1])
        or is_reported(sentence, page.reading, page.lexicon, claim.words[0])
    )


def _finding(page: Page, sentence: Sentence, claim: Claim, verdict: _Verdict) -> Found:
    is_strong = verdict.id == "CLM01"
    known = page.lexicon.diseases.get(claim.disease)
    fix = reword(page, sentence, claim.disease, page.said(sentence, *claim.words))
    return page.found(
        verdict.id, verdict.severity, sentence, claim.words, TREATS if is_strong else IMPLIES, fix,
        critical=is_strong and known is not None and known.is_critical,
    )  # fmt: skip
