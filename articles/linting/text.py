"""Findings as a person reads them in a terminal: file by file, the line first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from django.core.management.color import Style

from articles.importers.words import quote
from articles.linting.run import Result
from articles.linting.said import Said
from cms.contracts import Severity

WORDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
STYLES: Mapping[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "HTTP_INFO"}


def write_text(result: Result, style: Style) -> str:
    return "\n".join(_lines(result, style)) + "\n"


def _lines(result: Result, style: Style) -> Iterator[str]:
    for file, found in groupby(result.findings, key=lambda finding: finding.file):
        yield style.MIGRATE_HEADING(str(file))
        for finding in found:
            yield from _finding_lines(finding, style)
        yield ""
    yield _summary(result, style)


def _finding_lines(finding: Said, style: Style) -> Iterator[str]:
    word = "critical" if finding.critical else WORDS[finding.severity]
    painted = getattr(style, STYLES[finding.severity])(f"{word:<8}")
    words = f"  {quote(finding.quote, 60)}" if finding.quote and not _is_told(finding) else ""
    yield f"{finding.line:>5}  {painted}  {finding.id:<6} {finding.message}{words}"
    if finding.fix and finding.severity != "info":
        yield f"{'':>5}  {'':<8}  {'':<6} → {finding.fix}"


def _is_told(finding: Said) -> bool:
    """Return whether the message names the words already."""
    return "“" in finding.message or finding.quote in finding.message


def _summary(result: Result, style: Style) -> str:
    if not result.files:
        return nothing_to_read(result)
    files = _count(len(result.files) - len(result.unreadable), "file")
    if not result.findings:
        return style.SUCCESS(f"{files} checked, nothing found.")
    counted = Counter(finding.severity for finding in result.findings)
    told = [_count(counted[severity], word) for severity, word in WORDS.items() if counted[severity]]
    if result.unreadable:
        told.append(f"{_count(len(result.unreadable), 'file')} not readable")
    return f"{files} checked: {', '.join(told)}."


def nothing_to_read(result: Result) -> str:
    """Say why there was nothing to check."""
    others = _others([path.name for path in result.ignored])
    return f"There is no article to check{others}. Name files or folders with Markdown (.md) or plain text (.txt)."


def _others(names: Sequence[str], most: int = 3) -> str:
    if not names:
        return ""
    listed = ", ".join(names[:most]) + (" …" if len(names) > most else "")
    return f"; no importer knows {_count(len(names), 'file')} ({listed})"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
