"""Keys for references that came without one: "siebrecht2013", or the first words of a title."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Container

from articles.importers.words import MINOR_WORDS

MOST_CHARACTERS = 60
_TITLE_WORDS = 5


def ascii_key(text: str) -> str:
    """Return small letters, digits and hyphens only; accents are dropped ("Müller" gives "muller")."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def author_key(family: str, year: str, taken: Container[str]) -> str:
    return _free(
        f"{ascii_key(family).replace('-', '')[:40] or 'ref'}{year}", taken, string.ascii_lowercase[1:]
    )


def title_key(title: str, taken: Container[str]) -> str:
    words = ascii_key(title).split("-")
    weighty = [word for word in words if word not in MINOR_WORDS] or words
    return _free("-".join(weighty[:_TITLE_WORDS])[:MOST_CHARACTERS].strip("-") or "ref", taken)


def _free(wanted: str, taken: Container[str], letters: str = "") -> str:
    if wanted not in taken:
        return wanted
    for letter in letters:
        if f"{wanted}{letter}" not in taken:
            return f"{wanted}{letter}"
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
