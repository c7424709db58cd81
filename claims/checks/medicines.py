"""CLM04 and SAF02: a supplement instead of a medicine, or beside one that it does not go with."""

from __future__ import annotations

from collections.abc import Iterator

from claims.checks.found import Found, Page
from claims.language.phrases import Hit
from claims.language.reading import is_reference_list
from claims.language.scope import asked, is_denied, is_reported
from claims.language.sentences import Sentence, read

_REACH = 5
_ARTICLES = frozenset("the your those these her his".split())
_POSITIVE = frozenset("problem safe safely fine happily freely no without easily worry".split())


def comparisons(page: Page) -> Iterator[Found]:
    """CLM04."""
    if is_reference_list(page.reading):
        return
    for place, sentence in enumerate(page.sentences):
        following = page.sentences[place + 1] if place + 1 < len(page.sentences) else None
        for phrase, drug in _compared(page, sentence):
            if is_denied(sentence, phrase, page.reading, drug.last) or is_reported(
                sentence, page.reading, page.lexicon, phrase.first
            ):
                continue
            if asked(sentence, following, page.reading, page.lexicon) == "answered":
                continue
            name = page.said(sentence, drug.first, drug.last)
            fix = f"Describe the supplement on its own, without {name}; refer to a doctor for medicines."
            words = (phrase.first, drug.last)
            yield page.found("CLM04", "error", sentence, words, "Do not compare with a medicine.", fix)
            break


def _compared(page: Page, sentence: Sentence) -> Iterator[tuple[Hit, Hit]]:
    adjacent = {hit.first for hit in sentence.of("compare_adjacent")}
    for phrase in sentence.of("compare"):
        _, end = sentence.clause(phrase.last - 1)
        for drug in sentence.of("drug"):
            distance = drug.first - phrase.last
            if distance < 0 and not (phrase.first <= drug.first and drug.last >= phrase.last):
                continue
            between = sentence.words.said[phrase.last : drug.first]
            if drug.first >= end or distance > (1 if phrase.first in adjacent else _REACH):
                continue
            if phrase.first in adjacent and not _ARTICLES.issuperset(between):
                continue
            if "with" in between or (phrase.term.endswith("like") and _lists_drugs(sentence, phrase)):
                continue
            if not _compares_drugs(sentence, phrase):
                yield phrase, drug


def _lists_drugs(sentence: Sentence, phrase: Hit) -> bool:
    """ "medicines like ibuprofen" are an example; so is what has no subject of ours before it."""
    if any(hit.last == phrase.first for hit in sentence.of("drug", "agent")):
        return True
    return not any(hit.first < phrase.first for hit in sentence.of("nutrient", "product"))


def _compares_drugs(sentence: Sentence, phrase: Hit) -> bool:
    """Return whether one medicine is set beside another: the subject is a medicine itself, and nothing of ours."""
    start, _ = sentence.clause(phrase.first)
    before = [
        hit
        for hit in sentence.of("drug", "agent", "nutrient", "product")
        if start <= hit.first < phrase.first
    ]
    return bool(before) and not any(hit.kind in {"nutrient", "product"} for hit in before)


def denied_interactions(page: Page) -> Iterator[Found]:
    """SAF02."""
    for place, sentence in enumerate(page.sentences):
        before = page.sentences[place - 1] if place else None
        found = _denied(page, sentence, before if before and before.is_question else None)
        if found is None:
            continue
        phrase, medicine, name, nutrient = found
        first, last = phrase.first, max(phrase.last, medicine)
        fix = f"Say that {nutrient} and {name} can affect each other, and send readers to a pharmacist or doctor."
        yield page.found("SAF02", "error", sentence, (first, last), "Known interaction.", fix)


def _denied(page: Page, sentence: Sentence, question: Sentence | None) -> tuple[Hit, int, str, str] | None:
    """Return the denial, one past the word where the medicine ends, its name and the nutrient's.

    The medicine may stand in the question that the sentence answers.
    """
    weak = {hit.first for hit in sentence.of("denial_weak")}
    words = sentence.words.said
    if not sentence.of("denial"):  # most; looking into all others for each takes the square of their number
        return None
    nutrients = _nutrients(page, sentence)
    for phrase in sorted(sentence.of("denial"), key=lambda hit: hit.first in weak):
        if is_reported(sentence, page.reading, page.lexicon, phrase.first) or _is_forbidden(sentence, phrase):
            continue
        if phrase.first in weak and not _POSITIVE & set(words):
            continue
        named = sentence if sentence.of("medicine", "any_medicine") or question is None else question
        for medicine in named.of("medicine", "any_medicine"):
            name = page.said(named, medicine.first, medicine.last)
            end = medicine.last if named is sentence else phrase.last
            for nutrient in nutrients:
                if medicine.kind == "any_medicine" or medicine.term in page.lexicon.interactions[nutrient]:
                    return phrase, end, name, nutrient
    return None


def _is_forbidden(sentence: Sentence, phrase: Hit) -> bool:
    """ "It is not safe to take with …", "do not take at the same time as …": the denial is denied."""
    words = sentence.words.said[max(phrase.first - 6, 0) : phrase.first]
    if "no" in words[-2:] and "problem" in sentence.words.said[phrase.last :]:
        return False
    return any(
        word in {"not", "never", "cannot", "avoid", "neither"} or word.endswith("n't") for word in words
    )


def _nutrients(page: Page, sentence: Sentence) -> list[str]:
    """Return the nutrients that the sentence is about, else those before it, that are known to interact."""
    texts = (
        page.reading.before,
        page.reading.row,
        page.reading.lead,
        page.reading.heading,
        page.reading.topic,
    )
    groups = [(sentence,), page.sentences, *(read(text, page.lexicon).sentences for text in texts if text)]
    for group in groups:
        named = [hit.term for one in group for hit in one.of("nutrient")]
        if known := [name for name in dict.fromkeys(named) if name in page.lexicon.interactions]:
            return known
        if named:
            return []
    return []
