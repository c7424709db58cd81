"""What flows through a compilation: source, keys, looked-up values, document, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Protocol

Severity = Literal["error", "warning", "info"]
Mode = Literal["preview", "publish"]
SlotName = Literal[
    "before_body",
    "before_paid_link",
    "after_body",
    "byline",
    "jsonld",
    "head",
    "footer",
    "feed_item",
    "admin_dashboard",
    "admin_article",
]
# Kinds of records that plugins share without importing one another (RenderContext.record, Document.records):
PLACEMENTS = "placements"  # PlacementUse, one a paid link in reading order
NETWORKS = "networks"  # str, the key of the affiliate network of each paid link: "amazon"
CALLOUTS = "callouts"  # CalloutUse
CITATIONS = "citations"  # CitationUse
HEALTH = "health"  # True, once, on a page about health

BAKED_SLOTS: frozenset[str] = frozenset({"before_body", "before_paid_link", "after_body", "byline"})


def empty_mapping() -> Mapping[str, Any]:
    return MappingProxyType({})


class CompileError(ValueError):
    """Raised when a text is refused as a whole: too large, too deep, too many cells. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check has to say about an article.

    `line` counts from 1 in the Markdown source; `quote` is the exact wording found there. `critical` findings
    cannot be overridden. `fix` says what to do, in one sentence. `replacement` is what to write instead of `quote`
    (`""` takes it out), given only where that one wording is surely right: the editor offers it as one click.
    `overridden` is set by the kernel, never by a check: who lets this one pass, when and why.
    """

    id: str
    severity: Severity
    message: str
    critical: bool = False
    line: int | None = None
    quote: str = ""
    fix: str = ""
    overridden: str = ""
    replacement: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether the article cannot be published because of it."""
        return self.severity == "error" and not self.overridden


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of the table of contents; `id` is the final, prefixed id in the HTML."""

    level: int
    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level block of the text. `key` is a hash of its normalised words, so it survives moves and re-wraps."""

    index: int
    key: str
    kind: str
    first_line: int
    last_line: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a passage holds between `start` and `end` of its words: a citation, a link, strong words.

    `kind` is the id of the syntax ("citation", "article", "link" for a paid one), "url" for any other link or "strong";
    `key` is what it names. A citation that has no words of its own stands between two characters: `start == end`.
    """

    kind: str
    key: str
    start: int
    end: int


PassageKind = Literal[
    "paragraph", "heading", "list_item", "table_header", "table_cell", "quotation", "footnote"
]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that a check reads on its own, as a reader sees it: no Markdown, no line breaks.

    `offsets[i]` is where `text[i]` stands in `Source.text`, so a finding can quote the source exactly. `heading` is
    the nearest one above, `lead` what introduces a list, `column` and `row` the header and the first cell of a table
    cell, `callout` the name of the innermost container.
    """

    kind: PassageKind
    text: str
    offsets: tuple[int, ...]
    line: int
    block_index: int
    heading: str = ""
    lead: str = ""
    column: str = ""
    row: str = ""
    callout: str = ""
    marks: tuple[Mark, ...] = ()

    def place(self, source: str, start: int, end: int) -> tuple[int, str]:
        """Return the line and the exact source words of `text[start:end]`, Markdown inside them included."""
        first, last = self.offsets[start], self.offsets[max(start, end - 1)]
        return source.count("\n", 0, first) + 1, source[first : last + 1]


@dataclass(frozen=True, slots=True)
class Dependency:
    """What an edition showed: `key` such as "reference:12", `version` as its owner counts versions."""

    key: str
    version: str


@dataclass(frozen=True, slots=True)
class PlacementUse:
    """One affiliate link at one place of one article. `public_id` is "self" in previews; `title` says what is sold."""

    public_id: str
    link_id: int
    link_slug: str
    block_key: str
    block_index: int
    ordinal: int
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class CalloutUse:
    """One evidence callout; `kind` is the directive's name, such as "clinical-evidence"."""

    kind: str
    block_index: int
    line: int | None


@dataclass(frozen=True, slots=True)
class CitationUse:
    """One citation of one reference; `position` counts the reference's uses from 1, `number` is what readers see.

    `key` is what the text wrote, as in `Mark.key`; `title` and `study_type` ("rct", "case_report" …) are the work's.
    """

    reference_id: int
    citekey: str
    position: int
    number: int
    block_index: int
    line: int | None
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    mode: Literal["normal", "author_in_text", "suppress_author"] = "normal"
    key: str = ""
    title: str = ""
    study_type: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What is compiled: Markdown and the front-matter snapshot of a revision."""

    text: str
    front_matter: Mapping[str, Any] = field(default_factory=empty_mapping)
    article_id: int | None = None
    language: str = "en"
    jurisdictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a parsed text mentions, by kind, for resolvers. Resolvers use at most one query."""

    source: Source
    mode: Mode
    by_kind: Mapping[str, frozenset[str]] = field(default_factory=empty_mapping)

    def of(self, kind: str) -> frozenset[str]:
        return self.by_kind.get(kind, frozenset())


@dataclass(frozen=True, slots=True)
class Lookup:
    """Plain values that resolvers found: kind -> key -> value."""

    parts: Mapping[str, Any] = field(default_factory=empty_mapping)

    def part(self, kind: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.parts.get(kind) or empty_mapping()
        return found

    def get(self, kind: str, key: str) -> Any:
        return self.part(kind).get(key)


EMPTY_LOOKUP = Lookup()


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one compilation. A text beyond them is refused with CompileError, never rendered slowly."""

    input_bytes: int = 200_000
    lines: int = 10_000
    nesting: int = 12
    table_cells: int = 5_000
    output_bytes: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """The compiled article. `html` is safe to serve; `records` are facts that plugins noted while rendering."""

    html: str
    toc: tuple[Heading, ...] = ()
    text: str = ""
    byline_html: str = ""
    blocks: tuple[Block, ...] = ()
    passages: tuple[Passage, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    records: Mapping[str, tuple[Any, ...]] = field(default_factory=empty_mapping)
    findings: tuple[Finding, ...] = ()

    @property
    def placements(self) -> tuple[PlacementUse, ...]:
        return self.records.get(PLACEMENTS, ())

    @property
    def word_count(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What publish checks look at: the source and what the reader would get."""

    source: Source
    document: Document


class RenderContext(Protocol):
    """What a render function may use. It must not touch the database."""

    source: Source
    lookup: Lookup
    mode: Mode
    line: int | None
    block: Block | None
    blocks: Sequence[Block]

    def finding(self, finding: Finding) -> None:
        """Report something at the current line unless the finding has one."""

    def record(self, kind: str, value: object) -> None:
        """Note a fact for `Document.records[kind]`."""

    def records(self, kind: str) -> Sequence[Any]:
        """Return the facts of one kind noted so far, in reading order."""

    def depend(self, key: str, version: object) -> None:
        """Note that the page shows `version` of `key`."""

    def mark_paid(self) -> None:
        """Say that the current block holds a paid link; the first one pulls the disclosure in front of it."""

    @property
    def is_paid(self) -> bool:
        """True once a paid link was rendered."""
