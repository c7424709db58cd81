"""Finding thousands of phrases in one pass over the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
GAP = "*"  # in a phrase: room for some words
MOST_IN_GAP = 6
_SOFT = re.compile(r"""[ \t\xa0/%"'*_-]*""")
_POINTED = frozenset({"st", "dr", "mr", "mrs", "u", "s", "d", "vs"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one sentence: as typed but folded, without 's, and where they stand. `hard[i]`: what stands between
    word i and the next one parts them (", ", "—", "(").
    """

    said: tuple[str, ...]
    bare: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    gaps: tuple[str, ...]
    joined: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.said)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of list `kind` at the words `first` up to `last`; `term` is what the list says of it."""

    kind: str
    term: str
    first: int
    last: int  # one past the end


def split_words(text: str, start: int, end: int) -> Words:
    found = [(match[0], match.start(), match.end()) for match in WORD.finditer(text, start, end)]
    said = tuple(word for word, _, _ in found)
    gaps = [text[one[2] : two[1]] for one, two in pairwise(found)]
    gaps.append(text[found[-1][2] : end] if found else "")
    joined = [_is_soft(word, gap) for word, gap in zip(said, gaps, strict=False)]
    return Words(
        said=said,
        bare=tuple(word.removesuffix("'s").removesuffix("s'") if "'" in word else word for word in said),
        spans=tuple((first, last) for _, first, last in found),
        gaps=tuple(gaps),
        joined=tuple(joined),
    )


def _is_soft(word: str, gap: str) -> bool:
    if gap in {" ", "-"}:
        return True
    if word in _POINTED and gap.startswith("."):
        gap = gap[1:]
    return " - " not in gap and _SOFT.fullmatch(gap) is not None


@dataclass(frozen=True, slots=True)
class _Entry:
    rest: tuple[str, ...]
    kind: str
    term: str


class Index:
    """All phrases by their first word."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        """`phrases` are triples of list, what the list says of the phrase, and the phrase."""
        self._entries: dict[str, list[_Entry]] = {}
        for kind, term, phrase in phrases:
            words = tuple(re.findall(r"[^\W_]+(?:'[^\W_]+)*|\*", phrase))
            if words and words[0] != GAP:
                self._entries.setdefault(words[0], []).append(_Entry(words[1:], kind, term))

    def hits(self, words: Words) -> Iterator[Hit]:
        entries = self._entries
        for place, (said, bare) in enumerate(zip(words.said, words.bare, strict=True)):
            found = entries.get(said, ())
            if bare != said:
                found = (*found, *entries.get(bare, ()))
            for entry in found:
                last = _match(words, place + 1, entry.rest) if entry.rest else place + 1
                if last:
                    yield Hit(entry.kind, entry.term, place, last)


def _match(words: Words, at: int, rest: Sequence[str]) -> int:
    """Return one past the last word of the phrase, or 0."""
    for number, wanted in enumerate(rest):
        if wanted == GAP:
            tail = rest[number + 1 :]
            return _match_after_gap(words, at, tail)
        if at >= len(words) or not words.joined[at - 1] or wanted not in {words.said[at], words.bare[at]}:
            return 0
        at += 1
    return at


def _match_after_gap(words: Words, at: int, tail: Sequence[str]) -> int:
    for start in range(at, min(at + MOST_IN_GAP, len(words) - len(tail)) + 1):
        if not words.joined[start - 1]:
            return 0
        if last := _match_tail(words, start, tail):
            return last
    return 0


def _match_tail(words: Words, at: int, tail: Sequence[str]) -> int:
    if at >= len(words) or words.said[at] != tail[0]:
        return 0
    return _match(words, at + 1, tail[1:])


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that do not lie within a longer one, in reading order."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.first, -one.last)):
        near = kept[-4:]
        is_longer = all(hit.last > other.last for other in near)
        if is_longer or any((other.first, other.last) == (hit.first, hit.last) for other in near):
            kept.append(hit)
    return kept
