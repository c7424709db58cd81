"""What the checks of this plugin share: the texts on the page, and where a word of it stands in the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from cms.contracts import Passage, Snapshot
from disclaimers import rules
from disclaimers.placing import SHOWN
from disclaimers.rules import Record
from disclaimers.shipped import shipped

NOWHERE = (None, "")
Place = tuple[int | None, str]


def shown_on(snapshot: Snapshot) -> Sequence[Record]:
    return snapshot.document.records.get(SHOWN, ())


def disclosures_on(snapshot: Snapshot) -> Iterator[Record]:
    return (record for record in shown_on(snapshot) if record.family == rules.DISCLOSURE)


def find(snapshot: Snapshot, pattern: re.Pattern[str], wanted: Callable[[Passage], bool]) -> Place:
    """Return line and exact quote of the first match in a passage that is `wanted`."""
    for passage in snapshot.document.passages:
        match = pattern.search(passage.text) if wanted(passage) else None
        if match:
            return passage.place(snapshot.source.text, *match.span())
    return NOWHERE


def any_case(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return a pattern for folded text as one for the words as they are written."""
    return re.compile(pattern.pattern, re.IGNORECASE)


def advice_on(kind: str, language: str, name: str) -> str:
    """Say how a text of one kind comes onto the page, by the name of the one that came with the software."""
    titles = [
        record.title for record in shipped() if record.kind == kind and rules.speaks(record.locale, language)
    ]
    if titles:
        return f"Under Disclaimers, switch on “{'” or “'.join(titles)}” or name it in this article."
    return f"Under Disclaimers, write a text in “{language}” of the kind “{name}”."
