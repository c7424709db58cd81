"""Findings of the importer and of the compiler in one list, with the lines of the original file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from articles.compile import compile_article, make_source
from cms.contracts import CompileError, Finding


def compiled(text: str, front_matter: Mapping[str, Any], article_id: int | None) -> Sequence[Finding]:
    """Compile as the preview would, with every publish check."""
    try:
        return compile_article(make_source(text, front_matter, article_id)).findings
    except CompileError as error:
        return [Finding("MD00", "error", str(error), critical=True)]


def at_original_lines(findings: Sequence[Finding], line_map: Sequence[int]) -> list[Finding]:
    """Return the findings with the line of the file that each line of the text came from."""
    return [replace(finding, line=_original(finding.line, line_map)) for finding in findings]


def _original(line: int | None, line_map: Sequence[int]) -> int | None:
    if line is None or not 0 < line <= len(line_map):
        return line_map[-1] if line and line_map else None
    return line_map[line - 1]


def merged(first: Sequence[Finding], second: Sequence[Finding]) -> list[Finding]:
    """Return both lists in reading order; what both say of the same words is said once."""
    new = [finding for finding in second if not any(_is_same(finding, other) for other in first)]
    return sorted([*first, *new], key=lambda finding: (finding.line or 0, finding.id))


def _is_same(one: Finding, other: Finding) -> bool:
    if one.id != other.id or not one.quote or not other.quote:
        return False
    longer, shorter = sorted((one.quote, other.quote), key=len, reverse=True)
    return longer == shorter or (one.line == other.line and shorter in longer)
