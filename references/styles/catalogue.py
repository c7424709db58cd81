"""The citation styles that a site or an article may choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BUILT_IN = "built-in"


@dataclass(frozen=True, slots=True)
class Style:
    """`csl` names the file of the Citation Style Language; without one our own formatter writes the list."""

    id: str
    label: str
    csl: str = ""
    is_numeric: bool = True


STYLES: Mapping[str, Style] = {
    style.id: style
    for style in (
        Style("ama", "AMA", "american-medical-association"),
        Style("apa", "APA", "apa", is_numeric=False),
        Style("vancouver", "Vancouver (NLM)", "nlm-citation-sequence"),
        Style("chicago", "Chicago, author and date", "chicago-author-date", is_numeric=False),
        Style("harvard", "Harvard", "harvard-cite-them-right", is_numeric=False),
        Style("ieee", "IEEE", "ieee"),
        Style("nature", "Nature", "nature"),
        Style(BUILT_IN, "Numbers in brackets, without pandoc"),
    )
}
NAMES: Mapping[str, str] = {  # other names of the same styles
    **{style.csl: style.id for style in STYLES.values() if style.csl},
    "nlm": "vancouver",
    "chicago-author-date-17th-edition": "chicago",
}


def find(name: object) -> Style | None:
    """Return the style of that id or CSL name, None if there is none."""
    known = str(name or "").strip().lower()
    return STYLES.get(NAMES.get(known, known))
