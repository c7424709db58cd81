"""Windows of visibility. The editions of one article never overlap; callers hold the lock on the article."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from articles.models import Article, Edition


def open_window(article: Article, start: datetime) -> datetime | None:
    """Make room for an edition that is visible from `start` on and return when it ends (None: open).

    The edition covering `start` ends there and hands over the rest of its time; in a gap the new edition lasts until
    the next one starts. An edition that starts in the same moment is replaced: its window becomes empty.
    """
    covering = article.editions.at(start).first()
    if covering is not None:
        end = covering.live_until
        covering.live_until = start
        covering.save(update_fields=["live_until"])
        return end
    following = article.editions.filter(live_from__gt=start).exclude(live_until=F("live_from"))
    starts = following.order_by("live_from").values_list("live_from", flat=True)
    return starts.first()


def shown_at(article: Article, moment: datetime) -> Edition | None:
    """What did readers see then? One query."""
    return article.editions.at(moment).first()
