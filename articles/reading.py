"""What one article page reads: three queries, prepared, since every reader's request runs them.

The text of the edition is a fourth one, for a page that is not at hand yet.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.http import Http404
from django.utils import timezone

from articles.models import Author, Edition
from articles.prepared import prepared
from articles.statements import Rows

RELATED_COUNT = 3
TEXT = ("html", "toc", "structured_data")


def live_edition(slug: str) -> Edition | None:
    """Return what readers see at this address now, with topic, picture and reviewer; None if there is nothing."""
    return next(iter(editions_at(slug, timezone.now())), None)


class ArticleRows(NamedTuple):
    """Everything an article page shows, as the database gave it, but the text, which no edition ever changes."""

    edition: Rows
    authors: Rows
    related: Rows

    def load(self) -> tuple[Edition, list[Author], list[Edition]]:
        """Return edition, authors and recommendations as objects. Raises Http404 if the article was just deleted."""
        edition = headings_at.objects(self.edition)[0]
        text = next(iter(texts(edition.pk)), None)
        if text is None:
            raise Http404("The article has been deleted.")
        for name in TEXT:
            setattr(edition, name, getattr(text, name))
        authors = [row.author for row in signatures.objects(self.authors)]
        return edition, authors, recommendations.objects(self.related)


def article_rows(slug: str) -> ArticleRows | None:
    """Return what readers see at this address now, None if there is nothing."""
    now = timezone.now()
    edition = headings_at.rows(slug, now)[:1]
    if not edition:
        return None
    pk, article = (edition[0][headings_at.columns[name]] for name in ("id", "article_id"))
    return ArticleRows(edition, signatures.rows(pk), recommendations.rows(article, now))


def authors_of(edition: Edition) -> list[Author]:
    """Return the authors in the order in which the text names them."""
    return [row.author for row in signatures(edition.pk)]


def related_to(edition: Edition) -> list[Edition]:
    """Return the stored recommendations whose articles are live, in their order: pins first."""
    return recommendations(edition.article_id, timezone.now())


@prepared
def editions_at(slug: str, moment: datetime) -> models.QuerySet[Edition]:
    return Edition.objects.at(moment).for_page().filter(slug=slug)


@prepared
def headings_at(slug: str, moment: datetime) -> models.QuerySet[Edition]:
    """Everything of the live edition but its text."""
    return editions_at.build(slug, moment).defer(*TEXT)


@prepared
def texts(edition: int) -> models.QuerySet[Edition]:
    return Edition.objects.filter(pk=edition).only(*TEXT)


@prepared
def signatures(edition: int) -> models.QuerySet[Any]:
    rows = Edition.authors.through.objects.filter(edition=edition)
    return rows.select_related("author").order_by("pk")


@prepared
def recommendations(source: int, moment: datetime) -> models.QuerySet[Edition]:
    edges = Edition.objects.at(moment).for_cards().filter(article__related_to__source=source)
    return edges.order_by("article__related_to__rank")[:RELATED_COUNT]
