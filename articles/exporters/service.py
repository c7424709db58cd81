"""Export articles and the records around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import structlog
from django.db.models import Q

from articles.exporters.file import write_article
from articles.exporters.folder import Folder, open_folder
from articles.intake.identity import own_id
from articles.models import Article
from cms import plugins

BATCH = 100
Progress = Callable[[str, int, int], None]  # what, how many are done, of how many
log = structlog.get_logger("chelate.export")


class UnknownArticles(Exception):
    """Some of the wanted articles do not exist."""


@dataclass(slots=True)
class Exported:
    """`removed` counts files of an earlier export that were taken away; `problems` name records not written."""

    articles: int = 0
    records: int = 0
    removed: int = 0
    problems: list[str] = field(default_factory=list)


def export_folder(
    path: Path,
    *,
    slugs: Sequence[str] = (),
    overwrite: bool = False,
    progress: Progress = lambda what, done, total: None,
) -> Exported:
    """Write the working copies of all articles, or of those with these addresses, and every record.

    Raises FolderNotEmpty, UnknownArticles, or OSError if the disk does not play along.
    """
    wanted = Article.objects.exclude(head=None).order_by("pk")
    if slugs:
        wanted = wanted.filter(pk__in=_numbers_of(slugs))
    identities = {article.pk: own_id(article) for article in wanted.only("source_id", "created_at")}
    folder = open_folder(path, overwrite=overwrite)
    earlier_articles, earlier_records = folder.articles, folder.records
    rewritten = set(identities.values())
    kept = {name: own for name, own in earlier_articles.items() if slugs and own not in rewritten}

    folder.articles, folder.records = dict(kept), []
    _write_articles(folder, list(identities), progress)
    problems = _write_records(folder, progress)
    if problems:  # what could not be written again is still the best there is
        folder.records = sorted({*folder.records, *earlier_records})
    stale = {*earlier_articles, *earlier_records} - {*folder.articles, *folder.records}
    folder.finish(stale)
    return Exported(len(identities), len(folder.records), len(stale), problems)


def _numbers_of(slugs: Sequence[str]) -> set[int]:
    """Return the articles that want or ever had these addresses. Raises UnknownArticles."""
    found = Article.objects.filter(Q(slug__in=slugs) | Q(slug_claims__slug__in=slugs))
    rows = list(found.values_list("pk", "slug", "slug_claims__slug"))
    unknown = set(slugs) - {slug for row in rows for slug in row[1:]}
    if unknown:
        known = list(Article.objects.values_list("slug", flat=True))
        raise UnknownArticles(" ".join(_unknown(slug, known) for slug in sorted(unknown)))
    return {row[0] for row in rows}


def _unknown(slug: str, known: Sequence[str]) -> str:
    alike = get_close_matches(slug, known, n=1)
    return f"There is no article with the address {slug}{f'; did you mean {alike[0]}?' if alike else '.'}"


def _write_articles(folder: Folder, numbers: Sequence[int], progress: Progress) -> None:
    done = 0
    for start in range(0, len(numbers), BATCH):
        batch = Article.objects.select_related("head").filter(pk__in=numbers[start : start + BATCH])
        for article in batch.order_by("pk"):
            if article.head is not None:
                content = write_article(article, article.head)
                folder.add_article(article.slug, article.pk, own_id(article), content)
            done += 1
            progress("articles", done, len(numbers))


def _write_records(folder: Folder, progress: Progress) -> list[str]:
    """Let every plugin write its records; a failing one does not stop the others."""
    portables = plugins.registry().portables
    problems = []
    for done, (name, portable) in enumerate(portables.items(), start=1):
        try:
            folder.add_records(portable.dump)
        except Exception as error:
            log.exception("records_not_exported", portable=name)
            problems.append(f"The records of “{name}” were not written ({type(error).__name__}: {error}).")
        progress("kinds of records", done, len(portables))
    return problems
