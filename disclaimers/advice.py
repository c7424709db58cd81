"""What a page advises, to whom and how much, by word list. Pure.

It decides which warnings are placed. Naming a supplement is not advising it: a sentence must tell the reader to take
a preparation of the nutrient, or give an amount of it, without refusing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml

from disclaimers.health import SENTENCE_END
from disclaimers.rules import folded

DATA = Path(__file__).resolve().parent / "data" / "advice_terms.yaml"
AMOUNT = r"\d[\d.,]*\s*(?:mg|mcg|µg|μg|ug|g|iu|milligrams?|micrograms?|international units?)"
FORMS = (
    "glycinate|bisglycinate|citrate|oxide|malate|threonate|taurate|gluconate|picolinate|carbonate|fumarate|sulfate"
    "|acetate"
)


@lru_cache(maxsize=1)
def terms() -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", yaml.safe_load(DATA.read_text(encoding="utf-8")))


def words(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of the names, the longest first, as whole words."""
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])")


@lru_cache(maxsize=1)
def _nutrients() -> Mapping[str, re.Pattern[str]]:
    return {name: words(aliases) for name, aliases in terms()["nutrients"].items()}


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, re.Pattern[str]]:
    return {name: words(aliases) for name, aliases in terms()["groups"].items()}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    compound = re.compile(rf"(?<!\w){AMOUNT}\s+(?:of\s+)?[\w-]+\s+(?:{FORMS})(?!\w)")
    return words(terms()["advice"]), words(terms()["preparations"]), words(terms()["refusals"]), compound


@lru_cache(maxsize=4)  # slots and checks of one page ask again and again
def sentences(text: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in SENTENCE_END.split(folded(text)) if sentence.strip())


@lru_cache(maxsize=4)
def supplements_advised(text: str) -> frozenset[str]:
    """Return the ids of the nutrients that the reader is told to take as a supplement."""
    advice, preparations, refusals, _ = _patterns()
    form = re.compile(rf"(?<!\w)(?:{FORMS})(?!\w)")
    found: set[str] = set()
    for sentence in sentences(text):
        if sentence.rstrip().endswith("?") or not advice.search(sentence) or refusals.search(sentence):
            continue
        has_amount = re.search(rf"(?<!\w){AMOUNT}(?!\w)", sentence)
        if has_amount or preparations.search(sentence) or form.search(sentence):
            found.update(name for name, pattern in _nutrients().items() if pattern.search(sentence))
    return frozenset(found)


@lru_cache(maxsize=4)
def doses_named(text: str) -> frozenset[str]:
    """Return the ids of the nutrients that stand in a sentence with an amount."""
    amount = re.compile(rf"(?<!\w){AMOUNT}(?!\w)")
    return frozenset(
        name
        for sentence in sentences(text)
        if amount.search(sentence)
        for name, pattern in _nutrients().items()
        if pattern.search(sentence)
    )


@lru_cache(maxsize=4)
def has_compound_dose(text: str) -> bool:
    """Return whether an amount of a compound is given, "400 mg magnesium citrate"."""
    return _patterns()[3].search(folded(text)) is not None


@lru_cache(maxsize=4)
def groups_named(text: str) -> frozenset[str]:
    words_of_page = folded(text)
    return frozenset(name for name, pattern in _groups().items() if pattern.search(words_of_page))
