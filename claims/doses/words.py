"""The words by which doses are read, from a validated data file. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from claims.limits import Table, table
from claims.terms import terms

DATA = Path(__file__).resolve().parents[1] / "data" / "dose_words.yaml"
ROLES = ("limit", "rda", "study", "study_strong", "food", "label", "warning", "advice")
GROUPS = (
    "pregnancy", "lactation", "kidney", "infant", "toddler", "child", "teen", "older", "men", "women", "adult",
)  # fmt: skip
Pattern: TypeAlias = re.Pattern[str]


class DataError(ValueError):
    """The file is wrong. The message names the entry."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a name in the text stands for. `nutrient` is "" for other substances.

    `form` is a salt ("bisglycinate") or a chemical form ("retinol"); `fraction` the row that says how much of the
    element a compound holds.
    """

    nutrient: str
    form: str = ""
    is_compound: bool = False
    fraction: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    names: Mapping[str, Name]
    symbols: Mapping[str, str]
    name_pattern: Pattern
    symbol_pattern: Pattern
    fillers: frozenset[str]
    generic: frozenset[str]
    labels: frozenset[str]
    same_form: Mapping[str, str]
    roles: Mapping[str, Pattern]
    groups: Mapping[str, Pattern]
    group_negation: Pattern
    referral: Pattern
    diet: Pattern
    authorities: Mapping[str, Pattern]
    basis: Mapping[str, Pattern]


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the shipped words. Raises DataError."""
    return parse(DATA.read_text(encoding="utf-8"), table())


def parse(text: str, intake: Table) -> Words:
    """Read a file of words. Raises DataError with the entry that is wrong."""
    data = yaml.safe_load(text)
    if not isinstance(data, dict):
        raise DataError("The file is no mapping.")
    names = _names(data, intake)
    longest_first = sorted(names, key=len, reverse=True)
    return Words(
        names=names,
        symbols=_symbols(data),
        name_pattern=re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"),
        symbol_pattern=re.compile(rf"(?<![\w])(?:{'|'.join(_symbols(data))})(?:2\+|²⁺)?(?![\w])"),
        fillers=frozenset(_listed(data, "fillers")),
        generic=frozenset(_listed(data, "generic")),
        labels=frozenset(_listed(data, "labels")),
        same_form=_mapping(data, "same_form"),
        roles=_patterns(data, "roles", ROLES),
        groups=_patterns(data, "groups", GROUPS),
        group_negation=_pattern("group_negations", _listed(data, "group_negations")),
        referral=_pattern("referrals", _listed(data, "referrals")),
        diet=_pattern("diet_words", _listed(data, "diet_words")),
        authorities=_patterns(data, "authorities", ("US", "EU")),
        basis=_patterns(data, "basis", ("supplements", "total")),
    )


def _names(data: Mapping[str, Any], intake: Table) -> dict[str, Name]:
    """Return every name of a nutrient, a compound or another substance."""
    known = {row.nutrient for row in intake.limits}
    forms = _mapping(data, "forms")
    names: dict[str, Name] = {}
    for nutrient, aliases in _mapping(data, "nutrients").items():
        _expect(nutrient in known, f"nutrients/{nutrient} is not in the table")
        for alias in {*terms().nutrient_aliases.get(nutrient, ()), *aliases}:
            names[alias] = Name(nutrient, forms.get(alias, ""))
    fractions = {(row.nutrient, row.form) for row in intake.fractions}
    for nutrient, salts in _mapping(data, "salts").items():
        for salt, fraction in salts.items():
            _expect(not fraction or (nutrient, fraction) in fractions, f"salts/{nutrient}/{salt}")
            names[f"{nutrient} {salt}"] = Name(nutrient, salt, is_compound=True, fraction=fraction)
    for name, entry in _mapping(data, "compounds").items():
        _expect((entry["nutrient"], entry["fraction"]) in fractions, f"compounds/{name}")
        names[name] = Name(entry["nutrient"], entry["form"], is_compound=True, fraction=entry["fraction"])
    for other in _listed(data, "others"):
        names[other] = Name("")
    return names


def _symbols(data: Mapping[str, Any]) -> Mapping[str, str]:
    return _mapping(data, "symbols")


def _mapping(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    if not isinstance(found, dict) or not found:
        raise DataError(f"{name} is no mapping")
    return found


def _listed(data: Mapping[str, Any], name: str) -> list[str]:
    found = data.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(word, str) for word in found):
        raise DataError(f"{name} is no list of words")
    return found


def _patterns(data: Mapping[str, Any], name: str, keys: Iterable[str]) -> dict[str, Pattern]:
    entries = _mapping(data, name)
    _expect(set(entries) == set(keys), f"{name} holds other keys than {', '.join(sorted(keys))}")
    return {key: _pattern(f"{name}/{key}", _listed(entries, key)) for key in keys}


def _pattern(name: str, patterns: list[str]) -> Pattern:
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    except re.error as error:
        raise DataError(f"{name} holds a broken pattern: {error}") from error


def _expect(is_true: bool, problem: str) -> None:
    if not is_true:
        raise DataError(problem)
