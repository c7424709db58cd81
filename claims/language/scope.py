"""What takes a claim back, or makes it somebody else's: denial, doubt, a question, a regulator's words."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from claims.language.lexicon import Lexicon
from claims.language.phrases import Hit
from claims.language.reading import Reading, is_negative_lead
from claims.language.sentences import Sentence, read

Asked: TypeAlias = Literal["", "open", "answered"]

_NOT = frozenset(
    "not no never cannot neither nor nobody none nothing hardly scarcely unlikely without unable "
    "failed fails fail "
    "can't don't doesn't didn't isn't aren't wasn't weren't won't wouldn't shouldn't couldn't hasn't "
    "haven't ain't "
    "insufficient little lack doubtful incapable nowhere".split()
)
_NOT_AFTER = {  # "not only", "no doubt", "nothing beats": no denials
    "not": frozenset("only just merely simply surprisingly least to".split()),
    "no": frozenset("doubt wonder better other longer matter need surprise stranger exception".split()),
    "nothing": frozenset("beats like better works compares on in else".split()),
    "without": frozenset(
        "doubt question fail drugs medication surgery a prescription side the your any".split()
    ),
    "little": frozenset("known by did".split()),
    "never": frozenset("fails fail".split()),
    "can't": frozenset("beat go".split()),
}
_NOT_BEFORE = frozenset({"a"})  # "a little"
_AFTERWARDS = re.compile(
    r"\b(?:ineffective|no better than|no benefit|no effect|no more than placebo|no difference|(?:is|"
    r"are|'s) an? (?:\w+ )?"
    r"(?:myth|lie|scam|fiction|fairy tale|tall tale)|(?:is|are) (?:simply |plainly |just )?(?:false|"
    r"wrong|untrue|nonsense|not true|unproven|untested)|"
    r"isn't true|remains? unproven|has not been|have not been|was not|were not|did not|does not hold|no sense|"
    r"no disease|no diseases|with little success|without success|to no avail|in vain|not proven|not "
    r"supported|never been)\b"
)
_TAKEN_BACK = re.compile(
    r"\b(?:it|they) (?:did|does|do|has|have|could|can|was|were)(?: not|n't)\W*$|\b(?:didn't|doesn't|don't)\W*$"
)
_YES_NO = re.compile(
    r"^\W*(?:so,? |but,? |and,? )?(?:can|could|does|do|did|is|are|will|would|should|might|may|has|have|was)\b"
)
_UNCERTAIN = re.compile(
    r"^\W*(?:no\b|not\b|nope|probably not|maybe|perhaps|possibly|it depends|unclear|hardly|sadly|"
    r"unfortunately|nobody|we do(?:n't| not) know)"
    r"|\b(?:not|n't|no evidence|little evidence|unclear|unknown|uncertain|too small|too few|mixed|"
    r"inconclusive|inconsistent|"
    r"weak|limited|open question|remains to be|far from|cannot say|hard to say|modest|nobody knows|"
    r"jury is)\b|n't\b"
)
_WHETHER = re.compile(r"^\W*(?:whether|if)\b")
_OPEN = re.compile(
    r"\b(?:depends|unclear|unknown|uncertain|open|a question|remains|not known|hard to say|nobody knows)\b"
)
_THIRD_PERSON = re.compile(r"(?:s|ed)$")
_AUXILIARY = frozenset("not cannot can't don't doesn't didn't won't wouldn't couldn't".split())


def is_denied(sentence: Sentence, claim: Hit, reading: Reading, last: int) -> bool:
    """Return whether the claim at the words of `claim`, whose object ends at `last`, is denied."""
    if is_negative_lead(reading) and reading.kind == "list_item":
        return True
    start = _scope_start(sentence, claim.first)
    for place in range(claim.first - 1, start - 1, -1):
        if _denies(sentence, place, claim):
            return True
    _, end = sentence.clause(max(last - 1, claim.first))
    _, after = sentence.span(claim.first, max(last, claim.last))
    _, stop = sentence.span(claim.first, end) if end > claim.first else (0, after)
    return (
        _AFTERWARDS.search(sentence.text, after, stop) is not None
        or _TAKEN_BACK.search(sentence.text, after, sentence.end) is not None
        or _denies_object(sentence, claim, last)
    )


def _denies_object(sentence: Sentence, claim: Hit, last: int) -> bool:
    """ "cures nothing", "treats no disease"."""
    return bool(
        {"no", "nothing", "neither"} & set(sentence.words.said[claim.last : min(claim.last + 2, last)])
    )


def _scope_start(sentence: Sentence, place: int) -> int:
    """Return where a denial may stand at the earliest: behind the last contrast before the claim."""
    words = sentence.words
    for at in range(place, 0, -1):
        gap = words.gaps[at - 1]
        if (
            any(mark in gap for mark in ";:—")
            or " - " in gap
            or words.said[at] in {"but", "yet", "however", "whereas", "while"}
        ):
            return at
        if "," in gap and words.said[at] in {"it", "they", "this", "these", "so"}:
            return at
    return 0


def _denies(sentence: Sentence, place: int, claim: Hit) -> bool:
    words = sentence.words
    word = words.said[place]
    if word not in _NOT and not word.endswith("n't"):
        return False
    following = words.said[place + 1] if place + 1 < len(words) else ""
    if following in _NOT_AFTER.get(word, ()) or (place and words.said[place - 1] in _NOT_BEFORE):
        return word == "not" and following == "to"
    if _is_bound(words.said, place, word, following):
        return word == "without" and claim.first - place <= 2
    if _has_comma_clause(sentence, place, claim.first):
        return False
    is_auxiliary = word in _AUXILIARY or word.endswith("n't")
    between = words.said[place + 1 : claim.first]
    return not (is_auxiliary and "and" in between and _THIRD_PERSON.search(words.said[claim.first]))


def _is_bound(said: tuple[str, ...], place: int, word: str, following: str) -> bool:
    """Return whether a word of denial reaches its neighbour only: "without pain", "many lack it", "never fails"."""
    if word.startswith("fail"):
        return place > 0 and said[place - 1] in {"never", "not"}
    return word == "without" or (word == "lack" and following != "of")


def _has_comma_clause(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a new clause with a subject of its own begins between the two words."""
    return any(
        first < bound <= last and sentence.words.said[bound] not in {"that", "whether", "how"}
        and "," in sentence.words.gaps[bound - 1]
        for bound in sentence.bounds
    )  # fmt: skip


