"""CLM05 and EVD01 to EVD03: what the evidence carries, and where it is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.checks.found import Found, Page, is_official
from claims.language.lexicon import Lexicon
from claims.language.phrases import Hit
from claims.language.reading import is_reference_list
from claims.language.scope import is_denied
from claims.language.sentences import Sentence, read

WEAK = frozenset({"case_report", "animal", "in_vitro", "observational"})
CALLOUTS = frozenset({"statistic", "clinical-evidence", "research-highlight", "study-insight"})
_NUMBER = re.compile(
    r"(?:\d{1,3}(?:[.,]\d+)?\s?%?\s?(?:[-–]|to|and)\s?)?\d{1,3}(?:[.,]\d+)?\s?(?:%|percent\b|per cent\b)"
    r"|\b(?:one|two|three|four|nine|1|2|3|4|9) (?:in|out of) (?:every )?(?:two|three|four|five|ten|2|"
    r"3|4|5|10|20|100)\b"
    r"|\b\d+(?:\.\d+)?(?:[- ]?fold\b|[- ]times\b)"
    r"|\b(?:half|a third|one third|two[- ]thirds|a quarter|three[- ]quarters|most|majority|the "
    r"majority) of (?:all )?"
    r"(?:the )?(?:americans|adults|people|women|men|europeans|children|patients|(?:global |world'?s? |"
    r"us |uk )?population)\b"
)
_FREQUENCY = re.compile(r"times (?:a|per|each|every) (?:day|week|month|night)|times daily")
_DATED = re.compile(
    r"\b(?:an?|the|one|another) (?:\w+ ){0,3}?(?:19|20)\d\d (?:\w+[- ]){0,3}?(study|trial|review|"
    r"meta[- ]analysis|survey|analysis|paper|report|experiment)\b"
)
_ANY_NUMBER = re.compile(r"\d")
_DENIABLE = (
    "has been",
    "have been",
    "scientific",
    "strong",
    "good",
    "clear",
    "solid",
    "ample",
    "compelling",
    "in ",
    "proven",
    "shown",
)
_ANAPHORA = re.compile(
    r"^\W*(?:that|this|these|those|it|they|the (?:trial|study|review|authors|researchers|same|nuts|"
    r"effect|result|results|difference|reviewers|placebo group|control group|others)|"
    r"in (?:that|this|the|both)|on average|about|side effects|both|such|there)\b"
)


def weak_evidence(page: Page) -> Iterator[Found]:
    """CLM05: a word of cause or proof beside a work that shows neither."""
    kinds = dict(page.reading.studies)
    for sentence in page.sentences:
        weak = [key for key in page.keys(sentence) if key in kinds and is_weak(kinds[key], page.lexicon)]
        if not weak or len(weak) < len(page.keys(sentence) & kinds.keys()):
            continue
        for hit in sentence.of("causal"):
            if is_denied(sentence, hit, page.reading, hit.last):
                continue
            quote = page.said(sentence, hit.first, hit.last)
            fix = f"Write “was associated with” or “in one report” instead of “{quote}”, or cite a randomised trial."
            message = "Evidence is weaker than the claim."
            yield page.found("CLM05", "warning", sentence, (hit.first, hit.last), message, fix)
            break


def is_weak(study: str, lexicon: Lexicon) -> bool:
    """Return whether "study type|title" is of a kind that shows no cause. An unknown type is read from the title."""
    kind, _, title = study.partition("|")
    if kind:
        return kind in WEAK
    said = read(title, lexicon).sentences
    return any(one.of("weak_title") for one in said) and not any(one.of("strong_title") for one in said)


def numbers_and_cues(page: Page) -> Iterator[Found]:
    """EVD01 in an evidence callout, EVD02 and EVD03 elsewhere."""
    reading = page.reading
    if is_reference_list(reading) or is_official(page) or reading.kind in {"table_header", "footnote"}:
        return
    if reading.callout in CALLOUTS:
        if not reading.is_callout_cited:
            yield from _uncited_callout(page)
        return
    if reading.kind == "heading":
        return
    for place, sentence in enumerate(page.sentences):
        if _is_covered(page, place):
            continue
        yield from _numbers(page, sentence)
        yield from _cues(page, sentence)


def _is_covered(page: Page, place: int) -> bool:
    """Return whether a citation stands in the sentence, or in the one beside it that speaks on about the same."""
    sentences = page.sentences
    if page.is_cited(sentences[place]):
        return True
    if place and _ANAPHORA.match(sentences[place].said) and page.is_cited(sentences[place - 1]):
        return True
    if place + 1 < len(sentences):
        return _ANAPHORA.match(sentences[place + 1].said) is not None and page.is_cited(sentences[place + 1])
    return False


def _uncited_callout(page: Page) -> Iterator[Found]:
    """EVD01: one finding, at the first number, study or authority."""
    for sentence in page.sentences:
        places = [sentence.span(hit.first, hit.last) for hit in sentence.of("authority", "study", "cue")]
        places += [
            (match.start(), match.end())
            for match in _NUMBER.finditer(sentence.text, sentence.start, sentence.end)
        ]
        places += [
            (match.start(), match.end())
            for match in _DATED.finditer(sentence.text, sentence.start, sentence.end)
        ]
        if not places:
            places = [
                (match.start(), match.end())
                for match in _ANY_NUMBER.finditer(sentence.text, sentence.start, sentence.end)
            ]
        if places:
            first = min(start for start, _ in places)
            last = max(end for start, end in places)
            start, end = page.text.folded.origin(first, last)
            fix = "Add the reference to the article and cite it here as [@key]."
            yield Found("EVD01", "error", start, end, "Attach a reference.", fix)
            return


def _numbers(page: Page, sentence: Sentence) -> Iterator[Found]:
    """EVD02: one finding a sentence."""
    if not sentence.of("health", "nutrient", "disease"):
        return
    for match in _NUMBER.finditer(sentence.text, sentence.start, sentence.end):
        if _FREQUENCY.match(sentence.text, match.end() - 5) or _is_no_statistic(sentence, match):
            continue
        start, end = page.text.folded.origin(match.start(), match.end())
        fix = (
            f"Cite the source of “{page.reading.text[start:end]}” as [@key], or write it without the number."
        )
        yield Found("EVD02", "warning", start, end, "Cite or remove the number.", fix)
        return


def _is_no_statistic(sentence: Sentence, match: re.Match[str]) -> bool:
    """%DV, prices, recipes, materials: near the number, they say that it is none of health."""
    words = sentence.words.spans
    before = sum(end <= match.start() for _, end in words)
    after = sum(start < match.end() for start, _ in words)
    return any(before - 4 <= hit.first and hit.first <= after + 5 for hit in sentence.of("not_number"))


def _cues(page: Page, sentence: Sentence) -> Iterator[Found]:
    """EVD03: one finding a sentence."""
    places = [
        page.origin(sentence, hit.first, hit.last)
        for hit in sentence.of("cue")
        if _is_appeal(page, sentence, hit)
    ]
    places += [
        page.text.folded.origin(match.start(), match.end())
        for match in _DATED.finditer(sentence.text, sentence.start, sentence.end)
    ]
    if places:
        start, end = min(places)
        fix = f"Cite what “{page.reading.text[start:end]}” refers to as [@key], or say it in your own name."
        yield Found("EVD03", "warning", start, end, "Cite the studies.", fix)


def _is_appeal(page: Page, sentence: Sentence, hit: Hit) -> bool:
    if hit.term.startswith(_DENIABLE) and is_denied(sentence, hit, page.reading, hit.last):
        return False
    if not hit.term.startswith("according"):
        return True
    following = set(sentence.words.said[hit.last : hit.last + 3])
    return not any(following & set(one.term.split()) for one in sentence.of("no_authority"))
