"""Where in the original file a finding belongs: importing may have rewritten what a check has quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from articles.importers import UnreadableFileError
from articles.importers.header import find_header
from articles.importers.keys import OTHER_NAMES
from articles.importers.reading import read_text
from articles.importers.words import shorten
from cms.contracts import Finding

MOST_QUOTED = 120
NEAR = 50  # lines; a finding names the first line of its block, and a paragraph may be wrapped
_NAMED = re.compile(r"“([^“”]{2,300})”")
_KEY = re.compile(r"^[\"']?([A-Za-z_][\w.-]*)[\"']?\s*[:=]")
_SCHEME = re.compile(r"^(?:aff|art|img):|^@")
MISSING: Mapping[str, str] = {"The article has no title.": "title"}
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


def folded(text: str) -> str:
    """Return the words for a search that ignores line breaks and curly quotes; the length stays the same."""
    return re.sub(r"\s", " ", text.translate(_STRAIGHT))


@dataclass(frozen=True)
class Original:
    """The file as its author sees it. `text` is empty if it is no text file at all."""

    text: str
    front_matter: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def words(self) -> str:
        return folded(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        starts = [0]
        for line in self.lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    @cached_property
    def keys(self) -> Mapping[str, int]:
        """The line of every key of the front matter, by our name for it."""
        try:
            header = find_header(self.text)
        except ValueError:
            header = None
        found: dict[str, int] = {}
        for number, line in enumerate(header.raw.split("\n") if header else (), start=2):
            if key := _KEY.match(line):
                name = key.group(1)
                found.setdefault(OTHER_NAMES.get(name.casefold(), name), number)
        return found

    def place(self, finding: Finding) -> tuple[int, str]:
        """Return the line and the words there that a finding is about; line 1 if it is about nothing in the file.

        The words are the finding's own if the file has them, else what stands at its line.
        """
        if not self.text:
            return finding.line or 1, finding.quote
        line = min(max(finding.line, 1), len(self.lines)) if finding.line else None
        found = self._nearest(finding.quote, line)
        if found and (line is None or abs(found - line) <= NEAR):
            return found, finding.quote.removesuffix("…")
        line = line or self._key_with(finding.quote) or self._named(finding.message)
        return line or 1, self._excerpt(line) if line and finding.quote else ""

    def _named(self, message: str) -> int | None:
        """Return the line of the first words that a message quotes: a key, its value, or words of the text."""
        if key := MISSING.get(message):
            return self.keys.get(key)
        words = _NAMED.findall(message)
        found = (self.keys.get(word) or self._key_with(word) or self._nearest(word, None) for word in words)
        return next((line for line in found if line), None)

    def _key_with(self, quote: str) -> int | None:
        """Return the line of the front-matter key that holds these words now, whatever the author wrote there."""
        wanted = _SCHEME.sub("", quote)
        held = (line for key, line in self.keys.items() if wanted in _leaves(self.front_matter.get(key)))
        return next(held, None) if wanted else None

    def _nearest(self, quote: str, line: int | None) -> int | None:
        """Return the line on which the words begin: the nearest to `line`, else the first."""
        words = folded(quote).strip().removesuffix("…")
        if not words.strip():
            return None
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = [bisect_right(self.starts, match.start()) for match in re.finditer(pattern, self.words)]
        return min(found, key=lambda number: abs(number - (line or 1)), default=None)

    def _excerpt(self, line: int) -> str:
        return shorten(self.lines[line - 1].strip(), MOST_QUOTED).removesuffix("…")


def _leaves(value: Any) -> Iterator[str]:
    """Yield every single value of a list or mapping as text."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield str(value)


def original_of(path: Path, front_matter: Mapping[str, Any]) -> Original:
    """Return the file behind an imported article; `front_matter` is what its keys became."""
    try:
        return Original(read_text(path), front_matter)
    except UnreadableFileError:  # an importer of its own has read it: a spreadsheet, an archive
        return Original("", front_matter)
