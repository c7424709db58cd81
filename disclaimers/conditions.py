"""The rule of a text as an editor sees it: boxes to tick, and names to choose. Pure; the inverse of one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from disclaimers import advice, rules

CLAIMS = "supplement_structure_function_claims"
SUPPLEMENTS, DOSE_OF, GROUP = "recommends_supplement", "mentions_dose_of", "mentions_group"
# What an editor ticks, and the part of the rule that it stands for.
CONDITIONS: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "paid": ("The page has a paid link", {"has_affiliate_link": True}),
        "amazon": ("The page has an Amazon link", {"has_amazon_link": True}),
        "card": ("The page shows a product box or a comparison", {"shows_product_card": True}),
        "ranking": (
            "The page says that commission decides its ranking",
            {"ranking_influenced_by_commission": True},
        ),
        "health": ("The page is about health", {"is_health_article": True}),
        "evidence": ("The page shows an evidence callout", {"has_evidence_callout": True}),
        "claim": ("The page says one thing about what a supplement does", {CLAIMS: {"eq": 1}}),
        "claims": ("The page says several things about what supplements do", {CLAIMS: {"gte": 2}}),
        "dose": ("The page gives an amount of a nutrient", {"mentions_dose": True}),
        "compound": (
            "The page gives an amount of a compound, such as 400 mg magnesium citrate",
            {"mentions_compound_dose": True},
        ),
    }
)


def nutrients() -> list[tuple[str, str]]:
    """Return id and name of the nutrients that rules can name."""
    return [(name, name_of(name)) for name in advice.terms()["nutrients"]]


def groups() -> list[tuple[str, str]]:
    return [(name, name_of(name)) for name in advice.terms()["groups"]]


def name_of(identifier: str) -> str:
    """Return an id as a reader would write it: `vitamin_b12` is "vitamin B12", `omega_3` is "omega-3"."""
    first, _, rest = identifier.partition("_")
    if not rest:
        return first
    return f"{first} {rest.upper()}" if rest[0].isalpha() else f"{first}-{rest}"


def form_values(when: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the fields of the form hold for a rule."""
    covered = _covered(when)
    return {
        "conditions": ticked(when),
        "supplements": _listed(when[SUPPLEMENTS]) if SUPPLEMENTS in covered else [],
        "dose_of": when[DOSE_OF] if DOSE_OF in covered else "",
        "group": when[GROUP] if GROUP in covered else "",
    }


def rule_of(values: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule that the fields of the form describe; `kept` is what they cannot show."""
    rule = dict(kept)
    for name in values.get("conditions", ()):
        rule |= CONDITIONS[name][1]
    supplements = list(values.get("supplements", ()))
    if rules.ANY in supplements:
        rule[SUPPLEMENTS] = rules.ANY
    elif supplements:
        rule[SUPPLEMENTS] = supplements if len(supplements) > 1 else supplements[0]
    for field, predicate in (("dose_of", DOSE_OF), ("group", GROUP)):
        if values.get(field):
            rule[predicate] = values[field]
    return rule


def ticked(when: Mapping[str, Any]) -> list[str]:
    """Return the boxes that a rule ticks."""
    return [name for name, (_, part) in CONDITIONS.items() if part.items() <= when.items()]


def beyond_form(when: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a rule holds beyond the fields of the form; saving keeps it."""
    covered = _covered(when)
    return {key: value for key, value in when.items() if key not in covered}


def summary(when: Mapping[str, Any]) -> str:
    """Return a rule in words, for the list."""
    words = [CONDITIONS[name][0].removeprefix("The page ") for name in ticked(when)]
    covered = _covered(when)
    if SUPPLEMENTS in covered:
        names = _listed(when[SUPPLEMENTS])
        words.append(f"advises a supplement{'' if names == [rules.ANY] else f' of {_any_of(names)}'}")
    if DOSE_OF in covered:
        words.append(f"gives an amount of {name_of(when[DOSE_OF])}")
    if GROUP in covered:
        words.append(f"speaks of the group {name_of(when[GROUP])}")
    words += [f"{name}: {value}" for name, value in beyond_form(when).items() if name in rules.PREDICATES]
    return " and ".join(words) or "only where an article names it"


def _any_of(names: Sequence[str]) -> str:
    return " or ".join(map(name_of, names))


def _listed(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted)


def _covered(when: Mapping[str, Any]) -> set[str]:
    """Return the predicates of a rule that the form shows. It knows no names but those of the word lists."""
    covered = {key for name in ticked(when) for key in CONDITIONS[name][1]}
    known = advice.terms()
    shown = {
        SUPPLEMENTS: _are_known(when.get(SUPPLEMENTS), [rules.ANY, *known["nutrients"]]),
        DOSE_OF: isinstance(when.get(DOSE_OF), str) and _are_known(when[DOSE_OF], known["nutrients"]),
        GROUP: isinstance(when.get(GROUP), str) and _are_known(when[GROUP], known["groups"]),
    }
    return covered | {predicate for predicate, is_shown in shown.items() if is_shown}


def _are_known(wanted: Any, names: Iterable[str]) -> bool:
    if not isinstance(wanted, str | list) or not wanted:
        return False
    known = set(names)
    return all(one in known for one in _listed(wanted))
