"""A passage and what stands around it, as far as it decides what the words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from claims.language.lexicon import Lexicon
from claims.language.sentences import WHO, read
from cms.contracts import Mark, Passage, Snapshot

Whose: TypeAlias = Literal["ours", "other", ""]
FRAGMENTS = frozenset({"heading", "list_item", "table_cell", "table_header"})
_REFERENCES = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:selected |further |key )?(?:references?|sources?|bibliography|literature|"
    r"citations?|works cited|"
    r"further reading|notes and references|studies cited|footnotes)\W*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"retrieved from:|\bdoi:\s?10\.|\bhttps?://doi\.org/|\bpmid:?\s?\d", re.IGNORECASE)
_NEGATIVE_LEAD = re.compile(
    r"\b(?:not|no|never|cannot|avoid|n't|myths?|nor|neither|without)\b|n't\b", re.IGNORECASE
)
_EMPHASIS = frozenset("*_")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a check of one passage may know; two equal readings have equal findings, wherever they stand."""

    text: str
    kind: str = "paragraph"
    heading: str = ""
    lead: str = ""
    column: str = ""
    row: str = ""
    callout: str = ""
    topic: str = ""
    before: str = ""
    after: str = ""
    marks: tuple[Mark, ...] = ()
    titles: tuple[tuple[int, int], ...] = ()  # emphasised or linked words that name a work
    group: int = 0  # passages of one callout share it
    is_callout_cited: bool = False
    studies: tuple[tuple[str, str], ...] = ()  # key and "study type|title" of each work that is cited
    jurisdictions: tuple[str, ...] = ()

    @property
    def is_fragment(self) -> bool:
        return self.kind in FRAGMENTS


def readings(snapshot: Snapshot) -> Iterator[tuple[Passage | None, Reading]]:
    """Yield the passages of the page, then what its table of papers says of each work (without a passage)."""
    passages = snapshot.document.passages
    source = snapshot.source
    topic = _topic(source.front_matter, passages)
    uses = snapshot.document.records.get("citations", ())
    cited = {use.block_index for use in uses}
    kinds = {use.key or use.citekey: (use.study_type, use.title) for use in uses}
    for place, passage in enumerate(passages):
        keys = {mark.key for mark in passage.marks if mark.kind == "citation"}
        yield (
            passage,
            Reading(
                text=passage.text,
                kind=passage.kind,
                heading=passage.heading,
                lead=passage.lead,
                column=passage.column,
                row=passage.row,
                callout=passage.callout,
                topic=topic,
                before=_neighbour(passages, place, -1),
                after=_neighbour(passages, place, 1),
                marks=passage.marks,
                titles=tuple(_titles(passage, source.text)),
                group=passage.block_index if passage.callout else 0,
                is_callout_cited=bool(passage.callout) and _is_cited(passages, passage, cited),
                studies=tuple(sorted((key, "|".join(kinds[key])) for key in keys if key in kinds)),
                jurisdictions=source.jurisdictions,
            ),
        )
    base = Reading(text="", kind="table_cell", topic=topic, jurisdictions=source.jurisdictions)
    for key, text in insights(source.front_matter):
        mark = Mark("citation", key, len(text), len(text))  # the row names the work
        yield (
            None,
            replace(base, text=text, marks=(mark,), studies=((key, "|".join(kinds.get(key, ("", "")))),)),
        )


def _is_cited(passages: Sequence[Passage], passage: Passage, cited: set[int]) -> bool:
    """Return whether the callout holds a citation that resolves, or a link to a register of works."""
    if passage.block_index in cited:
        return True
    same = (one for one in passages if one.block_index == passage.block_index)
    return any(mark.kind == "url" and is_evidence(mark) for one in same for mark in one.marks)


def insights(front_matter: Any) -> Iterator[tuple[str, str]]:
    """Yield the key of each work in the table of papers and what the article says of it."""
    items = front_matter.get("references")
    for item in items if isinstance(items, list | tuple) else ():
        custom = item.get("custom") if isinstance(item, dict) else None
        said = custom.get("insight") if isinstance(custom, dict) else None
        if isinstance(said, str) and said.strip():
            yield str(item.get("id") or ""), said


