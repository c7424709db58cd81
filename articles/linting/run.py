"""Import, compile and check files for real, and take everything back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction

from articles.compile import compile_article, make_source
from articles.importers.draft import told
from articles.intake import Options
from articles.intake.article import Taken
from articles.intake.findings import at_original_lines, merged
from articles.intake.report import Entry, Report
from articles.intake.service import Progress, take_all
from articles.linting.places import original_of
from articles.linting.said import Said, said
from articles.metadata import read_metadata
from articles.models import Article
from cms.contracts import CompileError, Finding

NOT_UNDERSTOOD = "IMP20"
_PLACE = re.compile(r"^Line (\d+): ")
REPAIR = "Nothing in it was checked. Repair the file or leave it out, then run lint again."


@dataclass(frozen=True, slots=True)
class Result:
    """`unreadable` are among the findings, too; `ignored` files are of no kind that an importer knows."""

    findings: Sequence[Said] = ()
    files: Sequence[Path] = ()
    unreadable: Sequence[Path] = ()
    ignored: Sequence[Path] = field(default=())

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


def lint_paths(paths: Sequence[Path], progress: Progress = lambda what, done, total: None) -> Result:
    """Check every file below `paths` as publishing would, and leave the database as it was.

    All files come in before the first is checked, so that articles of one run may link to one another. One
    transaction stays open until it is rolled back.
    """
    report = Report(is_dry_run=True)
    findings: list[Said] = []
    with transaction.atomic():
        taken = take_all(paths, Options(is_dry_run=True, overwrite=True), progress, report)
        for done, stored in enumerate(taken, start=1):
            findings += _check(stored)
            progress("articles checked", done, len(taken))
        transaction.set_rollback(True)
    for entry in report.failed:
        findings += _unreadable(entry)
    order = {path: place for place, path in enumerate(dict.fromkeys(e.source for e in report.entries))}
    findings.sort(key=lambda one: (order[one.file], one.line, one.id))
    unreadable = list(dict.fromkeys(entry.source for entry in report.failed))
    return Result(findings, list(order), unreadable, report.ignored)


def _check(stored: Taken) -> Iterator[Said]:
    entry, prepared = stored.entry, stored.prepared
    article = Article(
        title=entry.title, slug=entry.slug
    )  # all that is read of it; the stored one says the same
    named = read_metadata(article, prepared.front_matter).findings
    compiled = at_original_lines(_compiled(stored, named), stored.line_map)
    everything = merged(merged(entry.findings, compiled), list(_not_understood(entry)))
    original = original_of(entry.source, prepared.front_matter)
    for finding in everything:
        yield said(finding, entry.source, *original.place(finding))


def _compiled(stored: Taken, named: Sequence[Finding]) -> Sequence[Finding]:
    source = make_source(stored.prepared.text, stored.prepared.front_matter, stored.entry.article_id)
    try:
        return compile_article(source, mode="publish", found=named).findings
    except CompileError as error:
        return [*named, Finding("MD00", "error", str(error), critical=True)]


def _not_understood(entry: Entry) -> Iterator[Finding]:
    """Yield what the import did not understand, unless a finding says so of the same words already."""
    for told_of in entry.not_understood:
        place = _PLACE.match(told_of)
        line, message = (int(place[1]), told_of[place.end() :]) if place else (None, told_of)
        if not any(_says(finding, line, message) for finding in entry.findings):
            yield told(NOT_UNDERSTOOD, message, line=line)


def _says(finding: Finding, line: int | None, message: str) -> bool:
    return finding.message == message or (
        finding.line == line and bool(finding.quote) and finding.quote in message
    )


def _unreadable(entry: Entry) -> Iterator[Said]:
    for finding in entry.findings:
        yield said(replace(finding, fix=REPAIR), entry.source, finding.line or 1, "")
