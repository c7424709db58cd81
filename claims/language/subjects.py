"""Who does it: a nutrient or product of ours, or somebody else."""

from __future__ import annotations

from claims.language.inflection import is_participle
from claims.language.lexicon import Lexicon
from claims.language.phrases import Hit
from claims.language.reading import Reading, Whose, inherited
from claims.language.sentences import PRONOUNS, RELATIVES, WHO, Sentence

_ASIDE = frozenset("unlike than besides like against".split())
_MEANS = frozenset(
    "with by using through via from on of after taking take takes thanks try trying use choose get "
    "add adding drink eat "
    "start our this these in".split()
)
_AGENT_MEANS = frozenset("with by using through via from thanks".split())
_SETTING = frozenset("for in among during to with at".split())  # "For thyroid health, selenium …"
_BE = frozenset("is are was were be been being gets get got".split())
# Words that may stand in front of a verb without being its subject.
_FILLERS = frozenset(
    "and or but so then also even often usually typically really actually naturally effectively "
    "gently quickly safely "
    "to by for in of not only just always still never may might can could will would should must "
    "does do did has have had "
    "been be being help helps helped helping is are was were clinically shown known proven thought "
    "said believed used "
    "thereby thus hence while when if ready want need looking how why what where together which that "
    "it they this these "
    "instantly finally simply easily completely slowly soon the a an your our plus as too all "
    "natural start tired ways way "
    "reasons reason steps tips best let's let us please first second third here now today".split()
)
_WISHES = frozenset("want wants wish hope hoping trying like need looking ready".split())
_SAYING = frozenset(
    "say says said know knows agree agrees believe believes find finds found show shows showed "
    "claim claims swear swears "
    "confirm confirms think thinks report reports insist insists discovered".split()
)
_DEMONSTRATIVES = frozenset({"this", "these", "those", "both", "that"})
_PERSONAL = PRONOUNS - {"he", "she", "we", "you", "i", "those", "you'll", "you're"}
_PEOPLE_WORDS = frozenset({"he", "she", "we", "you", "i", "those", "you'll", "you're"})


def is_passive(sentence: Sentence, verb: Hit) -> bool:
    """Return whether the verb is one of being done: "are treated with"."""
    words = sentence.words.said
    if not is_participle(words[verb.first]):
        return False
    return any(word in _BE for word in words[max(verb.first - 3, 0) : verb.first])


def acts(
    sentence: Sentence, verb: Hit, reading: Reading, earlier: tuple[Sentence, ...], lexicon: Lexicon
) -> bool:
    """Return whether a nutrient or product does what `verb` says. `earlier` are the sentences before in the passage."""
    start, end = sentence.clause(verb.first)
    if _closes_an_aside(sentence, start, verb):  # "Magnesium, which many people lack, prevents …"
        start, _ = sentence.clause(start - 1)
    found = _first(sentence, start, verb.first)
    if found is None:
        return _without_subject(sentence, verb, reading, earlier, lexicon, start)
    place, kind = found
    if kind == "ours":
        return True
    if kind == "other":
        return _is_said_of_ours(sentence, place, verb)
    if kind == "people":
        return _person_acts(sentence, verb, start, end)
    if kind == "relative":
        return _antecedent(sentence, place)
    return _spoken_of(sentence, start, reading, earlier, lexicon) == "ours"


def _is_said_of_ours(sentence: Sentence, place: int, verb: Hit) -> bool:
    """ "Doctors say magnesium prevents …": who speaks is not who acts."""
    words = sentence.words.said
    return any(
        hit.last == verb.first and _SAYING & set(words[place : hit.first])
        for hit in sentence.of("nutrient", "product")
    )


def _closes_an_aside(sentence: Sentence, start: int, verb: Hit) -> bool:
    words = sentence.words
    return start > 0 and words.said[start] in {"which", "who"} and "," in words.gaps[verb.first - 1]


def done_by(sentence: Sentence, verb: Hit) -> bool:
    """Return whether the means of a passive is ours: "is treated with quercetin"."""
    _, end = sentence.clause(verb.last - 1)
    words = sentence.words.said
    for hit in sentence.of(*WHO):
        if verb.last <= hit.first < end and set(words[verb.last : hit.first]) & _AGENT_MEANS:
            return hit.kind in {"nutrient", "product"}
    return False


