"""Whether a page is about health, and how many statements it makes about what a supplement does. Pure, by word list.

Both decide what is *placed*, so they lean to the safe side: a notice too many costs a line, one too few does harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import cast

import yaml

from disclaimers.rules import folded

DATA = Path(__file__).resolve().parent / "data" / "health_terms.yaml"
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@lru_cache(maxsize=1)
def _terms() -> dict[str, list[str]]:
    return cast("dict[str, list[str]]", yaml.safe_load(DATA.read_text(encoding="utf-8")))


@lru_cache(maxsize=16)
def _pattern(*names: str) -> re.Pattern[str]:
    words = [word for name in names for word in _terms()[name]]
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})(?!\w)")


@lru_cache(maxsize=2)
def _subject(sells: bool) -> re.Pattern[str]:
    """A supplement by name. On a page that sells something, a nutrient alone is one too."""
    nutrients = _alternatives([*_terms()["nutrients"], *_terms()["ambiguous_nutrients"]])
    forms, words = _alternatives(_terms()["compound_forms"]), _alternatives(_terms()["supplement_words"])
    subject = rf"{words}|(?:{nutrients})\s+(?:{forms})" + (rf"|{nutrients}" if sells else "")
    return re.compile(rf"(?<!\w)(?:{subject})(?!\w)")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=2)  # slots and checks of one page ask again and again
def is_about_health(text: str) -> bool:
    """Return whether a text names a nutrient, supplement or disease. Homonyms such as iron need company."""
    words = folded(text)
    if _pattern("nutrients", "supplements", "diseases").search(words):
        return True
    return bool(
        _pattern("ambiguous", "ambiguous_nutrients").search(words) and _pattern("context").search(words)
    )


@lru_cache(maxsize=2)
def count_supplement_claims(text: str, *, sells: bool) -> int:
    """Return how many sentences say what a supplement does for the body. Questions and denials do not count."""
    return sum(_is_claim(sentence, sells) for sentence in SENTENCE_END.split(folded(text)))


def _is_claim(sentence: str, sells: bool) -> bool:
    subject = None if sentence.endswith("?") else _subject(sells).search(sentence)
    if subject is None:
        return False
    verb = _pattern("structure_function_verbs").search(sentence, subject.end())
    return verb is not None and not _denies(sentence[subject.end() : verb.start()])


def _denies(words: str) -> bool:
    return bool(_pattern("negations").search(words) or "n't " in words)
