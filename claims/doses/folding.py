"""Folding for comparison: one character in, one character out, so that every offset stays the same. Pure."""

from __future__ import annotations

import unicodedata

# Both micro signs; single and double quotes; hyphens, the en dash and the minus; hard, narrow and thin spaces.
_SAME = {
    **dict.fromkeys("\u00b5\u03bc", "u"),
    **dict.fromkeys("\u2018\u2019", "'"),
    **dict.fromkeys("\u201c\u201d", '"'),
    **dict.fromkeys("\u2010\u2011\u2013\u2212", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009", "\u00a0"),
}


class _Folds(dict[int, str]):
    """Computes the folded form of a character once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _SAME.get(char) or unicodedata.normalize("NFKC", char).lower()
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return `text` in lower case with one micro sign ("u"), straight quotes and plain hyphens; the length stays.

    Hard and thin spaces become one sort of hard space, which may part thousands. An em dash stays: it parts clauses.
    """
    return text.translate(_FOLDS)
