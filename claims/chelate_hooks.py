"""What this plugin registers with the socket."""

from __future__ import annotations

from collections.abc import Sequence

from claims.callouts import SYNTAX
from cms.contracts import Syntax
from cms.hookspecs import hookimpl


@hookimpl
def markdown() -> Sequence[Syntax]:
    return [SYNTAX]
