"""What this plugin registers with the socket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from claims import callouts
from claims.checks import CHECKS as LANGUAGE_CHECKS
from claims.contradictions import elsewhere, store
from claims.contradictions.tasks import read_missed
from claims.doses.checks import CHECKS as DOSE_CHECKS
from claims.portable import PORTABLE
from cms.contracts import Check, Listener, Portable, Schedule, Slot, Syntax
from cms.hookspecs import hookimpl


@hookimpl
def markdown() -> Sequence[Syntax]:
    return [callouts.SYNTAX, elsewhere.SYNTAX]


@hookimpl
def publish_checks() -> Sequence[Check]:
    return [*LANGUAGE_CHECKS, *DOSE_CHECKS, elsewhere.CHECK]


@hookimpl
def slots() -> Sequence[Slot]:
    return [elsewhere.SLOT]


@hookimpl
def events() -> Sequence[Listener]:
    return [store.LISTENER]


@hookimpl
def schedules() -> Sequence[Schedule]:
    return [Schedule("claims.doses", read_missed.enqueue, timedelta(minutes=10))]


@hookimpl
def portables() -> Sequence[Portable]:
    return [PORTABLE]
