"""How alike two titles are.

Own code instead of rapidfuzz: its token-set ratio calls any subset identical ("Zinc" and "Zinc and immune function"),
which is the mistake this must not make, and what remains are a few lines over difflib.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Literal

from references.sources.crossref import without_flag

SAME, DIFFERENT = 0.90, 0.60
MISSPELT = 0.7  # two words as one: "suplementation"
MIN_PREFIX_WORDS = 3  # "Magnesium" is no shortened title of everything that begins with it
Likeness = Literal["same", "truncated", "unsure", "different"]
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
GREEK = str.maketrans(
    {
        "\u03b1": "alpha",
        "\u03b2": "beta",
        "\u03b3": "gamma",
        "\u03b4": "delta",
        "\u03ba": "kappa",
        "\u03bc": "mu",
        "\u00b5": "mu",
        "\u03c9": "omega",
    }
)


@dataclass(frozen=True, slots=True)
class Comparison:
    likeness: Likeness
    score: float


def fold(title: str) -> str:
    """Return the words of a title without markup, "RETRACTED:", case, accents and punctuation."""
    text = unicodedata.normalize("NFKD", without_flag(TAG.sub("", unescape(unescape(title)))))
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS).translate(GREEK))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())


def compare(claimed: str, found: str) -> Comparison:
    """Compare what a reference claims with what a source says.

    "truncated": the claimed title is the beginning of the true one. A source that leaves the subtitle away while the
    claim has it is "same".
    """
    ours, theirs = fold(claimed).split(), fold(found).split()
    if not ours or not theirs:
        return Comparison("unsure", 0.0)
    score = likeness(" ".join(ours), " ".join(theirs))
    if score == 1.0:
        return Comparison("same", score)
    if len(ours) < len(theirs) and theirs[: len(ours)] == ours and len(ours) >= MIN_PREFIX_WORDS:
        return Comparison("truncated", score)
    main = fold(re.split(r":|\s[-\u2013\u2014]\s", claimed, maxsplit=1)[0]).split()
    if main == theirs and len(theirs) >= MIN_PREFIX_WORDS:
        return Comparison("same", score)
    if score >= SAME and _are_misspellings(ours, theirs):
        return Comparison("same", score)
    return Comparison("unsure" if score >= DIFFERENT else "different", score)


def likeness(ours: str, theirs: str) -> float:
    """Return 0 to 1 for two folded titles: by letters, whatever the order of the words."""
    in_order = _ratio(ours, theirs)
    sorted_words = _ratio(" ".join(sorted(ours.split())), " ".join(sorted(theirs.split())))
    return max(in_order, sorted_words)


def _are_misspellings(ours: list[str], theirs: list[str]) -> bool:
    """Return whether the words that differ are the same words: vitamin D is not vitamin K, nor type 1 type 2."""
    spent, wanted = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
    return all(any(_ratio(word, other) >= MISSPELT for other in wanted) for word in spent if wanted)


def _ratio(one: str, other: str) -> float:
    if not one.replace(" ", "") or not other.replace(" ", ""):
        return 0.0
    first, second = one.replace(" ", ""), other.replace(" ", "")
    if first == second:  # "beta-blocker" and "betablocker"
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
