"""Which published articles show which links."""

from __future__ import annotations

from collections.abc import Collection

from affiliates.models import Placement
from articles.models import Article


def articles_with(link_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the titles of the articles that readers see each link in."""
    rows = (
        Placement.objects.filter(link__in=link_ids, is_active=True, article__isnull=False)
        .order_by("article__title")
        .values_list("link_id", "article__title")
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for link_id, title in rows:
        found.setdefault(link_id, []).append(title)
    return found


def articles_of(link_id: int) -> list[Article]:
    places = Placement.objects.filter(link=link_id, is_active=True, article__isnull=False)
    return list(Article.objects.filter(pk__in=places.values("article")).order_by("title").only("title"))
