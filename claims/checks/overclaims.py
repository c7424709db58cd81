"""CLM03, CLM06 and CLM08: too much praise, too much safety, an approval that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from claims.checks.found import Found, Page
from claims.language.phrases import Hit
from claims.language.reading import is_reference_list
from claims.language.scope import asked, is_denied, is_investigated, is_reported
from claims.language.sentences import Sentence
from cms.contracts import Severity

_GUARANTEES = frozenset(
    {"money-back", "money", "satisfaction", "quality", "delivery", "purity", "potency", "refund"}
)
_TALK = frozenset(
    "mean means meant word words phrase term label labels slogan says jar jars claim claims".split()
)
_TRIAL = frozenset(
    "trial trials study studies participants placebo weeks seen reported observed recorded noted found".split()
)


def overclaims(page: Page) -> Iterator[Found]:
    """CLM03."""
    for sentence, hit in _said(page, "overclaim"):
        if _is_other_sense(page, sentence, hit):
            continue
        quote = page.said(sentence, hit.first, hit.last)
        severity: Severity = "error" if hit.term == "error" else "warning"
        fix = f"Leave out “{quote}”, or say what was measured, in whom, and cite the study."
        yield page.found("CLM03", severity, sentence, (hit.first, hit.last), "Tone down or prove.", fix)


def absolute_safety(page: Page) -> Iterator[Found]:
    """CLM06. What a cited trial saw is no promise."""
    for sentence, hit in _said(page, "safety", keep_own=True):
        following = sentence.words.said[hit.last : hit.last + 1]
        if page.lexicon.words["safety_not_before"] & set(following):
            continue
        if page.is_cited(sentence) and _TRIAL & set(sentence.words.said):
            continue
        quote = page.said(sentence, hit.first, hit.last)
        known = "well tolerated in studies of healthy adults"
        fix = f"Replace “{quote}” with what is known, such as “{known}”, and cite it."
        yield page.found(
            "CLM06", "error", sentence, (hit.first, hit.last), "No product is free of risk.", fix
        )


def fda_approval(page: Page) -> Iterator[Found]:
    """CLM08."""
    for sentence, hit in _said(page, "fda"):
        _, end = sentence.clause(hit.last - 1)
        near = set(sentence.words.said[hit.last : min(hit.last + 4, end)])
        before = set(sentence.words.said[max(hit.first - 5, 0) : hit.first])
        start, _ = sentence.clause(hit.first)
        drugs = [
            drug
            for drug in sentence.of("drug", "agent")
            if start <= drug.first < end and not hit.first <= drug.first < hit.last
        ]
        others = {one.term for one in sentence.of("fda_not_for")}
        if (near | before) & others or drugs:
            continue
        fix = f"Delete “{page.said(sentence, hit.first, hit.last)}”; name a third-party test if there is one."
        message = "FDA does not approve supplements."
        yield page.found("CLM08", "error", sentence, (hit.first, hit.last), message, fix)


def _said(page: Page, kind: str, *, keep_own: bool = False) -> Iterator[tuple[Sentence, Hit]]:
    """Yield the phrases of a list that the text asserts. `keep_own`: a phrase may hold its own "no" or "cannot"."""
    if is_reference_list(page.reading):
        return
    for place, sentence in enumerate(page.sentences):
        following = page.sentences[place + 1] if place + 1 < len(page.sentences) else None
        taken = 0
        for hit in sorted(sentence.of(kind), key=lambda one: (one.first, -one.last)):
            if hit.first < taken or page.is_title(*page.origin(sentence, hit.first, hit.last)):
                continue
            if is_denied(sentence, hit, page.reading, hit.last) or _is_doubted(
                page, sentence, hit, following, kind
            ):
                continue
            taken = hit.last
            yield sentence, hit


def _is_doubted(page: Page, sentence: Sentence, hit: Hit, following: Sentence | None, kind: str) -> bool:
    if asked(sentence, following, page.reading, page.lexicon) or is_investigated(sentence, hit.first):
        return True
    if kind == "fda":  # the regulator stands in the phrase itself
        return bool(sentence.of("sceptic"))
    return is_reported(sentence, page.reading, page.lexicon, hit.first)


def _is_other_sense(page: Page, sentence: Sentence, hit: Hit) -> bool:
    """ "breakthrough bleeding", "satisfaction guaranteed", "transform the data"."""
    words = sentence.words.said
    if _is_mentioned(page, sentence, hit):
        return True
    following = set(words[hit.last : hit.last + 1])
    if following & page.lexicon.words["overclaims/not_before"]:
        return True
    if words[hit.first].startswith("guarantee") and _GUARANTEES & set(
        words[max(hit.first - 3, 0) : hit.first]
    ):
        return True
    objects = [one for one in sentence.of("not_overclaimed") if 0 <= one.first - hit.last <= 5]
    return words[hit.first].startswith("transform") and bool(objects)


def _is_mentioned(page: Page, sentence: Sentence, hit: Hit) -> bool:
    """ "“Clinically proven” on a jar means little": a word is talked about, in quotation marks."""
    start, end = sentence.span(hit.first, hit.last)
    is_quoted = (
        start > 0
        and sentence.text[start - 1] in "\"'"
        and sentence.text[end : end + 1] in {'"', "'", ",", "."}
    )
    return is_quoted and not _TALK.isdisjoint(sentence.words.said)
