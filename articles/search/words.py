"""Words as the index knows them: folded to plain letters, then stemmed in the language of the text.

Both the index and the questions go through `terms`, so neither database needs a dictionary, an extension or a
configuration of its own, and both find the same articles.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

VERSION = 2  # raise it when a word may become another term: the whole index is then written anew
STEMMERS = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}
LONGEST_TERM = 40
# Of one word: a ligature such as U+FDFA is four terms, and a question may be written in nothing else.
MOST_TERMS = 8

# The possessive is part of its word: "vitamin's" is no word "s".
WORD = re.compile(r"[^\W_]+(?:['’][sS]\b)?")
PLAIN = re.compile(r"[^\W_]+")
# "β-carotene" and "ω-3" are typed with Latin letters; Greek words stay Greek.
GREEK = re.compile(r"(?<![^\W\d_])[αβγδω](?![^\W\d_])")
GREEK_NAMES = dict(zip("αβγδω", ("alpha", "beta", "gamma", "delta", "omega"), strict=True))

_stemmers: dict[str, Any] = {name: snowballstemmer.stemmer(name) for name in STEMMERS.values()}
_stemmers_lock = threading.Lock()  # a stemmer keeps the word it works on


class Word(NamedTuple):
    """A word of a text: where it stands and what the index calls it (more than one term for "½")."""

    start: int
    end: int
    terms: tuple[str, ...]


def words(text: str, language: str) -> Iterator[Word]:
    """Yield the words of a composed text (`composed`)."""
    for found in WORD.finditer(text):
        yield Word(found.start(), found.end(), terms(found[0], language))


def composed(text: str) -> str:
    """Return the text with every accent in its letter: a letter with an accent beside it would be two words."""
    return unicodedata.normalize("NFC", text)


def stems(text: str, language: str) -> str:
    """Return a text as the index keeps it: terms in their order, blanks between."""
    return " ".join(term for word in words(composed(text), language) for term in word.terms)


def fold(text: str) -> str:
    """Return the text without case, accents and typographic forms: "Kürbiß", "B₁₂" -> "kurbiss", "b12"."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in apart if not unicodedata.combining(character)).casefold()
    return GREEK.sub(lambda found: GREEK_NAMES[found[0]], bare)


@lru_cache(maxsize=50_000)
def terms(word: str, language: str) -> tuple[str, ...]:
    """Return the terms of one word; a language without a stemmer keeps its words as they are."""
    bare = re.sub("['’]s$", "", fold(word))
    stemmer = STEMMERS.get(language[:2].lower(), "")
    return tuple(_stem(part, stemmer)[:LONGEST_TERM] for part in PLAIN.findall(bare)[:MOST_TERMS])


def _stem(word: str, stemmer: str) -> str:
    if not stemmer or not word.isalpha():
        return word
    with _stemmers_lock:
        return str(_stemmers[stemmer].stemWord(word))
