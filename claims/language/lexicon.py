"""The lists of the two data files and what editors added, as one index of phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import yaml

from claims.language.folding import fold
from claims.language.inflection import forms
from claims.language.phrases import Index
from claims.terms import DataError, Terms, terms

DATA = Path(__file__).resolve().parent.parent / "data" / "language.yaml"
Severity: TypeAlias = Literal["error", "warning"]
Row: TypeAlias = tuple[str, str, bool]  # list, phrase, is on

# What competes for the same words: within a family the longest phrase wins.
FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "strong": "verb", "weak": "verb", "strong_noun": "verb", "weak_noun": "verb", "no_verb": "verb",
        "disease": "thing", "exempt": "thing", "homonym": "thing", "natural": "thing",
        "nutrient": "who", "product": "who", "agent": "who", "drug": "who", "people": "who",
        "overclaim": "overclaim", "not_overclaim": "overclaim",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DiseaseTerm:
    group: str
    is_critical: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Compared by identity: a new one is made when a word changes, and every cache starts afresh."""

    index: Index
    words: Mapping[str, frozenset[str]]
    diseases: Mapping[str, DiseaseTerm]
    wordings: Mapping[str, str]
    interactions: Mapping[str, frozenset[str]]
    authorised: Mapping[str, tuple[str, ...]]
    terms: Terms = field(repr=False)


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """Return the words as shipped. Raises DataError."""
    return build(())


@lru_cache(maxsize=4)
def build(rows: tuple[Row, ...]) -> Lexicon:
    """Return the words with what editors added (`on`) or switched off. Raises DataError."""
    return _Builder(_load(), terms(), rows).lexicon()


@lru_cache(maxsize=1)
def _load() -> Mapping[str, Any]:
    found = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    check(found)
    return MappingProxyType(found)


