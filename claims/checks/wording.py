"""Wordings to propose: what may be said instead."""

from __future__ import annotations

import re

from claims.checks.found import Page
from claims.language.phrases import Hit
from claims.language.sentences import Sentence, read

_SIGNS = (
    ("blood pressure", "blood pressure that is already in the normal range"),
    ("cholesterol", "cholesterol levels that are already in the normal range"),
    ("sugar", "blood sugar levels that are already in the normal range"),
    ("glucose", "blood sugar levels that are already in the normal range"),
    ("thyroid", "normal thyroid function"),
    ("testosterone", "testosterone levels that are already in the normal range"),
)


def nutrient_of(page: Page, sentence: Sentence) -> str:
    """Return the nutrient that the sentence is about, else the one of what stands around it, or "".

    One with an authorised claim comes first: "Antioxidants" may be the name of a journal.
    """
    reading = page.reading
    for text in ("", reading.before, reading.row, reading.lead, reading.heading, reading.topic):
        sentences = read(text, page.lexicon).sentences if text else (sentence, *page.sentences)
        for one in sentences:
            if named := one.of("nutrient"):
                return _best(page, named)
    return ""


def _best(page: Page, named: tuple[Hit, ...]) -> str:
    known = [hit.term for hit in named if hit.term in page.lexicon.authorised]
    return (known or [named[0].term])[0]


def reword(page: Page, sentence: Sentence, disease: str, quote: str) -> str:
    """Return one sentence that says what to write instead of a disease claim."""
    known = page.lexicon.diseases.get(disease)
    short = quote if len(quote) <= 80 else f"{quote[:79]}…"
    if known is not None and known.group == "cancer":
        return f"Delete “{short}”: no food or supplement may be linked with cancer."
    nutrient = nutrient_of(page, sentence)
    wording = page.lexicon.wordings.get(known.group, "") if known else _sign_wording(quote)
    wording = wording or authorised_function(page, nutrient)
    return f"Say what it does in a healthy body instead of “{short}”: “{_with_verb(nutrient)} {wording}”."


def _sign_wording(quote: str) -> str:
    said = quote.lower()
    return next((wording for sign, wording in _SIGNS if sign in said), "")


def _with_verb(nutrient: str) -> str:
    name = (
        re.sub(r"(?<=vitamin )[a-z]\d*|^[bdk]\d+$", lambda letters: letters[0].upper(), nutrient)
        or "this ingredient"
    )
    return f"{name} {'support' if name.endswith('s') else 'supports'}"


def authorised_function(page: Page, nutrient: str) -> str:
    """Return "normal muscle function", the first such wording that is authorised for the nutrient."""
    for claim in page.lexicon.authorised.get(nutrient, ()):
        if found := re.fullmatch(r"contributes to (?:the )?((?:maintenance of )?normal .*)", claim):
            return found[1]
    return "normal body functions"
