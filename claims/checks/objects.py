"""Verbs with a disease as their object, and nouns that say the same: "relief from eczema", "migraine-free"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.checks.claim import REACH_WEAK, Claim, is_meant
from claims.checks.found import Page
from claims.checks.shapes import by_word_after, gone, improved, linked
from claims.language.inflection import is_participle
from claims.language.phrases import Hit
from claims.language.reading import inherited
from claims.language.sentences import WHO, Sentence
from claims.language.subjects import acts, done_by, is_passive

_REACH, _REACH_OF_LIST, _REACH_OF_RISK = 9, 18, 4
_LISTING = frozenset("as like including among conditions and or both".split())
_BLOCKS = frozenset(
    "stigma myth myths misinformation cost costs price hype article book charity foundation "
    "fundraiser argument debate fear "
    "absorption side".split()
)
_NO_VERB_BEFORE = frozenset("the a an our your under in his her its".split())
_NO_VERB_AFTER = frozenset(
    "group groups arm arms trial trials sample samples condition diet to for room".split()
)
_HELPS = frozenset({"help", "benefit", "support", "ease", "manage"})
_GOODBYES = frozenset("goodbye bye farewell bay tracks packing bud check".split())
_IDIOMATIC = frozenset("say wave kiss bid forget kick knock banish zap".split())
_CURED_IN_NAME = 3
_ACRONYMS = frozenset({"aids", "als", "add", "ocd"})
_TEASER = 5
_OBJECTS = frozenset({"it", "them", "both"})


def claims_of(
    page: Page, sentence: Sentence, earlier: tuple[Sentence, ...], following: Sentence | None
) -> Iterator[Claim]:
    """Yield what the sentence says a nutrient or product does about a disease."""
    diseases = [
        hit
        for hit in sentence.of("disease")
        if is_meant(sentence, hit) and _is_spelled_so(page, sentence, hit)
    ]
    yield from _by_pronoun(page, sentence, diseases, earlier)
    if not diseases:
        return
    for verb in sentence.of("strong", "weak"):
        yield from _by_verb(page, sentence, verb, diseases, earlier)
    for noun in sentence.of("strong_noun", "weak_noun"):
        yield from _by_noun(page, sentence, noun, diseases, earlier, following)
    for hit in diseases:
        yield from by_word_after(page, sentence, hit, earlier)
    yield from linked(page, sentence, diseases, earlier)
    yield from improved(sentence, diseases)
    yield from gone(page, sentence, diseases)


def _is_spelled_so(page: Page, sentence: Sentence, hit: Hit) -> bool:
    """Return whether AIDS stands in capitals: "ginger aids digestion"."""
    return hit.term not in _ACRONYMS or page.said(sentence, hit.first, hit.last).isupper()


def _by_verb(
    page: Page, sentence: Sentence, verb: Hit, diseases: list[Hit], earlier: tuple[Sentence, ...]
) -> Iterator[Claim]:
    words = sentence.words.said
    strong = verb.kind == "strong"
    if is_passive(sentence, verb):
        before = [hit for hit in diseases if sentence.clause(verb.first)[0] <= hit.first < verb.first]
        if before and done_by(sentence, verb):
            yield Claim(verb, (before[-1].first, verb.last), before[-1].term, strong)
        return
    if _is_no_verb(sentence, verb):
        return
    hit = _object(sentence, verb, diseases)
    if hit is None or not (
        acts(sentence, verb, page.reading, earlier, page.lexicon) or _is_slogan(page, words, verb)
    ):
        return
    between = words[verb.last : hit.first]
    to_people = {"people", "patients", "those", "adults", "individuals", "women", "men"} & set(between)
    is_strong = strong and not (to_people and verb.term not in {"treat", "cure", "heal", "improve_condition"})
    yield Claim(verb, (verb.first, max(verb.last, hit.last)), hit.term, is_strong)


def _by_pronoun(
    page: Page, sentence: Sentence, diseases: list[Hit], earlier: tuple[Sentence, ...]
) -> Iterator[Claim]:
    """ "Hay fever? Quercetin puts an end to it": the disease was named just before."""
    words = sentence.words.said
    for verb in sentence.of("strong"):
        inside = _OBJECTS & set(words[verb.first : verb.last + 1])
        if not inside or not acts(sentence, verb, page.reading, earlier, page.lexicon):
            continue
        named = [hit for hit in diseases if hit.last <= verb.first]
        before = earlier[-1].of("disease") if earlier and not named else ()
        if named or before:
            last = verb.last if _OBJECTS & set(words[verb.first : verb.last]) else verb.last + 1
            first = named[-1].first if named else verb.first
            yield Claim(verb, (first, last), (named or before)[-1].term, is_strong=True)


def _is_no_verb(sentence: Sentence, verb: Hit) -> bool:
    """ "the control group", "a fight", "managed to", "cured meats"."""
    words = sentence.words.said
    if verb.last - verb.first > 1:
        return False
    following = words[verb.last] if verb.last < len(words) else ""
    before = words[verb.first - 1] if verb.first else ""
    if following in _NO_VERB_AFTER and sentence.words.joined[verb.last - 1]:
        return True
    return (
        before in _NO_VERB_BEFORE
        and not is_participle(words[verb.first])
        and not words[verb.first].endswith("ing")
    )


def _is_slogan(page: Page, words: tuple[str, ...], verb: Hit) -> bool:
    """Return whether the reader is told to say goodbye to something on a page about our products."""
    idiom = set(words[verb.first : verb.last])
    if not (idiom & _GOODBYES or words[verb.first] in _IDIOMATIC) or (
        verb.first and words[verb.first - 1] not in {"can", "and", "to", "finally", "you"}
    ):
        return False
    return inherited(page.reading, page.lexicon) != "other"


def _object(sentence: Sentence, verb: Hit, diseases: list[Hit]) -> Hit | None:
    words = sentence.words
    _, end = sentence.clause(verb.last - 1)
    while end < len(words) and ":" in words.gaps[end - 1]:  # what a colon introduces belongs to it
        _, end = sentence.clause(end)
    if any(
        hit.first >= verb.last and hit.first - verb.last <= _CURED_IN_NAME and hit.term == verb.term
        for hit in sentence.of("not_object")
    ):
        return None
    for hit in diseases:
        if hit.first <= verb.first or hit.first >= end or (hit.first < verb.last and hit.first == verb.first):
            continue
        between = words.said[min(verb.last, hit.first) : hit.first]
        if len(between) > _reach(verb, between) or _BLOCKS & set(between):
            return None
        return hit
    return None


def _reach(verb: Hit, between: tuple[str, ...]) -> int:
    """Return how many words may stand between: more in a list; next to none behind "the risk of"."""
    if verb.term == "lower_risk":
        return _REACH_OF_LIST if {"as", "including", "among"} & set(between) else _REACH_OF_RISK
    if _LISTING & set(between):
        return _REACH_OF_LIST
    return _REACH if verb.kind in {"strong", "strong_noun"} else REACH_WEAK


def _by_noun(
    page: Page,
    sentence: Sentence,
    noun: Hit,
    diseases: list[Hit],
    earlier: tuple[Sentence, ...],
    following: Sentence | None,
) -> Iterator[Claim]:
    hit = _object(sentence, noun, diseases)
    if hit is None or hit.first - noun.last > 6:
        return
    if _is_ours(page, sentence, noun, earlier, following):
        yield Claim(noun, (noun.first, hit.last), hit.term, noun.kind == "strong_noun")


def _is_ours(
    page: Page, sentence: Sentence, noun: Hit, earlier: tuple[Sentence, ...], following: Sentence | None
) -> bool:
    """Return whether a noun such as "treatment for" speaks of a nutrient or product."""
    before = [hit for hit in sentence.of(*WHO) if hit.last <= noun.first and hit.kind != "people"]
    if before:
        return before[0].kind in {"nutrient", "product"}
    if acts(sentence, noun, page.reading, earlier, page.lexicon):
        return True
    is_teaser = sentence.is_question or len(sentence.words) <= _TEASER
    if (
        is_teaser and following is not None
    ):  # "Looking for relief from eczema? Our oil …", "No more migraines! …"
        return any(hit.first < 6 for hit in following.of("nutrient", "product"))
    return False
