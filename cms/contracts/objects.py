"""The objects that plugins hand to the socket; `cms/hookspecs.py` says which hook returns which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cms.contracts.document import (
    Document,
    Finding,
    Keys,
    RenderContext,
    Severity,
    SlotName,
    Snapshot,
    Source,
    empty_mapping,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of an editor picker; `insert` is the Markdown put at the cursor.

    A row with `more` inserts nothing: choosing it posts what was typed (`q`) to that address, which answers with
    `choices`, a `message` and, when it is done, `insert`.
    """

    insert: str
    label: str
    detail: str = ""
    more: str = ""


def _no_choices(query: str) -> Sequence[Choice]:
    return ()


def _no_value(keys: Keys) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Syntax:
    """One Markdown syntax. `install` adds rules to the parser, `resolve` answers for the keys of kind `id`.

    The editor's toolbar offers every `picker` under `label`, or under the id in words. Typing `trigger` opens it, too.
    """

    id: str
    install: Callable[[Any], None]
    resolve: Callable[[Keys], Mapping[str, Any]] = _no_value
    picker: Callable[[str], Sequence[Choice]] = _no_choices
    label: str = ""
    trigger: str = ""


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
    """A publish check over an immutable snapshot.

    `about` says in one sentence what it looks for, `why` names the rule behind it; both stand in the list of checks.
    """

    id: str
    severity: Severity
    run: Callable[[Snapshot], Iterable[Finding]]
    critical: bool = False
    about: str = ""
    why: str = ""


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
    """HTML (or, for `jsonld`, a list of nodes) put at a named place of the page; lower `order` comes first.

    `head`, `footer` and `feed_item` are rendered for every request. One that `is_fixed` follows from the edition, the
    code and the settings alone: it gets no request, and what it renders is kept with the page.
    """

    id: str
    name: SlotName
    render: Callable[[SlotContext], Any]
    order: int = 0
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """A plugin's data per article: it owns `front_matter_keys` at import, export and in the revision snapshot.

    `load(value of front matter) -> snapshot value` runs at import and may create records of the plugin;
    `export(snapshot value) -> front-matter value` is its inverse; `save(article id, snapshot value)` runs with every
    saved revision, in its transaction; `form` is a Django form class for the admin or None.
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
    """One article read from a file. `line_map[i]` is the line of the original file for line i+1 of `text`.

    `is_exact`: text and front matter are what a revision holds already; nothing is looked for or made of them.
    """

    source_id: str
    path: Path
    title: str
    text: str
    slug: str = ""
    published_on: date | None = None
    front_matter: Mapping[str, Any] = field(default_factory=empty_mapping)
    pins: tuple[str, ...] = ()
    line_map: tuple[int, ...] = ()
    callout_count: int = 0
    disclaimers: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_understood: tuple[str, ...] = ()
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Importer:
    """A reader of foreign files. `sniff` says how sure it is that a file is its own, `read` yields the articles."""

    id: str
    sniff: Callable[[Path], float]
    read: Callable[[Path], Iterator[ImportedArticle]]


@dataclass(frozen=True, slots=True)
class Portable:
    """A plugin's records outside articles in export and import.

    They are loaded before the articles, which name them; those that themselves name articles, after them.
    """

    id: str
    dump: Callable[[Path], None]
    load: Callable[[Path], None]
    names_articles: bool = False


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
