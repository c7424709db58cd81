"""The kernel registers its own objects through the same socket as every plugin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from articles import address_panel, deciding, purging
from articles.checks import CHECKS
from articles.compile.syntaxes import SYNTAXES
from articles.compliance.findings import nightly
from articles.importers import IMPORTERS
from articles.portables import PORTABLE
from articles.related.signals import SIGNALS
from articles.renditions.making import resume
from articles.renditions.tasks import sweep_renditions
from articles.tasks import refresh_search
from cms.contracts import Check, Importer, Portable, Schedule, Signal, Slot, Syntax
from cms.hookspecs import hookimpl


@hookimpl
def markdown() -> Sequence[Syntax]:
    return SYNTAXES


@hookimpl
def publish_checks() -> Sequence[Check]:
    return CHECKS


@hookimpl
def recommenders() -> Sequence[Signal]:
    return SIGNALS


@hookimpl
def portables() -> Sequence[Portable]:
    return [PORTABLE, deciding.PORTABLE]


@hookimpl
def importers() -> Sequence[Importer]:
    return IMPORTERS


@hookimpl
def schedules() -> Sequence[Schedule]:
    return [
        Schedule("articles.compliance", nightly, timedelta(days=1)),
        Schedule("articles.renditions", resume, timedelta(minutes=5)),
        Schedule("articles.old_renditions", sweep_renditions.enqueue, timedelta(days=1)),
        Schedule("articles.purges", purging.resume, timedelta(minutes=1)),
        Schedule("articles.search", refresh_search.enqueue, timedelta(hours=1)),
    ]


@hookimpl
def slots() -> Sequence[Slot]:
    return [address_panel.SLOT]
