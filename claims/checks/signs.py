"""Signs of a disease: "lowers blood pressure", "anti-inflammatory"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.checks.claim import Claim
from claims.checks.found import Page
from claims.language.phrases import Hit
from claims.language.reading import inherited
from claims.language.sentences import WHO, Sentence
from claims.language.subjects import acts

_BETWEEN = 4


def signs_of(page: Page, sentence: Sentence, earlier: tuple[Sentence, ...]) -> Iterator[Claim]:
    """Yield what the sentence says a nutrient or product does about a sign of disease."""
    for sign in sentence.of("sign"):
        verb = _verb_of(page, sentence, sign)
        if verb and acts(sentence, verb, page.reading, earlier, page.lexicon):
            yield Claim(verb, (verb.first, max(verb.last, sign.last)), "", is_strong=False)
    for phrase in sentence.of("implied"):
        if not _is_about_drugs(page, sentence, phrase) and _is_ours(page, sentence, phrase, earlier):
            yield Claim(phrase, (phrase.first, phrase.last), "", is_strong=False)


def _verb_of(page: Page, sentence: Sentence, sign: Hit) -> Hit | None:
    normal = page.lexicon.words["implied/normal"]
    words = sentence.words.said
    _, end = sentence.clause(sign.last - 1)
    for verb in reversed(sentence.of("implied_verb")):
        if verb.first < sign.first and sign.last <= verb.last:  # "keep your triglycerides in check"
            return verb
        between = words[verb.last : sign.first]
        if verb.last <= sign.first and len(between) <= _reach(between):
            is_normal = normal & {*between, *words[sign.last : min(sign.last + 8, end)]}
            return None if is_normal or verb.first < sentence.clause(sign.first)[0] else verb
    return None


def _reach(between: tuple[str, ...]) -> int:
    """ "protects against oxidative stress and inflammation": a list may be longer."""
    return _BETWEEN * 2 if "and" in between or "or" in between else _BETWEEN


def _is_about_drugs(page: Page, sentence: Sentence, phrase: Hit) -> bool:
    following = sentence.words.said[phrase.last : phrase.last + 1]
    return bool(page.lexicon.words["implied/not_with"] & set(following))


def _is_ours(page: Page, sentence: Sentence, phrase: Hit, earlier: tuple[Sentence, ...]) -> bool:
    """Return whether the sentence is about a nutrient or product; "ginger is an anti-inflammatory root"."""
    before = [hit for hit in sentence.of(*WHO) if hit.last <= phrase.first and hit.kind != "people"]
    if before:
        return before[0].kind in {"nutrient", "product"}
    if any(
        hit.first - phrase.last <= _BETWEEN
        for hit in sentence.of("nutrient", "product")
        if hit.first >= phrase.last
    ):
        return True
    if page.reading.is_fragment and len(sentence.words) <= 2 * _BETWEEN:
        return inherited(page.reading, page.lexicon) == "ours"
    return acts(sentence, phrase, page.reading, earlier, page.lexicon)
