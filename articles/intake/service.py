"""Import files and folders. One bad file never stops the rest, and a dry run does the real thing and takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.contrib.auth.models import User
from django.db import transaction

from articles.importers import UnreadableFileError
from articles.importers.draft import told
from articles.intake import article as articles
from articles.intake.beside import load_records
from articles.intake.discovery import Candidate, choose_importer, find_files
from articles.intake.publication import put_online
from articles.intake.report import Entry, Report, Status
from cms.contracts import ImportedArticle

Progress = Callable[[str, int, int], None]  # what, how many are done, of how many
log = structlog.get_logger("chelate.intake")


@dataclass(frozen=True, slots=True)
class Options:
    """`override` is the written reason for publishing despite error findings."""

    is_dry_run: bool = False
    publish: bool = False
    override: str = ""
    overwrite: bool = False
    by: User | None = None


def import_paths(
    paths: Sequence[Path],
    options: Options = Options(),
    progress: Progress = lambda what, done, total: None,
) -> Report:
    """Import every file below `paths` and report on each article.

    A dry run holds one transaction open until it is rolled back; a real one takes one for each article.
    """
    report = Report(is_dry_run=options.is_dry_run)
    if options.is_dry_run:
        with transaction.atomic():
            _run(paths, options, progress, report)
            transaction.set_rollback(True)
    else:
        _run(paths, options, progress, report)
    return report


def _run(paths: Sequence[Path], options: Options, progress: Progress, report: Report) -> None:
    taken = take_all(paths, options, progress, report)
    for done, stored in enumerate(taken, start=1):
        stored.check()
        progress("articles checked", done, len(taken))
    if options.publish:
        ready = [stored.entry for stored in taken if stored.entry.status is not Status.KEPT]
        for done, entry in enumerate(ready, start=1):
            _publish(entry, options)
            progress("articles published or refused", done, len(ready))


def take_all(
    paths: Sequence[Path], options: Options, progress: Progress, report: Report
) -> list[articles.Taken]:
    """Store every article and return them unchecked: links between them are found when all are in."""
    for path in paths:
        problems = load_records(path, is_dry_run=options.is_dry_run)
        report.entries += [failed(path, problem) for problem in problems]
    candidates = list(find_files(paths))
    taken: list[articles.Taken] = []
    for done, candidate in enumerate(candidates, start=1):
        for outcome in _take_file(candidate, options, report):
            if isinstance(outcome, Entry):
                report.entries.append(outcome)
            else:
                report.entries.append(outcome.entry)
                taken.append(outcome)
        progress("files read", done, len(candidates))
    for path in paths:
        problems = load_records(path, is_dry_run=options.is_dry_run, after_articles=True)
        report.entries += [failed(path, problem) for problem in problems]
    return taken


def _take_file(candidate: Candidate, options: Options, report: Report) -> Iterator[articles.Taken | Entry]:
    if candidate.problem:
        yield failed(candidate.path, str(candidate.problem))
        return
    importer = choose_importer(candidate.path)
    if importer is None:
        if candidate.is_named:
            yield failed(candidate.path, f"{candidate.path}: no importer knows this kind of file.")
        else:
            report.ignored.append(candidate.path)
        return
    try:
        for imported in importer.read(candidate.path):
            yield _take(imported, candidate, options)
    except UnreadableFileError as error:
        yield failed(candidate.path, str(error), error.line)
    except Exception as error:
        log.exception("importer_failed", importer=importer.id, path=str(candidate.path))
        message = f"{candidate.path}: the importer “{importer.id}” failed ({type(error).__name__}: {error})."
        yield failed(candidate.path, message)


def _take(imported: ImportedArticle, candidate: Candidate, options: Options) -> articles.Taken | Entry:
    try:
        return articles.take(
            imported,
            candidate.root,
            by=options.by,
            overwrite=options.overwrite,
            is_dry_run=options.is_dry_run,
        )
    except Exception as error:
        log.exception("article_not_imported", path=str(candidate.path))
        message = (
            f"{candidate.path}: {imported.title!r} could not be stored ({type(error).__name__}: {error})."
        )
        return failed(candidate.path, message)


def _publish(entry: Entry, options: Options) -> None:
    try:
        put_online(entry, by=options.by, override=options.override)
    except Exception as error:
        log.exception("article_not_published", path=str(entry.source))
        entry.is_refused = True
        entry.publication = f"not published: {type(error).__name__}: {error}"


def failed(path: Path, message: str, line: int | None = None) -> Entry:
    """Return the entry of a file that gave no article."""
    finding = told(
        "IMP21",
        message,
        line=line,
        fix="Nothing was taken over. Repair the file and import it again.",
        severity="error",
    )
    return Entry(path, Status.FAILED, findings=[finding])
