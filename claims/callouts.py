"""The four evidence callouts: `:::statistic` … `:::` and its three siblings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from articles.compile.parser import Container, Markdown
from cms.contracts import CALLOUTS, CalloutUse, Choice, RenderContext, Syntax


@dataclass(frozen=True, slots=True)
class Callout:
    """One kind of evidence: `name` is what an editor writes, `label` what a reader sees."""

    name: str
    label: str
    detail: str


CALLOUT_KINDS = (
    Callout("statistic", "Statistic", "A number with its source"),
    Callout("clinical-evidence", "Clinical evidence", "What a trial in people found"),
    Callout("research-highlight", "Research highlight", "A result worth knowing"),
    Callout("study-insight", "Study insight", "What one study adds"),
)


def install(md: Markdown) -> None:
    for callout in CALLOUT_KINDS:
        css_class = f"callout callout--{callout.name}"
        md.add_container(Container(callout.name, callout.label, css_class, _note(callout.name)))


def _note(kind: str) -> Callable[[Token, RenderContext], None]:
    def note(token: Token, context: RenderContext) -> None:
        line = token.map[0] + 1 if token.map else context.line
        context.record(CALLOUTS, CalloutUse(kind, context.block.index if context.block else 0, line))

    return note


def pick(query: str) -> Sequence[Choice]:
    """Return the callouts whose name or purpose contains the query."""
    wanted = query.casefold()
    return [
        Choice(f":::{callout.name}\n\n:::\n", callout.label, callout.detail)
        for callout in CALLOUT_KINDS
        if wanted in f"{callout.label} {callout.detail}".casefold()
    ]


SYNTAX = Syntax("callouts", install, picker=pick)
