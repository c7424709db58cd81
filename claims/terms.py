"""The words and phrases of health claims, from a validated data file. Pure; the checks decide what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import yaml

DATA = Path(__file__).resolve().parent / "data" / "claim_terms.yaml"
Words: TypeAlias = tuple[str, ...]
Patterns: TypeAlias = tuple[re.Pattern[str], ...]
DiseaseSeverity: TypeAlias = Literal["error", "critical", "exempt"]


class DataError(ValueError):
    """The file is wrong. The message names the entry."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that, with a disease as its object, makes a claim."""

    lemma: str
    forms: Words


@dataclass(frozen=True, slots=True)
class DiseaseClass:
    """Diseases of one sort. "exempt" are those of a missing nutrient: 21 CFR 101.93(g)(1) says they are no claim."""

    name: str
    severity: DiseaseSeverity
    terms: Words


@dataclass(frozen=True, slots=True)
class AuthorisedClaims:
    """What Regulation (EU) 432/2012 lets one say of a nutrient, from `source_of_micrograms` in a portion on."""

    nutrient: str
    prefix: str
    source_of_micrograms: Decimal
    claims: Words


@dataclass(frozen=True, slots=True)
class DoseGrammar:
    """The words of a dose. `units` maps a unit to micrograms, `times_per_day` a phrase to a factor."""

    units: Mapping[str, int]
    times_per_day: Mapping[str, int]
    range_separators: Words
    per_day_cues: Words
    compound_words: Words
    elemental_cues: Words
    food_source_cues: Words
    study_dose_cues: Words


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything in the file. Names are those of the file; `phrases` is keyed by them, "overclaim_phrases/error"."""

    strong_verbs: tuple[Verb, ...]
    weak_verbs: tuple[Verb, ...]
    disease_classes: tuple[DiseaseClass, ...]
    phrases: Mapping[str, Words]
    patterns: Mapping[str, Patterns]
    nutrient_aliases: Mapping[str, Words]
    authorised: tuple[AuthorisedClaims, ...]
    qualified_wordings: Words
    doses: DoseGrammar


PHRASES = (
    "natural_states/allowed",
    "natural_states/abnormal_serious",
    "implied_disease_phrases",
    "structure_function_verbs",
    "overclaim_phrases/error",
    "overclaim_phrases/warning",
    "absolute_safety_phrases",
    "fda_misuse_phrases",
    "drug_comparison/phrases",
    "drug_comparison/drugs",
    "medical_advice_phrases/error",
    "medical_advice_phrases/warning",
    "medical_advice_phrases/softeners",
    "vulnerable_groups",
    "non_medical_contexts/prevent",
    "non_medical_contexts/cure",
    "non_medical_contexts/treat",
    "non_medical_contexts/diagnose",
    "non_medical_contexts/fight",
    "non_medical_contexts/heal",
    "non_medical_contexts/mitigate",
    "non_medical_contexts/non_disease_uses",
    "hedges/acceptable",
    "hedges/not_enough_per_ftc",
    "evidence_callouts/labels",
    "evidence_callouts/non_evidence_labels",
    "citation_cues",
    "numeric_exempt",
)
PATTERNS = (
    "negation_patterns",
    "question_or_attribution_patterns",
    "numeric_claim_patterns",
    "citation_markers",
)


@lru_cache(maxsize=1)
def terms() -> Terms:
    """Return the shipped words. Raises DataError."""
    return parse(DATA.read_text(encoding="utf-8"))


def parse(text: str) -> Terms:
    """Read a file of terms. Raises DataError with the path of the entry that is wrong."""
    data = _Reader(yaml.safe_load(text))
    return Terms(
        strong_verbs=data.verbs("disease_verbs/strong"),
        weak_verbs=data.verbs("disease_verbs/weak"),
        disease_classes=tuple(data.disease_class(name) for name in data.at("disease_terms")),
        phrases=MappingProxyType({path: data.words(path) for path in PHRASES}),
        patterns=MappingProxyType({path: data.regexes(path) for path in PATTERNS}),
        nutrient_aliases=data.word_lists("nutrient_aliases"),
        authorised=tuple(
            data.authorised(name)
            for name, entry in data.at("eu_authorised_claims").items()
            if isinstance(entry, dict)
        ),
        qualified_wordings=tuple(
            wording
            for entry in data.at("fda_authorised_or_qualified")
            for wording in entry.get("wording", ())
        ),
        doses=DoseGrammar(
            units=data.numbers("dose_grammar/units"),
            times_per_day=data.numbers("dose_grammar/times_per_day"),
            range_separators=data.words("dose_grammar/range_separators"),
            per_day_cues=data.words("dose_grammar/per_day_cues"),
            compound_words=data.words("dose_grammar/compound_words"),
            elemental_cues=data.words("dose_grammar/elemental_cues"),
            food_source_cues=data.words("dose_grammar/food_source_cues"),
            study_dose_cues=data.words("dose_grammar/study_dose_cues"),
        ),
    )


class _Reader:
    """Reads typed values by path, "hedges/acceptable"."""

    def __init__(self, data: Any) -> None:
        self.data = data

    def at(self, path: str) -> Any:
        found = self.data
        for step in path.split("/"):
            if not isinstance(found, dict) or step not in found:
                raise DataError(f"{path} is missing.")
            found = found[step]
        return found

    def words(self, path: str) -> Words:
        found = self.at(path)
        if not isinstance(found, list) or not found or not all(isinstance(word, str) for word in found):
            raise DataError(f"{path} is not a list of words.")
        if twice := sorted({word for word in found if found.count(word) > 1}):
            raise DataError(f"{path} names {', '.join(twice)} twice.")
        return tuple(found)

    def word_lists(self, path: str) -> Mapping[str, Words]:
        return MappingProxyType({name: self.words(f"{path}/{name}") for name in self.at(path)})

    def numbers(self, path: str) -> Mapping[str, int]:
        found = self.at(path)
        if not all(isinstance(number, int) and number > 0 for number in found.values()):
            raise DataError(f"{path} holds something that is not a whole number.")
        return MappingProxyType(dict(found))

    def regexes(self, path: str) -> Patterns:
        try:
            return tuple(re.compile(pattern) for pattern in self.words(path))
        except re.error as error:
            raise DataError(f"{path} holds a broken pattern: {error}.") from error

    def verbs(self, path: str) -> tuple[Verb, ...]:
        return tuple(
            Verb(entry["lemma"], _Reader({entry["lemma"]: entry["forms"]}).words(entry["lemma"]))
            for entry in self.at(path)
        )

    def disease_class(self, name: str) -> DiseaseClass:
        path = f"disease_terms/{name}"
        severity = self.at(f"{path}/severity")
        if severity not in {"error", "critical", "exempt"}:
            raise DataError(f"{path} has the unknown severity {severity!r}.")
        return DiseaseClass(name, severity, self.words(f"{path}/terms"))

    def authorised(self, name: str) -> AuthorisedClaims:
        path = f"eu_authorised_claims/{name}"
        entry = self.at(path)
        unit, factor = ("source_of_mg", 1_000) if "source_of_mg" in entry else ("source_of_ug", 1)
        micrograms = Decimal(str(self.at(f"{path}/{unit}"))) * factor
        return AuthorisedClaims(name, self.at(f"{path}/prefix"), micrograms, self.words(f"{path}/claims"))
