"""What this plugin registers with the socket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from cms.contracts import ArticlePart, Check, Embed, Listener, Portable, Schedule, Slot, Syntax, Urls
from cms.hookspecs import hookimpl
from references import (
    article_panel,
    checks,
    dashboard,
    excuses,
    files,
    listeners,
    papers,
    part,
    portable,
    reference_list,
    structured,
    syntax,
)
from references.styles.tasks import drop_old_renderings
from references.verification.sweep import sweep_retractions
from references.verification.tasks import verify_due


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
    return [portable.PORTABLE, excuses.PORTABLE]


@hookimpl
def slots() -> Sequence[Slot]:
    return [reference_list.SLOT, structured.SLOT, files.SLOT, dashboard.SLOT, article_panel.SLOT]


@hookimpl
def urls() -> Sequence[Urls]:
    return [Urls("", "references.urls")]


@hookimpl
def events() -> Sequence[Listener]:
    return [listeners.LISTENER]


@hookimpl
def schedules() -> Sequence[Schedule]:
    return [
        Schedule("references.verify", verify_due.enqueue, timedelta(minutes=10)),
        Schedule("references.sweep", sweep_retractions.enqueue, timedelta(days=1)),
        Schedule("references.renderings", drop_old_renderings.enqueue, timedelta(days=1)),
    ]
