"""What this plugin registers with the socket."""

from __future__ import annotations

from collections.abc import Sequence

from claims.callouts import SYNTAX
from claims.doses.checks import CHECKS as DOSE_CHECKS
from cms.contracts import Check, Syntax
from cms.hookspecs import hookimpl


@hookimpl
def markdown() -> Sequence[Syntax]:
    return [SYNTAX]


@hookimpl
def publish_checks() -> Sequence[Check]:
    return DOSE_CHECKS
