"""A disease in the name of a product: "Migraine Shield", "ArthriCure"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.checks.found import Found, Page
from claims.language.sentences import Sentence

_NAMES = frozenset(
    "relief shield defense defence away support formula complex care guard fighter control ease aid "
    "stop plus blocker buster "
    "rescue remedy cure balance help free protect pro max solution tonic drops tea blend capsules "
    "caps forte busters away ex "
    "off go".split()
)
_NOT_NAMES = frozenset(
    "group foundation society association institute journal trust charity clinic center centre day".split()
)
_FUSED = re.compile(
    r"\b(?:Arthri|Osteo|Migra|Migrain|Diabet|Cancer|Tumor|Asthma|Eczema|Psori|Hepat|Gluco|Cholest|"
    r"Hyperten|Flu|Cold|Herp|Depress|Alzhei)"
    r"[a-z]{0,4}[A-Z][a-z]{2,}\b"
)  # fmt: skip
MESSAGE = "The name of the product holds a disease."
FIX = "Do not print this name: name the brand and the ingredient instead, or leave the product out."


def product_names(page: Page) -> Iterator[Found]:
    """CLM01: 21 CFR 101.93(g)(2)(iv)(A). Headings are in title case anyway and tell no name from a word."""
    if page.reading.kind == "heading":
        return
    for match in _FUSED.finditer(page.reading.text):
        yield Found("CLM01", "error", match.start(), match.end(), MESSAGE, FIX)
    for sentence in page.sentences:
        yield from _spaced(page, sentence)


def _spaced(page: Page, sentence: Sentence) -> Iterator[Found]:
    words = sentence.words
    for hit in sentence.of("disease"):
        if hit.last >= len(words) or words.said[hit.last] not in _NAMES or not words.joined[hit.last - 1]:
            continue
        following = words.said[hit.last + 1] if hit.last + 1 < len(words) else ""
        start, end = page.origin(sentence, hit.first, hit.last + 1)
        said = page.reading.text[start:end]
        if following in _NOT_NAMES or not all(
            word[:1].isupper() for word in re.split(r"[\s-]+", said) if word
        ):
            continue
        known = page.lexicon.diseases[hit.term]
        if not page.is_title(start, end):
            yield Found("CLM01", "error", start, end, MESSAGE, FIX, critical=known.is_critical)
