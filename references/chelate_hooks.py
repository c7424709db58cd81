"""What this plugin registers with the socket."""

from __future__ import annotations

from collections.abc import Sequence

from cms.contracts import ArticlePart, Check, Embed, Listener, Portable, Slot, Syntax
from cms.hookspecs import hookimpl
from references import checks, listeners, papers, part, portable, reference_list, structured, syntax


@hookimpl
def markdown() -> Sequence[Syntax]:
    return [syntax.SYNTAX]


@hookimpl
def embeds() -> Sequence[Embed]:
    return [papers.EMBED]


@hookimpl
def publish_checks() -> Sequence[Check]:
    return checks.CHECKS


@hookimpl
def article_parts() -> Sequence[ArticlePart]:
    return [part.PART]


@hookimpl
def portables() -> Sequence[Portable]:
    return [portable.PORTABLE]


@hookimpl
def slots() -> Sequence[Slot]:
    return [reference_list.SLOT, structured.SLOT]


@hookimpl
def events() -> Sequence[Listener]:
    return [listeners.LISTENER]