def check(data: Any, path: str = "") -> None:
    """Raise DataError with the place where something else stands than a list of words that differ."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name != "version":
                check(value, f"{path}/{name}".lstrip("/"))
    elif isinstance(data, list):
        if bad := [word for word in data if not isinstance(word, str) or not word.strip()]:
            raise DataError(f"{path} holds {bad[0]!r}, which is not a word.")
        if twice := sorted({word for word in data if data.count(word) > 1}):
            raise DataError(f"{path} names {', '.join(twice)} twice.")
    elif not isinstance(data, str):
        raise DataError(f"{path} is not a list of words.")


# The lists that an editor can extend, under the names that the admin shows.
EDITABLE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "disease": ("disease", "error"),
        "disease_critical": ("disease", "critical"),
        "disease_exempt": ("exempt", ""),
        "not_a_disease": ("homonym", ""),
        "strong_verb": ("strong", "treat"),
        "weak_verb": ("weak", "help_with"),
        "implied_phrase": ("implied", ""),
        "nutrient": ("nutrient", ""),
        "product": ("product", ""),
        "drug": ("drug", ""),
        "overclaim_error": ("overclaim", "error"),
        "overclaim_warning": ("overclaim", "warning"),
        "absolute_safety": ("safety", ""),
        "fda_phrase": ("fda", ""),
        "advice_error": ("advice_error", ""),
        "advice_reader": ("advice_reader", ""),
        "citation_cue": ("cue", ""),
        "body_function": ("function", ""),
    }
)
_VERBS = frozenset({"strong", "weak"})
# Words that are looked up one by one, not found as phrases.
_PLAIN = (
    "implied/normal", "implied/not_with", "linked", "lower", "improved", "safety_not_before", "overclaims/not_before",
    "evidence/dated",
)  # fmt: skip
# path in language.yaml -> list
_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "nutrients": "nutrient", "products": "product", "agents": "agent", "people": "people", "drugs": "drug",
        "diseases/exempt": "exempt", "diseases/homonyms": "homonym", "implied/phrases": "implied",
        "implied/signs": "sign",
        "before_disease_verbs_after": "after", "after_disease_with_a_nutrient": "after_weak", "gone": "gone",
        "overclaims/homonyms": "not_overclaim",
        "comparisons": "compare", "safety": "safety", "fda": "fda", "fda_not_for": "fda_not_for",
        "regulators": "regulator", "regulators_say": "regulator_says", "sceptics": "sceptic",
        "research_open": "research",
        "overclaims/not_object": "not_overclaimed", "adjacent_comparisons": "compare_adjacent",
        "eu/phrases": "eu_verb", "eu/functions": "function", "eu/adjectives": "eu_adjective",
        "advice/error": "advice_error", "advice/reader": "advice_reader", "advice/groups": "group",
        "advice/actions": "action", "advice/cautions": "caution", "advice/referrals": "referral",
        "evidence/cues": "cue", "evidence/not_authorities": "no_authority", "evidence/authorities": "authority",
        "evidence/study_words": "study", "evidence/health": "health", "evidence/not_numbers": "not_number",
        "evidence/causal": "causal", "evidence/weak_titles": "weak_title",
        "evidence/strong_titles": "strong_title",
        "any_medicine": "any_medicine", "interaction_denials": "denial",
        "interaction_denials_with_cue": "denial_weak",
    }
)  # fmt: skip
_VERB_LISTS: Mapping[str, str] = MappingProxyType(
    {"implied/verbs": "implied_verb", "eu/verbs": "eu_verb", "eu/harm_verbs": "harm"}
)


class _Builder:
    def __init__(self, data: Mapping[str, Any], facts: Terms, rows: tuple[Row, ...]) -> None:
        self.data, self.facts = data, facts
        self.off = {
            (EDITABLE[name][0], form)
            for name, phrase, is_on in rows
            if not is_on and name in EDITABLE
            for form in _all_forms(EDITABLE[name][0], spelled(phrase))
        }
        self.added = [
            (EDITABLE[name], spelled(phrase)) for name, phrase, is_on in rows if is_on and name in EDITABLE
        ]
        self.diseases: dict[str, DiseaseTerm] = {}

    def at(self, path: str) -> Any:
        found: Any = self.data
        for step in path.split("/"):
            if step not in found:
                raise DataError(f"{path} is missing.")
            found = found[step]
        return found

    def lexicon(self) -> Lexicon:
        triples = [*self._diseases(), *self._verbs(), *self._facts(), *self._lists(), *self._editors()]
        wanted = {
            (kind, term, phrase): None for kind, term, phrase in triples if (kind, phrase) not in self.off
        }
        words = {path: frozenset(map(spelled, self.at(path))) for path in _PLAIN}
        own = {claims.prefix.lower(): claims.claims for claims in self.facts.authorised}
        return Lexicon(
            index=Index(wanted),
            words=MappingProxyType(words),
            diseases=MappingProxyType(self.diseases),
            wordings=MappingProxyType(self.at("wordings")),
            interactions=MappingProxyType(
                {name: frozenset(map(spelled, found)) for name, found in self.at("interactions").items()}
            ),
            authorised=MappingProxyType(
                {name: tuple(found) for name, found in self.at("authorised_more").items()} | own
            ),
            terms=self.facts,
        )

    def _disease(self, name: str, group: str, *, is_critical: bool) -> Iterator[tuple[str, str, str]]:
        self.diseases.setdefault(name, DiseaseTerm(group, is_critical))
        yield "disease", name, name
        if not name.endswith("s") and " " not in name:
            yield "disease", name, f"{name}s"

    def _diseases(self) -> Iterator[tuple[str, str, str]]:
        for found in self.facts.disease_classes:
            for name in map(spelled, found.terms):
                if found.severity == "exempt":
                    yield "exempt", "", name
                else:
                    yield from self._disease(name, found.name, is_critical=found.severity == "critical")
        groups = {"critical_cancer": "cancer", "critical_infection": "infectious", "error": "other"}
        for path, group in groups.items():
            for name in map(spelled, self.at(f"diseases/{path}")):
                yield from self._disease(name, group, is_critical=path != "error")

    def _verbs(self) -> Iterator[tuple[str, str, str]]:
        for strength, verbs in (("strong", self.facts.strong_verbs), ("weak", self.facts.weak_verbs)):
            for verb in verbs:
                yield from (
                    (strength, verb.lemma, spelled(form)) for form in verb.forms if " of" not in form[-3:]
                )
        for strength, lemmas in self.at("verbs").items():
            for lemma, phrases in lemmas.items():
                for phrase in phrases:
                    yield from ((strength, lemma, form) for form in forms(spelled(phrase)))
        for strength, lemmas in self.at("nouns").items():
            for lemma, phrases in lemmas.items():
                yield from ((f"{strength}_noun", lemma, spelled(phrase)) for phrase in phrases)
        for path, kind in _VERB_LISTS.items():
            for phrase in self.at(path):
                yield from ((kind, phrase, form) for form in forms(spelled(phrase)))

    def _facts(self) -> Iterator[tuple[str, str, str]]:
        """The lists of claim_terms.yaml that the grammar uses as they are."""
        phrases = self.facts.phrases
        same = {
            "natural_states/allowed": "natural", "implied_disease_phrases": "implied",
            "absolute_safety_phrases": "safety",
            "fda_misuse_phrases": "fda", "drug_comparison/drugs": "drug",
            "medical_advice_phrases/error": "advice_error",
            "medical_advice_phrases/softeners": "referral", "hedges/acceptable": "hedge",
            "non_medical_contexts/non_disease_uses": "homonym", "non_medical_contexts/treat": "no_verb",
            "non_medical_contexts/fight": "no_verb", "non_medical_contexts/heal": "no_verb",
            "non_medical_contexts/diagnose": "no_verb", "non_medical_contexts/mitigate": "no_verb",
            "structure_function_verbs": "eu_verb",
        }  # fmt: skip
        for path, kind in same.items():
            for phrase in map(spelled, phrases[path]):
                if kind != "no_verb" or " " in phrase:
                    yield kind, phrase, phrase
        for verb in ("prevent", "cure"):
            yield from (
                ("not_object", verb, spelled(phrase)) for phrase in phrases[f"non_medical_contexts/{verb}"]
            )
        yield from (("cue", spelled(cue), spelled(cue)) for cue in phrases["citation_cues"] if "<" not in cue)
        for name, aliases in self.facts.nutrient_aliases.items():
            yield from (("nutrient", name.replace("_", " "), spelled(alias)) for alias in aliases)
        for level in ("error", "warning"):
            found = {*phrases[f"overclaim_phrases/{level}"], *self.at(f"overclaims/{level}")}
            yield from (("overclaim", level, spelled(phrase)) for phrase in sorted(found))

    def _lists(self) -> Iterator[tuple[str, str, str]]:
        for path, kind in _LISTS.items():
            for phrase in map(spelled, self.at(path)):
                yield kind, phrase, phrase
        for name, medicines in self.at("interactions").items():
            yield from (("medicine", spelled(medicine), spelled(medicine)) for medicine in medicines)
            yield "nutrient", name, name

    def _editors(self) -> Iterator[tuple[str, str, str]]:
        for (kind, term), phrase in self.added:
            if kind == "disease":
                yield from self._disease(phrase, "other", is_critical=term == "critical")
            elif kind in _VERBS:
                yield from ((kind, term, form) for form in forms(phrase))
            else:
                yield kind, term or phrase, phrase


def _all_forms(kind: str, phrase: str) -> Iterator[str]:
    if kind in _VERBS:
        return forms(phrase)
    return iter((phrase, f"{phrase}s") if kind == "disease" else (phrase,))


def spelled(phrase: str) -> str:
    """Return the phrase as the texts are read."""
    return " ".join(fold(phrase).text.split())
