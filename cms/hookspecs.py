"""The hooks of the plugin socket. Each returns a list of small objects from `cms.contracts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cms import contracts

PROJECT = "chelate"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def markdown() -> Sequence[contracts.Syntax]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Markdown rules with their resolver and editor picker."""


@hookspec
def embeds() -> Sequence[contracts.Embed]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Leaf directives: `::name{…}` on a line of its own."""


@hookspec
def publish_checks() -> Sequence[contracts.Check]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Checks that run in the preview and before every publication."""


@hookspec
def article_parts() -> Sequence[contracts.ArticlePart]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """A plugin's own data for each article."""


@hookspec
def slots() -> Sequence[contracts.Slot]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """HTML or structured data at a named place of the page."""


@hookspec
def article_columns() -> Sequence[contracts.ArticleColumn]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Columns of the list of articles in the admin."""


@hookspec
def recommenders() -> Sequence[contracts.Signal]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Signals for "You may also like"."""


@hookspec
def importers() -> Sequence[contracts.Importer]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Readers of foreign files."""


@hookspec
def portables() -> Sequence[contracts.Portable]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Records outside articles that export and import carry along."""


@hookspec
def events() -> Sequence[contracts.Listener]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Listeners inside the publish transaction."""


@hookspec
def schedules() -> Sequence[contracts.Schedule]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Periodic work for the worker."""


@hookspec
def urls() -> Sequence[contracts.Urls]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Pages of the plugin."""
