"""Windows of visibility. The editions of one article never overlap; callers hold the lock on the article."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Max

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


def after_last(article: Article, now: datetime) -> datetime:
    """Return `now`, or the moment after the newest edition went live if the clock was set back since.

    Otherwise that edition would come back as soon as the clock has caught up. It was published at once: what is
    scheduled goes live after it was made.
    """
    at_once = article.editions.filter(live_from__lte=F("created_at"), live_from__gte=now)
    newest = at_once.aggregate(newest=Max("live_from"))["newest"]
    return now if newest is None or newest == now else newest + timedelta(microseconds=1)


def shown_last(article: Article, moment: datetime) -> Edition | None:
    """Return the edition that readers see at `moment`, or saw last before it. Cancelled ones were never seen."""
    seen = article.editions.filter(live_from__lte=moment).exclude(live_until=F("live_from"))
    return seen.order_by("-live_from", "-number").first()


def shown_at(article: Article, moment: datetime) -> Edition | None:
    """What did readers see then? One query."""
    return article.editions.at(moment).first()