def _topic(front_matter: Any, passages: Sequence[Passage]) -> str:
    title = front_matter.get("title")
    if isinstance(title, str) and title.strip():
        return title
    return next((passage.text for passage in passages if passage.kind == "heading"), "")


def _neighbour(passages: Sequence[Passage], place: int, step: int) -> str:
    """Return the passage beside this one: before it one that can name the subject, after it one that can answer."""
    other = place + step
    if not 0 <= other < len(passages):
        return ""
    found = passages[other]
    if step > 0 and found.kind == "table_cell" and passages[place].kind == "table_cell":
        return found.text
    return found.text if found.kind in {"paragraph", "quotation", "heading"} else ""


def _titles(passage: Passage, source: str) -> Iterator[tuple[int, int]]:
    """Yield words that name a cited work: emphasised or quoted ones before a citation, and links to a register."""
    for mark in passage.marks:
        if mark.kind == "url" and re.search(r"doi\.org|pubmed|ncbi\.nlm|cochrane", mark.key):
            yield mark.start, mark.end
        elif mark.kind == "citation":
            yield from _title_before(passage, source, mark.start)


def _title_before(passage: Passage, source: str, end: int) -> Iterator[tuple[int, int]]:
    last = len(passage.text[:end].rstrip(" ,;(")) - 1
    if last < 0:
        return
    if passage.text[last] in '”"':
        start = max(passage.text.rfind("“", 0, last), passage.text.rfind('"', 0, last))
        if start >= 0:
            yield start, last + 1
        return
    behind = passage.offsets[last] + 1
    if source[behind : behind + 1] not in _EMPHASIS:
        return
    start = last
    while start > 0 and passage.offsets[start] - passage.offsets[start - 1] == 1:
        start -= 1
    if start and source[passage.offsets[start] - 1] in _EMPHASIS:
        yield start, last + 1


def is_reference_list(reading: Reading) -> bool:
    """Return whether the passage lists works. Their titles are not ours."""
    return bool(
        _REFERENCES.match(reading.heading)
        or _REFERENCES.match(reading.text)
        or (reading.kind in {"list_item", "footnote"} and _LISTED.search(reading.text))
        or (
            reading.kind == "table_cell"
            and re.match(r"(?:paper|study|title|reference)\b", reading.column.lower())
        )
    )


@lru_cache(maxsize=4096)
def whose(text: str, lexicon: Lexicon) -> Whose:
    """Return whom a heading, lead, header or title is about: a nutrient or product, or someone else."""
    for sentence in reversed(read(text, lexicon).sentences):
        for hit in sentence.of(*WHO):
            if hit.kind != "people":
                return "ours" if hit.kind in {"nutrient", "product"} else "other"
    return ""


def inherited(reading: Reading, lexicon: Lexicon) -> Whose:
    """Return whom words without a subject of their own are about."""
    around = {
        "list_item": (reading.lead, reading.heading, reading.topic),
        "table_cell": (
            reading.row if reading.row != reading.text else "",
            reading.column,
            reading.heading,
            reading.topic,
        ),
        "heading": (reading.topic,),
    }.get(reading.kind, (reading.before, reading.heading, reading.topic))
    return next((found for text in around if text and (found := whose(text, lexicon))), "")


def is_negative_lead(reading: Reading) -> bool:
    return bool(reading.lead) and _NEGATIVE_LEAD.search(last_sentence(reading.lead)) is not None


def last_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s+", text.strip())[-1]


def is_evidence(mark: Mark) -> bool:
    if mark.kind == "citation":
        return True
    wanted = r"doi\.org/|10\.\d{4,9}/|pubmed\.ncbi|ncbi\.nlm\.nih\.gov|cochranelibrary|clinicaltrials\.gov"
    return mark.kind == "url" and re.search(wanted, mark.key) is not None
