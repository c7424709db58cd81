"""A sentence with an editor's word, and what the checks say of it."""

from __future__ import annotations

from claims.checks.found import Found
from claims.checks.run import passage_findings
from claims.language.lexicon import Lexicon
from claims.language.reading import Reading

_SENTENCES = {
    "disease": "Magnesium cures {}.",
    "disease_critical": "Magnesium cures {}.",
    "disease_exempt": "Magnesium treats {}.",
    "not_a_disease": "Magnesium treats {}.",
    "strong_verb": "Magnesium can {} arthritis.",
    "weak_verb": "Magnesium may {} arthritis.",
    "implied_phrase": "Magnesium is {}.",
    "nutrient": "{} cures arthritis.",
    "product": "This {} cures arthritis.",
    "drug": "Magnesium is a natural alternative to {}.",
    "body_function": "Magnesium supports {}.",
}


def example_of(name: str, phrase: str, lexicon: Lexicon) -> tuple[str, tuple[Found, ...]]:
    """Return a sentence with a phrase of list `name`, and its findings for a site that is read in the US and the EU."""
    before, gap, after = phrase.partition(" * ")
    pattern = _SENTENCES.get(name, "With this magnesium, {}.")
    if gap and name.endswith("verb"):
        sentence = f"Magnesium can {before} arthritis {after}."
    else:
        sentence = pattern.format(phrase.replace(" * ", " … "))
    sentence = sentence[:1].upper() + sentence[1:]
    return sentence, passage_findings(Reading(sentence, jurisdictions=("US", "EU")), lexicon)
