"""A question that finds nothing may be mistyped. Titles and topics of the site are the words to choose from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from articles.models import Edition
from articles.search.question import Question
from articles.search.words import WORD, composed, fold

NEWEST = 2_000  # titles that are read; a word of an older article alone is not suggested
SHORTEST = 4  # of three letters, every word is close to another
CLOSE = 0.75


def nearest(question: Question) -> str:
    """Return the question with the words that the site has, or nothing if none is near. One query."""
    known = _vocabulary()
    better = [_closest(word, known) for word in question.words]
    if not any(better):
        return ""
    return " ".join(new or word for new, word in zip(better, question.words, strict=True))


def _vocabulary() -> dict[str, str]:
    """Return folded word -> the word as it is written, in small letters."""
    newest = Edition.objects.live().order_by("-published_at", "-pk")
    rows = newest.values_list("title", "topic__name")[:NEWEST]
    written = {word for row in rows for text in row if text for word in _words(text)}
    return {fold(word): word.lower() for word in written}


def _words(text: str) -> Iterable[str]:
    return (
        word
        for word in WORD.findall(composed(text))
        if len(word) >= SHORTEST and not any(map(str.isdigit, word))
    )


def _closest(word: str, known: dict[str, str]) -> str:
    if len(word) < SHORTEST or word in known:
        return ""
    # The first letter is seldom wrong, and comparing every word would take as long as the search.
    near = [other for other in known if other[0] == word[0] and abs(len(other) - len(word)) <= 2]
    found = difflib.get_close_matches(word, near, n=1, cutoff=CLOSE)
    return known[found[0]] if found else ""
