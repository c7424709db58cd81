"""Sentences, their words, clauses and the phrases in them. A text is read once and remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from claims.language.folding import Folded, fold
from claims.language.lexicon import FAMILIES, Lexicon
from claims.language.phrases import Hit, Words, longest, split_words

_END = re.compile(r"""[.!?…]+["')\]*_]*(?=\s|$)""")
_SHORT = frozenset(
    "dr mr mrs ms prof st vs e.g i.e cf al etc approx no fig vol pp p u.s u.k ca min max incl resp "
    "inc ltd".split()
)
_LAST_WORD = re.compile(r"[^\s(\[]*$")
_LONGER_THAN_SHORT = max(map(len, _SHORT)) + 1
_OPENING = re.compile(r"""[ \t\xa0"'“‘(\[*_–—-]*""")
_SPLITS = frozenset("but while whereas although though however because unless yet".split())
_SPLITS_BEFORE_SUBJECT = frozenset(
    "if when whenever since until once before after so as that whether how why where".split()
)
_SPLITS_BEFORE_NOUN = frozenset("if when whenever that whether how why".split())
PRONOUNS = frozenset(
    "it they this these those he she we you i both that's it's they're you'll you're".split()
)
RELATIVES = frozenset("which who that".split())
_DETERMINERS = frozenset("the a an your our my their its his her no every each".split())
_JOINS = frozenset("and or so then".split())
_OURS = ("nutrient", "product")
WHO = (*_OURS, "agent", "drug", "people")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """`text` is the whole folded text that the sentence stands in; `bounds` are the words that begin a clause."""

    text: str
    start: int
    end: int
    words: Words
    hits: Mapping[str, tuple[Hit, ...]]
    bounds: tuple[int, ...]

    def of(self, *kinds: str) -> tuple[Hit, ...]:
        if len(kinds) == 1:
            return self.hits.get(kinds[0], ())
        return tuple(
            sorted((hit for kind in kinds for hit in self.hits.get(kind, ())), key=lambda hit: hit.first)
        )

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words `first` up to `last` stand in the text."""
        return self.words.spans[first][0], self.words.spans[last - 1][1]

    def clause(self, word: int) -> tuple[int, int]:
        """Return the first word of the clause that `word` stands in, and one past its last."""
        start = max((bound for bound in self.bounds if bound <= word), default=0)
        return start, min((bound for bound in self.bounds if bound > word), default=len(self.words))

    def has_any(self, words: frozenset[str], first: int, last: int) -> bool:
        return not words.isdisjoint(self.words.said[max(first, 0) : max(last, 0)])

    @property
    def is_question(self) -> bool:
        return "?" in self.text[self.words.spans[-1][1] : self.end] if self.words else False

    @property
    def said(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    folded: Folded
    sentences: tuple[Sentence, ...]


@lru_cache(maxsize=8192)
def read(text: str, lexicon: Lexicon) -> Text:
    """Return the sentences of a text. Pure; remembered, so that typing reads one paragraph anew and not the page."""
    folded = fold(text)
    return Text(folded, tuple(_sentences(text, folded, lexicon)))


def _sentences(text: str, folded: Folded, lexicon: Lexicon) -> Iterator[Sentence]:
    start = 0
    for end in (*_ends(text, folded), len(folded.text)):
        words = split_words(folded.text, start, end)
        if words:
            hits = _hits(words, lexicon)
            yield Sentence(folded.text, start, end, words, hits, tuple(_bounds(words, hits)))
        start = end


def _ends(text: str, folded: Folded) -> Iterator[int]:
    for match in _END.finditer(folded.text):
        end = match.end()
        # A few characters, never the text before: a long paragraph would be read once for each of its sentences.
        near = folded.text[max(match.start() - _LONGER_THAN_SHORT, 0) : match.start()]
        word = _LAST_WORD.search(near)
        if match[0].startswith(".") and word and word[0] in _SHORT:
            continue
        opening = _OPENING.match(text, folded.index[end])
        following = text[opening.end() : opening.end() + 1] if opening else ""
        if following and following.islower() and match[0][0] not in "!?":
            continue
        yield end


def _hits(words: Words, lexicon: Lexicon) -> Mapping[str, tuple[Hit, ...]]:
    families: dict[str, list[Hit]] = {}
    for hit in lexicon.index.hits(words):
        families.setdefault(FAMILIES.get(hit.kind, hit.kind), []).append(hit)
    found: dict[str, list[Hit]] = {}
    for hits in families.values():
        for hit in longest(hits):
            found.setdefault(hit.kind, []).append(hit)
    return MappingProxyType({kind: tuple(hits) for kind, hits in found.items()})


def _bounds(words: Words, hits: Mapping[str, tuple[Hit, ...]]) -> Iterator[int]:
    who = {hit.first for kind in WHO for hit in hits.get(kind, ())}
    ours = {hit.first for kind in _OURS for hit in hits.get(kind, ())}
    for place in range(1, len(words)):
        if _begins_clause(words, place, who, ours):
            yield place


def _begins_clause(words: Words, place: int, who: set[int], ours: set[int]) -> bool:
    gap, word = words.gaps[place - 1], words.said[place]
    if any(mark in gap for mark in ";:—") or " - " in gap or word in _SPLITS:
        return True
    following = words.said[place + 1] if place + 1 < len(words) else ""
    if word in _SPLITS_BEFORE_SUBJECT:
        return (
            following in PRONOUNS
            or place + 1 in who
            or (following in _DETERMINERS and word in _SPLITS_BEFORE_NOUN)
        )
    if "," in gap or "(" in gap:
        at = place + 1 if word in _JOINS else place
        begins = words.said[at] if at < len(words) else ""
        return begins in PRONOUNS or begins in {"which", "who"} or at in ours
    return word in _JOINS and following in PRONOUNS and following not in {"this", "these", "those", "both"}