def asked(sentence: Sentence, following: Sentence | None, reading: Reading, lexicon: Lexicon) -> Asked:
    """Return whether the sentence asks instead of telling, and whether what follows answers with doubt.

    "Ready to beat arthritis?" tells; so does "How does zinc cure colds?", which takes the cure for granted.
    """
    if _WHETHER.match(sentence.said) and _OPEN.search(sentence.said):
        return "answered"
    if sentence.is_question and _YES_NO.match(sentence.said):
        answer = following.said if following else _first_sentence(reading.after, lexicon)
        return "answered" if answer and _UNCERTAIN.search(answer) else "open"
    return ""


def _first_sentence(text: str, lexicon: Lexicon) -> str:
    found = read(text, lexicon).sentences if text else ()
    return found[0].said if found else ""


def is_investigated(sentence: Sentence, place: int) -> bool:
    """ "Researchers are testing whether zinc …", "is being studied for …"."""
    words = sentence.words.said
    opened = [hit for hit in sentence.of("research") if hit.first < place]
    if any({"whether", "if"} & set(words[hit.last : place]) for hit in opened):
        return True
    return any(words[max(hit.first - 1, 0)] in {"being", "been", "under"} for hit in sentence.of("research"))


def is_reported(sentence: Sentence, reading: Reading, lexicon: Lexicon, before: int) -> bool:
    """Return whether a regulator says it, or a sceptic warns of it, in front of the word `before` or around it."""
    if any(hit.first < before for hit in sentence.of("sceptic")):
        return True
    if any(hit.first >= before for hit in sentence.of("sceptic") if hit.term in _JUDGED):
        return True
    if sentence.of("regulator") and any(hit.first <= before for hit in sentence.of("regulator_says")):
        return True
    if reading.kind == "quotation" and (
        read(f"{reading.text}\n{reading.before}\n{reading.after}", lexicon).sentences
        and _names_regulator(reading, lexicon)
    ):
        return True
    return any(
        _is_sceptical(text, lexicon) for text in (reading.heading, reading.lead, reading.column) if text
    )


_JUDGED = frozenset(
    {
        "myth",
        "myths",
        "false claim",
        "false claims",
        "misleading",
        "scam",
        "bogus",
        "too good to be true",
        "unproven",
        "folklore",
        "hype",
    }
)


def _names_regulator(reading: Reading, lexicon: Lexicon) -> bool:
    texts = (reading.text, reading.before, reading.after)
    return any(
        sentence.of("regulator") for text in texts if text for sentence in read(text, lexicon).sentences
    )


def _is_sceptical(text: str, lexicon: Lexicon) -> bool:
    return any(sentence.of("sceptic") for sentence in read(text, lexicon).sentences)


def is_hedged(sentence: Sentence) -> bool:
    return bool(sentence.of("hedge"))
