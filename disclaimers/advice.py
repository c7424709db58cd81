"""What a page advises, to whom and how much, by word list. Pure.

It decides which warnings are placed. Naming a supplement is not advising it: a sentence must tell the reader to take
a preparation of the nutrient or an amount of it, or say how much of it a day, without refusing and without reporting
what a study gave or an authority allows. To sell a supplement is to advise it, too.
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
def _aliases() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return a pattern for every name of a nutrient, and whose each is: in "potassium iodide" the longest one."""
    ids = {alias: name for name, aliases in terms()["nutrients"].items() for alias in aliases}
    return words(ids), ids


def nutrients_in(text: str) -> frozenset[str]:
    """Return the ids of the nutrients that are named."""
    pattern, ids = _aliases()
    return frozenset(ids[found] for found in pattern.findall(folded(text)))


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, re.Pattern[str]]:
    return {name: words(aliases) for name, aliases in terms()["groups"].items()}


_AMOUNT = re.compile(rf"(?<!\w){AMOUNT}(?!\w)")
_COMPOUND = re.compile(rf"(?<!\w){AMOUNT}\s+(?:of\s+)?[\w-]+\s+(?:{FORMS})(?!\w)")
_FORM = re.compile(rf"(?<!\w)(?:{FORMS})(?!\w)")
# "If you take iron, ask first" tells nobody to take iron.
_CONDITION = re.compile(r"(?<!\w)(?:if|when|before|after|while) you\b[^,;:]*(?:[,;:]|$)")
# "50 µg a day stays below both limits" is advice all the same.
_WITHIN = re.compile(r"(?<!\w)(?:below|under|within|inside|short of) (?:[\w-]+ ){0,3}limits?(?!\w)")


@lru_cache(maxsize=8)
def _any_of(kind: str) -> re.Pattern[str]:
    return words(terms()[kind])


@lru_cache(maxsize=4)  # slots and checks of one page ask again and again
def sentences(text: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in SENTENCE_END.split(folded(text)) if sentence.strip())


@lru_cache(maxsize=4)
def supplements_advised(text: str) -> frozenset[str]:
    """Return the ids of the nutrients that the reader is told to take as a supplement."""
    return frozenset().union(*(nutrients_in(sentence) for sentence in sentences(text) if _advises(sentence)))


def _advises(sentence: str) -> bool:
    if sentence.rstrip().endswith("?") or _any_of("refusals").search(sentence):
        return False
    has_amount = _AMOUNT.search(sentence) is not None
    is_report = _any_of("reports").search(_WITHIN.sub(" ", sentence)) is not None
    if has_amount and not is_report and _any_of("regimens").search(sentence):
        return True
    if not _any_of("advice").search(_CONDITION.sub(" ", sentence)):
        return False
    is_preparation = _any_of("preparations").search(sentence) or _FORM.search(sentence)
    return has_amount or is_preparation is not None


@lru_cache(maxsize=4)
def doses_named(text: str) -> frozenset[str]:
    """Return the ids of the nutrients that stand in a sentence with an amount."""
    return frozenset().union(
        *(nutrients_in(sentence) for sentence in sentences(text) if _AMOUNT.search(sentence))
    )


@lru_cache(maxsize=4)
def has_compound_dose(text: str) -> bool:
    """Return whether an amount of a compound is given, "400 mg magnesium citrate"."""
    return _COMPOUND.search(folded(text)) is not None


@lru_cache(maxsize=4)
def groups_named(text: str) -> frozenset[str]:
    words_of_page = folded(text)
    return frozenset(name for name, pattern in _groups().items() if pattern.search(words_of_page))
