"""The typed values that the kernel and its plugins hand to one another.

Everything here is a frozen dataclass or a protocol, imports nothing of ours and touches no database.
`docs/plugins.md` shows each of them in use; `cms/hookspecs.py` says which hook returns which object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
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

BAKED_SLOTS: frozenset[str] = frozenset({"before_body", "before_paid_link", "after_body", "byline"})


def _empty() -> Mapping[str, Any]:
    return MappingProxyType({})


class CompileError(ValueError):
    """Raised when a text is refused as a whole: too large, too deep, too many cells. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check has to say about an article.

    `line` counts from 1 in the Markdown source; `quote` is the exact wording found there. `critical` findings
    cannot be overridden. `fix` says what to do, in one sentence.
    """

    id: str
    severity: Severity
    message: str
    critical: bool = False
    line: int | None = None
    quote: str = ""
    fix: str = ""


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
class Dependency:
    """What an edition showed: `key` such as "reference:12", `version` as its owner counts versions."""

    key: str
    version: str


@dataclass(frozen=True, slots=True)
class PlacementUse:
    """One affiliate link at one place of one article. `public_id` is "self" in previews."""

    public_id: str
    link_id: int
    link_slug: str
    block_key: str
    block_index: int
    ordinal: int
    kind: str


@dataclass(frozen=True, slots=True)
class CalloutUse:
    """One evidence callout; `kind` is the directive's name, such as "clinical-evidence"."""

    kind: str
    block_index: int
    line: int | None


@dataclass(frozen=True, slots=True)
class CitationUse:
    """One citation of one reference; `position` counts the reference's uses from 1, `number` is what readers see."""

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


@dataclass(frozen=True, slots=True)
class Source:
    """What is compiled: Markdown and the front-matter snapshot of a revision."""

    text: str
    front_matter: Mapping[str, Any] = field(default_factory=_empty)
    article_id: int | None = None
    language: str = "en"
    jurisdictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a parsed text mentions, by kind, for resolvers. Resolvers use at most one query."""

    source: Source
    mode: Mode
    by_kind: Mapping[str, frozenset[str]] = field(default_factory=_empty)

    def of(self, kind: str) -> frozenset[str]:
        return self.by_kind.get(kind, frozenset())


@dataclass(frozen=True, slots=True)
class Lookup:
    """Plain values that resolvers found: kind -> key -> value."""

    parts: Mapping[str, Any] = field(default_factory=_empty)

    def part(self, kind: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.parts.get(kind) or _empty()
        return found

    def get(self, kind: str, key: str) -> Any:
        return self.part(kind).get(key)


EMPTY_LOOKUP = Lookup()


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one compilation. A text beyond them is refused with CompileError, never rendered slowly."""

    input_bytes: int = 200_000
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
    dependencies: tuple[Dependency, ...] = ()
    records: Mapping[str, tuple[Any, ...]] = field(default_factory=_empty)
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


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of an editor picker; `insert` is the Markdown put at the cursor."""

    insert: str
    label: str
    detail: str = ""


def _no_choices(query: str) -> Sequence[Choice]:
    return ()


def _no_value(keys: Keys) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Syntax:
    """One Markdown syntax. `install` adds rules to the parser, `resolve` answers for the keys of kind `id`.

    The editor's toolbar offers every `picker` under `label`, or under the id in words.
    """

    id: str
    install: Callable[[Any], None]
    resolve: Callable[[Keys], Mapping[str, Any]] = _no_value
    picker: Callable[[str], Sequence[Choice]] = _no_choices
    label: str = ""


@dataclass(frozen=True, slots=True)
class Embed:
    """A leaf directive `::name{…}`. `attrs` is a dataclass; words fill its fields in order, `key=value` by name."""

    name: str
    attrs: type
    render: Callable[[Any, RenderContext], str]
    to_text: Callable[[Any, RenderContext], str]
    resolve: Callable[[Sequence[Any], Keys], Mapping[str, Any]] | None = None

    @property
    def id(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Check:
    """A publish check over an immutable snapshot."""

    id: str
    severity: Severity
    run: Callable[[Snapshot], Iterable[Finding]]
    critical: bool = False


@dataclass(frozen=True, slots=True)
class SlotContext:
    """`render` is set for baked slots, `edition` and `request` for slots rendered per request.

    A `jsonld` slot runs once, at publish: it gets `edition` (not yet saved), `source` and `document`.
    """

    source: Source | None = None
    render: RenderContext | None = None
    document: Document | None = None
    text: str = ""
    edition: Any = None
    request: Any = None


@dataclass(frozen=True, slots=True)
class Slot:
    """HTML (or, for `jsonld`, a list of nodes) put at a named place of the page; lower `order` comes first."""

    id: str
    name: SlotName
    render: Callable[[SlotContext], Any]
    order: int = 0


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """A plugin's data per article: it owns `front_matter_keys` at import, export and in the revision snapshot.

    `load(value of front matter) -> snapshot value` runs at import and may create records of the plugin;
    `export(snapshot value) -> front-matter value` is its inverse; `form` is a Django form class for the admin or None.
    """

    id: str
    front_matter_keys: tuple[str, ...]
    load: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    export: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    save: Callable[[int, Mapping[str, Any]], None] | None = None
    form: type | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One voice in "You may also like". `fit(corpus)` learns, `pairs(model, id)` scores others in 0..1."""

    id: str
    weight: float
    fit: Callable[[Any], Any]
    pairs: Callable[[Any, int], Mapping[int, float]]
    explain: Callable[[Any, int, int], str]


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """One article read from a file. `line_map[i]` is the line of the original file for line i+1 of `text`."""

    source_id: str
    path: Path
    title: str
    text: str
    slug: str = ""
    published_on: date | None = None
    front_matter: Mapping[str, Any] = field(default_factory=_empty)
    pins: tuple[str, ...] = ()
    line_map: tuple[int, ...] = ()
    callout_count: int = 0
    disclaimers: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """A reader of foreign files. `sniff` says how sure it is that a file is its own, `read` yields the articles."""

    id: str
    sniff: Callable[[Path], float]
    read: Callable[[Path], Iterator[ImportedArticle]]


@dataclass(frozen=True, slots=True)
class Portable:
    """A plugin's records outside articles in export and import."""

    id: str
    dump: Callable[[Path], None]
    load: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class PublishEvent:
    article_id: int
    edition_id: int
    document: Document


@dataclass(frozen=True, slots=True)
class Listener:
    """Runs inside the publish transaction: the plugin writes its rows here, nothing slow."""

    id: str
    published: Callable[[PublishEvent], None]
    unpublished: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Periodic work, run by the worker's tick."""

    id: str
    task: Callable[[], object]
    every: timedelta


@dataclass(frozen=True, slots=True)
class Urls:
    """Pages of a plugin, mounted by the shell under `prefix` ("" or "go/")."""

    prefix: str
    urlconf: str

    @property
    def id(self) -> str:
        return f"{self.prefix}|{self.urlconf}"
