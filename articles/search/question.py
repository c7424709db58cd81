"""What a reader typed, as slots of alternatives. Every text is a question; none is an error.

Nothing of the text reaches the database but letters and digits, so no operator of any index can be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from articles.search import synonyms
from articles.search.words import PLAIN, STEMMERS, WORD, composed, fold, terms

LONGEST = 200  # characters; the form allows no more
MOST_SLOTS = 12
SHORTEST_PREFIX = 3  # "d" would find every word with d

QUOTED = re.compile(r'["“”„«»]')
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# Words of a question that its answer need not have. The single letters of vitamins are none of them.
FILLERS = frozenset(
    "an and are as at be by can do does for from has have how i in is it its my of on or should that the this to was"
    " what when where which who why with you your"
    " das der die ein eine fur hat im ist mit oder und von was welche wie wozu zu zum zur"
    " au avec ce dans des du est et la le les ou par pour quel quelle que qui sur un une"
    " como con cual de del el en es esta los las para por se su una uno".split()
)

Terms = tuple[str, ...]


class Slot(NamedTuple):
    """One thing that an article must have: any of these sequences of terms, or a word that begins so."""

    alternatives: tuple[Terms, ...]
    prefix: str = ""


@dataclass(frozen=True)
class Question:
    """`text` is what the form shows again."""

    text: str
    slots: tuple[Slot, ...]
    words: tuple[str, ...] = ()

    @cached_property
    def sequences(self) -> frozenset[Terms]:
        return frozenset(terms for slot in self.slots for terms in slot.alternatives)


def ask(raw: str) -> Question:
    """Read a question. Only its first LONGEST characters count."""
    text = " ".join(CONTROL.sub(" ", composed(raw[:LONGEST])).split())
    parts = QUOTED.split(text)
    slots: list[Slot] = []
    plain: list[str] = []
    for number, part in enumerate(parts):
        if number % 2 and number < len(parts) - 1:  # between two quotation marks; a lone one means nothing
            slots.extend(_phrase(WORD.findall(part)))
        else:
            plain.extend(PLAIN.findall(fold(part)))
            slots.extend(_words(WORD.findall(part), is_last=number == len(parts) - 1))
    return Question(text, tuple(dict.fromkeys(slots))[:MOST_SLOTS], tuple(plain[:MOST_SLOTS]))


def _phrase(written: Sequence[str]) -> Iterator[Slot]:
    sequences = _sequences(written[:MOST_SLOTS])
    if sequences:
        yield Slot(sequences)


def _words(written: Sequence[str], *, is_last: bool) -> Iterator[Slot]:
    folded = [fold(word) for word in written]
    meant = [word for word in folded if word not in FILLERS]
    place = 0
    while place < len(written):
        known = synonyms.longest_at(folded[place:])
        if known:
            yield Slot(_distinct(chain.from_iterable(_sequences(name) for name in synonyms.groups()[known])))
        elif folded[place] in meant or not meant:
            begins = folded[place] if is_last and place == len(written) - 1 else ""
            yield from _word(written[place], begins)
        place += len(known) or 1


def _word(written: str, begins: str) -> Iterator[Slot]:
    sequences = _sequences([written])
    is_prefix = len(begins) >= SHORTEST_PREFIX and PLAIN.fullmatch(begins)
    if sequences:
        yield Slot(sequences, begins if is_prefix else "")


def _sequences(written: Sequence[str]) -> tuple[Terms, ...]:
    """Return what the words are called in texts of each language, and in those that nobody stems."""
    languages = ("", *STEMMERS)
    return _distinct(
        tuple(chain.from_iterable(terms(word, language) for word in written)) for language in languages
    )


def _distinct(sequences: Iterator[Terms] | chain[Terms]) -> tuple[Terms, ...]:
    return tuple(dict.fromkeys(sequence for sequence in sequences if sequence))
