"""The Markdown parser: CommonMark, tables, footnotes, directives and whatever syntaxes the plugins bring."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_lowercase
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from articles.compile.directives import install_directives
from articles.compile.headings import number_headings
from articles.compile.renderer import Renderer
from cms import plugins
from cms.contracts import Caps, CompileError, Finding, Keys, Mode, RenderContext, Source

PARSER_NESTING = (
    40  # a text over the cap is seen as such; every level of unclosed blocks reads the text once more
)
PARSER_BRACKETS = 2_000  # unmatched brackets cost quadratic time: 19,000 took 6 s, 2,000 take 0.07 s
BRACKET = re.compile(r"[\[\]]")
BRACKET_WORK = 3_000_000  # characters that brackets read in search of their end: some 1 s


@dataclass(frozen=True, slots=True)
class Container:
    """A `:::name` block. `on_open` may note a record or a finding when it is rendered."""

    name: str
    label: str
    css_class: str
    on_open: Callable[[Token, RenderContext], None] | None = None


def _footnote_mark(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """Return a letter: numbers in brackets are citations."""
    number, mark = int(tokens[idx].meta["id"]), ""
    while number >= 0:
        number, letter = divmod(number, 26)
        mark, number = ascii_lowercase[letter] + mark, number - 1
    return mark


def _bracket_work(text: str) -> int:
    """Return how many characters the parser reads to find the end of every opening bracket."""
    if any(mark in text for mark in "`<\\"):  # these hide brackets from the parser; assume the worst
        return text.count("[") * len(text)
    work, openings = 0, []
    for found in BRACKET.finditer(text):
        if found[0] == "[":
            openings.append(found.start())
        elif openings:
            work += found.start() - openings.pop()
    return work + sum(len(text) - start for start in openings)


def _refuse_bracket_work(state: StateCore) -> None:
    if sum(_bracket_work(token.content) for token in state.tokens if token.type == "inline") > BRACKET_WORK:
        raise CompileError("Long paragraphs hold too many opening brackets. Split them up.")


class Markdown(MarkdownIt):
    """A parser that knows its containers and embeds."""

    def __init__(self, registry: plugins.Registry) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": PARSER_NESTING}, renderer_cls=Renderer)
        self.containers: dict[str, Container] = {}
        self.embeds = registry.embeds
        self.enable(["table", "strikethrough"])
        self.use(footnote_plugin)
        self.add_render_rule("footnote_caption", _footnote_mark)
        install_directives(self)
        self.core.ruler.before("inline", "bracket_cap", _refuse_bracket_work)
        self.core.ruler.after("inline", "headings", number_headings)
        for syntax in registry.syntaxes.values():
            plugins.guarded("syntax install", syntax.install, self, default=None, syntax=syntax.id)

    def add_container(self, container: Container) -> None:
        self.containers[container.name] = container


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text: its tokens and every key that resolvers must answer for."""

    source: Source
    tokens: Sequence[Token]
    keys: Mapping[str, frozenset[str]]
    embeds: Mapping[str, tuple[Any, ...]]
    env: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def keys_for(self, mode: Mode) -> Keys:
        return Keys(self.source, mode, self.keys)


@lru_cache(maxsize=4)
def _parser(registry: plugins.Registry) -> Markdown:
    return Markdown(registry)


def parser() -> Markdown:
    """Return the parser of the current plugin registry; it is built once and then only read."""
    return _parser(plugins.registry())


def add_key(env: MutableMapping[str, Any], kind: str, key: str) -> None:
    """Note, while parsing, that the text mentions `key`; the resolver of `kind` will be asked for it."""
    env.setdefault("keys", {}).setdefault(kind, set()).add(key)


def parse(source: Source, caps: Caps) -> Parsed:
    """Parse a text. Pure. Raises CompileError if the text is beyond a cap."""
    size = len(source.text.encode("utf-8", "replace"))
    if size > caps.input_bytes:
        raise CompileError(
            f"The text has {size:,} bytes; {caps.input_bytes:,} are allowed. Split it into several articles."
        )
    lines = source.text.count("\n") + 1
    if lines > caps.lines:
        raise CompileError(
            f"The text has {lines:,} lines; {caps.lines:,} are allowed. Split it into several articles."
        )
    if any(part.count("[") > PARSER_BRACKETS for part in source.text.split("\n\n")):
        raise CompileError(f"One paragraph has more than {PARSER_BRACKETS:,} opening brackets. Split it up.")
    env: dict[str, Any] = {"keys": {}, "embeds": {}, "findings": [], "source": source}
    tokens = parser().parse(source.text, env)
    _refuse_beyond(tokens, caps)
    keys = {kind: frozenset(found) for kind, found in env["keys"].items()}
    embeds = {name: tuple(found) for name, found in env["embeds"].items()}
    return Parsed(source, tokens, keys, embeds, env, tuple(env["findings"]))


def _refuse_beyond(tokens: Sequence[Token], caps: Caps) -> None:
    deepest = max((token.level for token in tokens), default=0)
    if deepest > caps.nesting * 2 + 1:  # a list adds two levels, itself and its item; the words in it one
        raise CompileError(f"Lists or quotations are nested deeper than {caps.nesting} levels. Flatten them.")
    cells = sum(token.type in {"td_open", "th_open"} for token in tokens)
    if cells > caps.table_cells:
        raise CompileError(
            f"The tables have {cells:,} cells; {caps.table_cells:,} are allowed. Split or shorten them."
        )
    addresses = sum(
        len(str(value))
        for token in tokens
        for child in token.children or ()
        for value in child.attrs.values()
    )
    if addresses > caps.output_bytes:
        raise CompileError(
            "The link addresses alone are larger than a page may be. Use shorter or fewer links."
        )
