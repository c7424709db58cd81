"""EU02 and EU03: Regulation (EC) 1924/2006, for sites that are read in the EU or the UK."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.jurisdictions import touches
from claims.checks.found import Found, Page
from claims.checks.wording import nutrient_of
from claims.language.phrases import Hit
from claims.language.reading import inherited, is_reference_list
from claims.language.scope import asked, is_denied, is_reported
from claims.language.sentences import Sentence
from claims.language.subjects import acts

_REACH = 9
_NOISE = frozenset(
    "a an the of to in for and or your our its their normal contributes contribute contributing "
    "supports support supporting help helps "
    "maintain maintains maintaining maintenance role has have plays play by is are on with body system".split()
)
_SAME = {"functioning": "function", "functions": "function", "regulation": "regulate"}
_LENIENT = frozenset(
    "support maintain contribute to help help to help maintain assist has a role in play plays a "
    "role in protect preserve keep sustain reduce".split())  # fmt: skip
_BOASTS = frozenset(
    {
        "boost",
        "enhance",
        "strengthen",
        "improve",
        "increase",
        "optimise",
        "optimize",
        "sharpen",
        "supercharge",
        "ensure",
        "accelerate",
    }
)
_DOCTOR = re.compile(
    r"\b(?:dr|prof|professor|doctor)\.? (?!of\b|who\b|can\b|or\b|and\b|before\b|if\b)[a-z][\w'-]+(?: "
    r"[a-z][\w'-]+)?(?:,? [a-z.]{2,5},)? "
    r"(?:recommends|recommended|advises|swears by|prescribes|suggests|trusts|takes|endorses|uses|"
    r"approves|says (?:that )?you should)\b"
    r"|\b(?:our|my) (?:doctor|physician|pharmacist|nutritionist|dietitian|gp|cardiologist) "
    r"(?:recommends|swears by|prescribes|trusts|takes|endorses)\b"
    r"|\brecommended by (?:dr|prof|professor)\.? [a-z][\w'-]+"
)
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|several)"
_AMOUNT = (
    rf"(?:{_NUMBER}|\d+(?:[.,]\d+)?(?:\s?(?:-|to)\s?\d+(?:[.,]\d+)?)?)\s?(?:kg|kilos?|kilograms?|lbs?|"
    rf"pounds?|stone|dress sizes?|inches)"
)
_PERIOD = r"(?:days?|weeks?|months?|nights?|fortnight)"
_WEIGHT = re.compile(
    rf"\b(?:lose|loses|losing|lost|shed|sheds|shedding|drop|drops|dropped|dropping|burn|burns|melt|"
    rf"melts)\b[^.!?]{{0,30}}?{_AMOUNT}[^.!?]{{0,40}}?"
    rf"\b(?:in|within|over|after|per|a|every|each)\s+(?:just |only |about |the first "
    rf")?(?:\w+\s){{0,2}}?{_PERIOD}"
    rf"|\b{_AMOUNT} (?:lighter|slimmer|gone|weight loss)[^.!?]{{0,30}}?\b(?:in|within|"
    rf"after)\s+(?:\w+\s){{0,2}}?{_PERIOD}"
)
_ABSENCE = re.compile(
    r"\b(?:without|skip|skipping|if you (?:do not|don't|stop) (?:take|taking|use)|going without|if "
    r"you skip|unless you take)\b"
)
MESSAGE = "Not allowed for foods."


def is_european(page: Page) -> bool:
    return touches(page.reading.jurisdictions, "EU") or touches(page.reading.jurisdictions, "UK")


def unauthorised(page: Page) -> Iterator[Found]:
    """EU02."""
    if not is_european(page) or is_reference_list(page.reading):
        return
    for place, sentence in enumerate(page.sentences):
        following = page.sentences[place + 1] if place + 1 < len(page.sentences) else None
        if asked(sentence, following, page.reading, page.lexicon):
            continue
        if found := _benefit(page, sentence, page.sentences[:place]):
            nutrient = nutrient_of(page, sentence)
            yield page.found(
                "EU02",
                "warning",
                sentence,
                found,
                "Use the authorised wording.",
                _fix(page, nutrient, sentence),
            )


def _benefit(page: Page, sentence: Sentence, earlier: tuple[Sentence, ...]) -> tuple[int, int] | None:
    """Return the words of the first benefit that is no authorised claim."""
    for verb in sentence.of("eu_verb", "eu_adjective"):
        _, end = sentence.clause(verb.last - 1)
        for function in sentence.of("function"):
            reach = _REACH if verb.kind == "eu_verb" else 0
            if not 0 <= function.first - verb.last <= reach or function.first >= end:
                continue
            if is_denied(sentence, verb, page.reading, function.last) or is_reported(
                sentence, page.reading, page.lexicon, verb.first
            ):
                break
            if not _is_ours(page, sentence, verb, earlier):
                break
            if not _is_authorised(page, sentence, verb, end):
                return verb.first, function.last
            break
    return None


def _is_ours(page: Page, sentence: Sentence, verb: Hit, earlier: tuple[Sentence, ...]) -> bool:
    if acts(sentence, verb, page.reading, earlier, page.lexicon):
        return True
    is_first = verb.first <= 2 and page.reading.is_fragment
    return is_first and inherited(page.reading, page.lexicon) == "ours"


def _is_authorised(page: Page, sentence: Sentence, verb: Hit, end: int) -> bool:
    """Return whether every function of the clause belongs to a claim that is authorised for a nutrient named here.

    Art. 10 and the Commission's guidance let wording vary as long as the meaning stays; without "normal" it does not.
    """
    said = [_SAME.get(word, word) for word in sentence.words.bare[verb.first : end]]
    if not {"normal", "reduction", "protection", "role"} & set(said) or verb.term in _BOASTS:
        return False
    words = set(said) - _NOISE
    nutrients = {hit.term for hit in sentence.of("nutrient")} or {nutrient_of(page, sentence)}
    allowed = [
        {_SAME.get(word, word) for word in re.findall(r"[a-z0-9]+", claim.lower())} - _NOISE
        for nutrient in nutrients
        for claim in page.lexicon.authorised.get(nutrient, ())
    ]
    met = [claim for claim in allowed if claim <= words]
    functions = {
        _SAME.get(word, word)
        for hit in sentence.of("function")
        if verb.last <= hit.first < end
        for word in sentence.words.bare[hit.first : hit.last]
    } - _NOISE
    return bool(met) and functions <= set().union(*met)


def _fix(page: Page, nutrient: str, sentence: Sentence) -> str:
    claims = page.lexicon.authorised.get(nutrient, ())
    if not claims:
        return (
            "Leave the benefit out: no claim is authorised for this ingredient; a nutrient beside it "
            "may have one."
        )
    said = set(sentence.words.bare)
    shared, best = max(
        (len((set(re.findall(r"[a-z]+", claim.lower())) - _NOISE) & said), claim) for claim in claims
    )
    wording = f"“{nutrient.capitalize()} {best}.” (Reg. (EU) 432/2012)"
    if not shared:
        return f"Leave the benefit out, or use a claim that is authorised for {nutrient}, such as {wording}."
    return f"Write {wording}, or leave the benefit out."


def prohibited(page: Page) -> Iterator[Found]:
    """EU03: article 12 forbids an individual doctor's advice, kilos in a time, and harm from not taking it."""
    if not is_european(page) or is_reference_list(page.reading):
        return
    for sentence in page.sentences:
        if found := _doctor_or_weight(sentence) or _harm(sentence):
            if is_reported(sentence, page.reading, page.lexicon, len(sentence.words)):
                continue
            start, end = page.text.folded.origin(*found)
            yield Found("EU03", "error", start, end, MESSAGE, _why(page.reading.text[start:end]))


def _doctor_or_weight(sentence: Sentence) -> tuple[int, int] | None:
    for pattern in (_DOCTOR, _WEIGHT):
        if match := pattern.search(sentence.text, sentence.start, sentence.end):
            return match.start(), match.end()
    return None


def _harm(sentence: Sentence) -> tuple[int, int] | None:
    """ "Without this magnesium your heart will suffer"."""
    absence = _ABSENCE.search(sentence.text, sentence.start, sentence.end)
    ours = sentence.of("nutrient", "product")
    if absence is None or not ours:
        return None
    for harm in sentence.of("harm"):
        if {"your", "you"} & set(sentence.words.said[max(harm.first - 5, 0) : harm.first]):
            return absence.start(), sentence.span(harm.first, harm.last)[1]
    return None


def _why(quote: str) -> str:
    banned = "doctors' advice, rates of weight loss and threats to health"
    return f"Delete “{quote}”: article 12 of Regulation 1924/2006 bans {banned}."
