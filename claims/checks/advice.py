"""CLM07: advice that belongs to a clinician."""

from __future__ import annotations

from collections.abc import Iterator

from claims.checks.found import Found, Page
from claims.language.phrases import Hit
from claims.language.reading import is_reference_list
from claims.language.scope import is_denied, is_reported
from claims.language.sentences import Sentence
from cms.contracts import Severity

MESSAGE = "Refer to a clinician."
_LOWER: dict[Severity, Severity] = {"error": "warning", "warning": "info"}
_CONDITIONAL = frozenset("if when unless whether in case once".split())
_REACH = 14
_NO_CONDITION = frozenset("trouble questions time doubts room leftovers any a problem".split())
_TAKEN = frozenset("nutrient product".split())


def medical_advice(page: Page) -> Iterator[Found]:
    """CLM07. A referral in the same sentence lowers it one level; a referral or a caution alone is no advice."""
    if is_reference_list(page.reading):
        return
    for sentence in page.sentences:
        found = next(_advice(page, sentence), None)
        if found is None:
            continue
        first, last, severity = found
        level = _LOWER[severity] if sentence.of("referral") else severity
        yield page.found("CLM07", level, sentence, (first, last), MESSAGE, _fix(level))


def _fix(level: Severity) -> str:
    if level == "info":
        return "Keep the referral, and say what is known instead of what to take."
    return "Say “Ask your doctor or pharmacist whether this is right for you” instead of giving the advice."


def _advice(page: Page, sentence: Sentence) -> Iterator[tuple[int, int, Severity]]:
    for hit in sentence.of("advice_error"):
        if not _is_conditional(sentence, hit) and not _is_kept_off(page, sentence, hit):
            yield hit.first, hit.last, "error"
    yield from _to_groups(page, sentence)
    for hit in sentence.of("advice_reader"):
        if not _is_kept_off(page, sentence, hit) and _is_about_ours(page, sentence):
            yield hit.first, hit.last, "warning"


def _is_kept_off(page: Page, sentence: Sentence, hit: Hit) -> bool:
    denied = is_denied(sentence, hit, page.reading, hit.last) and not sentence.words.said[
        hit.first
    ].startswith(("don't", "no"))
    return denied or is_reported(sentence, page.reading, page.lexicon, hit.first)


def _is_conditional(sentence: Sentence, hit: Hit) -> bool:
    """ "if you are deficient" diagnoses nobody."""
    if not sentence.words.said[hit.first].startswith("you"):
        return False
    return (
        bool(_CONDITIONAL & set(sentence.words.said[max(hit.first - 2, 0) : hit.first]))
        or sentence.is_question
    )


def _is_about_ours(page: Page, sentence: Sentence) -> bool:
    return (
        bool(sentence.of("nutrient", "product"))
        or not sentence.of("drug", "agent")
        or bool(sentence.of("advice_reader"))
    )


def _to_groups(page: Page, sentence: Sentence) -> Iterator[tuple[int, int, Severity]]:
    """ "People with diabetes should take …": who, then what to do, and nothing that warns."""
    if is_reported(sentence, page.reading, page.lexicon, len(sentence.words)):
        return
    for group in sentence.of("group"):
        if not _is_of_patients(sentence, group):
            continue
        for action in sentence.of("action"):
            if not 0 <= action.first - group.last <= _REACH or not _is_action(sentence, group, action):
                continue
            if _is_warned(sentence, group, action) or _is_referral_only(sentence, action):
                continue
            yield group.first, action.last, "warning"
            return


def _is_of_patients(sentence: Sentence, group: Hit) -> bool:
    """Return whether the group is one of patients: "if you have time" is none, "those with asthma" is one."""
    words = sentence.words.said
    ending = words[group.last - 1]
    if ending not in {"with", "from", "have", "of", "get"}:
        return True
    near = [hit for hit in sentence.of("disease", "exempt") if 0 <= hit.first - group.last <= 6]
    return bool(near) and words[group.last] not in _NO_CONDITION - {"a", "any"}


def _is_action(sentence: Sentence, group: Hit, action: Hit) -> bool:
    """Return whether the verb says what to take: its object is ours or an amount."""
    words = sentence.words.said
    start, _ = sentence.clause(action.first)
    if start > group.first and words[start] in _CONDITIONAL | {"before", "after", "while", "until"}:
        return False
    if action.last - action.first == 1:  # "take", "add": an imperative, or a plain verb of the group
        before = words[action.first - 1] if action.first else ""
        if before in {"to", "who", "they", "often", "also", "not", "you", "and"} and before not in {
            "and",
            "you",
        }:
            return False
        if "if" not in words[max(group.first - 1, 0) : group.last] and before != "and":
            return words[action.first] in {"need"} and _has_ours(sentence, action)
    return _has_ours(sentence, action)


def _has_ours(sentence: Sentence, action: Hit) -> bool:
    words = sentence.words.said
    after = words[action.last : action.last + 10]
    if any(0 <= hit.first - action.last <= 9 for hit in sentence.of("nutrient", "product")):
        return True
    return any(word.isdigit() for word in after) or bool(
        {"higher", "more", "doses", "ratios", "amounts"} & set(after)
    )


def _is_warned(sentence: Sentence, group: Hit, action: Hit) -> bool:
    return any(group.first <= hit.first <= action.first for hit in sentence.of("caution")) or any(
        hit.first >= action.last and hit.term in {"only under", "unless"} for hit in sentence.of("caution")
    )


def _is_referral_only(sentence: Sentence, action: Hit) -> bool:
    """ "talk to your doctor before you take": the act comes after the referral, as what to ask about."""
    words = sentence.words.said
    return any(
        hit.first < action.first
        and {"before", "whether", "if", "about"} & set(words[hit.last - 1 : action.first])
        for hit in sentence.of("referral")
    )
