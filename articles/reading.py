"""What one article page reads: three queries, prepared, since every reader's request runs them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from articles.models import Author, Edition
from articles.prepared import prepared

RELATED_COUNT = 3


def live_edition(slug: str) -> Edition | None:
    """Return what readers see at this address now, with topic, picture and reviewer; None if there is nothing."""
    return next(iter(editions_at(slug, timezone.now())), None)


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
def signatures(edition: int) -> models.QuerySet[Any]:
    rows = Edition.authors.through.objects.filter(edition=edition)
    return rows.select_related("author").order_by("pk")


@prepared
def recommendations(source: int, moment: datetime) -> models.QuerySet[Edition]:
    edges = Edition.objects.at(moment).for_cards().filter(article__related_to__source=source)
    return edges.order_by("article__related_to__rank")[:RELATED_COUNT]
