"""Claims without a verb and its object: "migraine-free", "linked to lower rates of", "becomes a thing of the past"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.checks.claim import REACH_WEAK, Claim, is_meant
from claims.checks.found import Page
from claims.language.phrases import Hit
from claims.language.reading import inherited
from claims.language.sentences import Sentence
from claims.language.subjects import acts

_PREDICATE = frozenset(
    "for as with of offers offer provides provide brings bring gives give means is are promises".split()
)


def by_word_after(page: Page, sentence: Sentence, hit: Hit, earlier: tuple[Sentence, ...]) -> Iterator[Claim]:
    """ "arthritis relief", "migraine-free"; "flu treatment" only as what a nutrient is for."""
    words = sentence.words
    after = [
        one
        for one in sentence.of("after", "after_weak")
        if one.first == hit.last and words.joined[hit.last - 1] and is_meant(sentence, one)
    ]
    for one in after:
        if one.kind == "after" and one.term == "free" and "-" not in words.gaps[hit.last - 1]:
            continue
        ours = [
            found for found in sentence.of("nutrient", "product") if not hit.first <= found.first < one.last
        ]
        is_subject = any(found.first < hit.first for found in ours) or _person_takes(sentence, ours, one)
        if one.kind == "after_weak":
            if (
                is_subject
                and hit.first
                and {"for", "natural"} & set(words.said[max(hit.first - 3, 0) : hit.first])
            ):
                yield Claim(one, (hit.first, one.last), hit.term, is_strong=True)
        elif (
            is_subject
            or (not ours and page.reading.is_fragment and inherited(page.reading, page.lexicon) == "ours")
            or ours
        ):
            yield Claim(one, (hit.first, one.last), hit.term, is_strong=True)


def _person_takes(sentence: Sentence, ours: list[Hit], after: Hit) -> bool:
    words = sentence.words.said
    return any(set(words[after.last : hit.first]) & _PREDICATE for hit in ours if hit.first > after.last)


def linked(
    page: Page, sentence: Sentence, diseases: list[Hit], earlier: tuple[Sentence, ...]
) -> Iterator[Claim]:
    """ "is linked to lower rates of …"."""
    words = sentence.words.said
    links, lower = page.lexicon.words["linked"], page.lexicon.words["lower"]
    for place, word in enumerate(words):
        if word not in links:
            continue
        _, end = sentence.clause(place)
        verb = Hit("weak", "linked", place, place + 1)
        for hit in diseases:
            if place < hit.first < end and sentence.has_any(lower, place + 1, hit.first):
                if acts(sentence, verb, page.reading, earlier, page.lexicon):
                    yield Claim(verb, (place, hit.last), hit.term, is_strong=False)
                break


def improved(sentence: Sentence, diseases: list[Hit]) -> Iterator[Claim]:
    """ "Patients with fibromyalgia show marked improvements": the disease is the people's, the cause is ours."""
    words = sentence.words.said
    if not sentence.of("nutrient", "product"):
        return
    for verb in sentence.of("weak"):
        if verb.term == "benefit" and words[verb.last - 1] == "from":
            for hit in diseases:
                if hit.last <= verb.first and "with" in words[max(hit.first - 6, 0) : hit.first]:
                    yield Claim(verb, (hit.first, verb.last), hit.term, is_strong=False)
                    break
    for verb in sentence.of("strong"):
        if verb.term != "improve_condition" or "improvements" not in words[verb.first : verb.last]:
            continue
        for hit in diseases:
            if hit.last <= verb.first and "with" in words[max(hit.first - 6, 0) : hit.first]:
                yield Claim(verb, (hit.first, verb.last), hit.term, is_strong=True)
                break


def gone(page: Page, sentence: Sentence, diseases: list[Hit]) -> Iterator[Claim]:
    """ "With magnesium, insomnia becomes a thing of the past"."""
    ours = sentence.of("nutrient", "product")
    for one in sentence.of("gone"):
        start, _ = sentence.clause(one.first)
        for hit in diseases:
            if start <= hit.first and hit.last <= one.first and one.first - hit.last <= REACH_WEAK and ours:
                yield Claim(
                    Hit("strong", "gone", one.first, one.last),
                    (hit.first, one.last),
                    hit.term,
                    is_strong=True,
                )
                break