def _first(sentence: Sentence, start: int, end: int) -> tuple[int, str] | None:
    """Return place and kind of the first word that can be a subject."""
    words = sentence.words.said
    hits = {hit.first: hit for hit in reversed(sentence.of(*WHO)) if start <= hit.first < end}
    for place in range(start, end):
        if place and words[place - 1] in _ASIDE:
            continue
        hit = hits.get(place)
        if hit and not (hit.kind == "agent" and words[start] in _SETTING and place - start <= 3):
            return place, {"nutrient": "ours", "product": "ours", "people": "people"}.get(hit.kind, "other")
        word = words[place]
        if word in _DEMONSTRATIVES and (place + 1 in hits or place + 2 in hits):
            continue
        if word in _PEOPLE_WORDS:
            return place, "people"
        if word in RELATIVES and place > start and not _is_followed_by_subject(sentence, place):
            return place, "relative"
        if word in _PERSONAL and place - start <= 3:
            return place, "pronoun"
    return None


def _is_followed_by_subject(sentence: Sentence, place: int) -> bool:
    following = sentence.words.said[place + 1 : place + 2]
    return bool(following) and (
        following[0] in PRONOUNS or any(hit.first == place + 1 for hit in sentence.of(*WHO))
    )


def _person_acts(sentence: Sentence, verb: Hit, start: int, end: int) -> bool:
    """ "people with enough magnesium", "I beat it with turmeric": the means is ours."""
    words = sentence.words.said
    for hit in sentence.of("nutrient", "product"):
        if hit.first < verb.first:
            return True
        if hit.first < end and set(words[max(hit.first - 4, verb.first) : hit.first]) & _MEANS:
            return True
        if hit.first == end and _WISHES & set(words[start : verb.first]):  # "If you want to …, zinc is …"
            return True
    return False


def _antecedent(sentence: Sentence, place: int) -> bool:
    """Return whether "which" or "that" at `place` means something of ours."""
    near = [hit for hit in sentence.of(*WHO) if hit.last == place]
    if near:
        return near[-1].kind in {"nutrient", "product"}
    found = _first(sentence, 0, place)
    return found is not None and found[1] == "ours"


def _spoken_of(
    sentence: Sentence, start: int, reading: Reading, earlier: tuple[Sentence, ...], lexicon: Lexicon
) -> Whose:
    """Return what "it" at the head of a clause means: what was spoken of last."""
    for before, end in ((sentence, start), *((one, len(one.words)) for one in reversed(earlier))):
        named = [hit.kind for hit in before.of("nutrient", "product", "agent", "drug") if hit.last <= end]
        if named and named[0] == "agent" and {"nutrient", "product"} & set(named) and "drug" not in named:
            return "ours"  # "Doctors know magnesium. It …"
        if named:
            return "ours" if named[0] in {"nutrient", "product"} else "other"
    return inherited(reading, lexicon)


def _without_subject(
    sentence: Sentence,
    verb: Hit,
    reading: Reading,
    earlier: tuple[Sentence, ...],
    lexicon: Lexicon,
    start: int,
) -> bool:
    words = sentence.words.said
    before = _first(sentence, 0, start)
    if before is not None and before[1] == "people":
        return _person_acts(sentence, verb, 0, len(words))
    if before is not None and before[1] in {"ours", "other"}:
        return before[1] == "ours"
    for hit in sentence.of(*WHO):
        if hit.first >= verb.last and set(words[max(hit.first - 5, verb.last) : hit.first]) & _MEANS:
            return hit.kind in {"nutrient", "product"}
    if not all(word in _FILLERS or word.endswith("ly") for word in words[start : verb.first]):
        return False
    return _is_understood(sentence, verb, reading, earlier, lexicon, start)


def _is_understood(
    sentence: Sentence,
    verb: Hit,
    reading: Reading,
    earlier: tuple[Sentence, ...],
    lexicon: Lexicon,
    start: int,
) -> bool:
    """Return whether a verb without any subject leaves ours to be understood."""
    if reading.is_fragment:
        return inherited(reading, lexicon) == "ours"
    if sentence.is_question:  # "Ready to beat arthritis? Start with …"
        return True
    leans = bool(earlier) and _is_dependent(sentence.words.said, start, verb)
    return leans and _spoken_of(sentence, start, reading, earlier, lexicon) == "ours"


def _is_dependent(words: tuple[str, ...], start: int, verb: Hit) -> bool:
    """Return whether the verb leans on a subject before it; a plain imperative does not."""
    return verb.first > start or words[verb.first].endswith("ing")
