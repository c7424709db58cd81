"""Clicks in the list of articles: four weeks of people, from the day sums, two queries a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from affiliates.counts import DAYS
from affiliates.models import Dimension, Network, Placement, Tally
from cms.contracts import ArticleColumn, Cell


def click_cells(article_ids: Sequence[int]) -> Mapping[int, Cell]:
    """Return the clicks of each article that has a paid link or had a click. Direct links make it a lower bound."""
    today = timezone.now().date()
    days = [today - timedelta(days=number) for number in range(DAYS)]
    # Days by name and not as a range: the index then leads to each row, whatever else was clicked in those weeks.
    rows = (
        Tally.objects.filter(
            dimension=Dimension.ARTICLE, span=1, start__in=days, key__in=[str(pk) for pk in article_ids]
        )
        .order_by()
        .values_list("key")
        .annotate(Sum("clicks"), Sum("unique_clicks"), Sum("unmeasured"))
    )
    counted = {int(key): (clicks, unique, unmeasured) for key, clicks, unique, unmeasured in rows}
    routes = _routes(article_ids)
    return {
        pk: _cell(*counted.get(pk, (0, 0, 0)), routes.get(pk, set()))
        for pk in article_ids
        if pk in counted or pk in routes
    }


def _routes(article_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return how the paid links that readers see now lead on: redirect, direct, or both."""
    places = Placement.objects.filter(article__in=article_ids, is_active=True).order_by()
    found: dict[int, set[str]] = {}
    for pk, routing, forbids in places.values_list(
        "article_id", "link__network__routing", "link__program__forbids_redirect"
    ).distinct():
        if pk is not None:
            found.setdefault(pk, set()).add(Network.Routing.DIRECT if forbids else routing)
    return found


def _cell(clicks: int, unique: int, unmeasured: int, routes: set[str]) -> Cell:
    least = "at least " if Network.Routing.DIRECT in routes else ""
    notes = [f"{unique:,} unique clicks"] if clicks else []
    if unmeasured:
        notes.append(f"{unmeasured:,} not measured")
    if not routes:
        notes.append("no paid link now")
    return Cell(f"{least}{clicks:,}", ", ".join(notes))


COLUMN = ArticleColumn(
    "affiliates.clicks", f"Clicks, {DAYS} days", click_cells, permission="affiliates.view_affiliatelink"
)
