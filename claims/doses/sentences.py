"""Sentences of a passage, as spans. Pure."""

from __future__ import annotations

import re

_LABEL = r"(?:[A-Z][\w-]+\s){0,2}[A-Z][\w-]+:"
_END = re.compile(rf"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[*]*[A-Z0-9])|\s+[-–]\s+(?={_LABEL})")
_SHORT = re.compile(r"\b(?:e\.g|i\.e|vs|approx|dr|mr|ms|prof|fig|ca|incl|max|min|u\.s)\.$", re.IGNORECASE)


def spans(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of `text` begin and end; " - Label:" begins one, too, as fused callouts do."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _SHORT.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        found.append((start, match.start()))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return found
