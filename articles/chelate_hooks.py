"""The kernel registers its own objects through the same socket as every plugin."""

from __future__ import annotations

from collections.abc import Sequence

from articles.compile.syntaxes import SYNTAXES
from cms.contracts import Syntax
from cms.hookspecs import hookimpl


@hookimpl
def markdown() -> Sequence[Syntax]:
    return SYNTAXES
