"""One spelling for every way to type a word, with the way back to each character as it was typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_SAME = {
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u2013": "-", "\u2015": "\u2014",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",  # they hide within words
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` stands for the character `index[i]` of what was folded; `index` has one entry more, the end."""

    text: str
    index: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` stands in what was folded."""
        first = self.index[start]
        return first, max(first, self.index[max(start, end - 1)]) + 1


def fold(text: str) -> Folded:
    """Fold to NFKC in small letters, with straight quotes and short dashes; an em dash stays one."""
    if text.isascii():
        return Folded(text.lower().replace("`", "'"), tuple(range(len(text) + 1)))
    letters: list[str] = []
    index: list[int] = []
    for place, letter in enumerate(text):
        said = _SAME.get(letter)
        if said is None:
            said = letter.lower() if letter.isascii() else unicodedata.normalize("NFKC", letter).lower()
        letters.append(said)
        index.extend([place] * len(said))
    index.append(len(text))
    return Folded("".join(letters), tuple(index))
