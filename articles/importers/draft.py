"""An article on its way from a file: each transformation takes a draft and returns the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from articles.importers.lines import Line, Lines
from cms.contracts import Finding, Severity


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known so far.

    `has_lost_marks`: one line a paragraph and no heading, as after a copy from a page.
    """

    lines: Lines
    title: str = ""
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    references: tuple[Mapping[str, Any], ...] = ()
    pins: tuple[str, ...] = ()
    disclaimers: tuple[str, ...] = ()
    callout_count: int = 0
    has_lost_marks: bool = False
    findings: tuple[Finding, ...] = ()
    not_understood: tuple[str, ...] = ()

    def but(self, **changes: Any) -> Draft:
        return replace(self, **changes)

    def with_lines(self, lines: Iterable[Line]) -> Draft:
        return replace(self, lines=tuple(lines))

    def tell(self, *findings: Finding) -> Draft:
        return replace(self, findings=(*self.findings, *findings))

    def wonder(self, *messages: str) -> Draft:
        """Add what was not understood; every message names its place."""
        return replace(self, not_understood=(*self.not_understood, *messages))


def told(
    identifier: str,
    message: str,
    *,
    line: Line | int | None = None,
    quote: str = "",
    fix: str = "",
    severity: Severity = "info",
) -> Finding:
    """Return a finding of the import; ids IMP01 and on are listed in docs/import.md."""
    number = line.number if isinstance(line, Line) else line
    return Finding(identifier, severity, message, line=number, quote=quote, fix=fix)
