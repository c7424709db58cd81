"""What a sentence says a nutrient or product does about a disease."""

from __future__ import annotations

from dataclasses import dataclass

from claims.language.phrases import Hit
from claims.language.sentences import Sentence

REACH_WEAK = 6
# What may follow a disease that is only mentioned: "flu season", "diabetes drugs".
_MENTION = frozenset(
    "season foundation society association charity research awareness campaign month journal clinic "
    "center centre ward nurse "
    "nurses drug drugs medication medications medicine medicines vaccine vaccines vaccination "
    "screening test tests diagnosis "
    "institute trust fund group groups statistics charity shot shots jab specialist specialists "
    "rates rate epidemic cases guidelines "
    "kit kits strip strips program programme project trial trials study studies cohort outbreak "
    "pandemic day insurance".split()
)


@dataclass(frozen=True, slots=True)
class Claim:
    """`words` are the first and one past the last word to quote; `disease` is its name, "" for a sign of one."""

    verb: Hit
    words: tuple[int, int]
    disease: str
    is_strong: bool


def is_meant(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a disease is meant, and not its season, its drugs or its charity."""
    words = sentence.words
    following = words.said[hit.last] if hit.last < len(words) else ""
    return not (following in _MENTION and words.joined[hit.last - 1])
