"""Which tracking ID the direct links of an article carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from affiliates.earnings.tasks import reattribute
from affiliates.models import TagPool
from affiliates.targets import host_matches
from articles.models import Article
from articles.recompile import dependency_changed

TAGS = "tags"  # what pages with links of such networks depend on


@dataclass(frozen=True, slots=True)
class Tag:
    """A tracking ID as the renderer needs it; `network` is the key. Without a marketplace it is for any shop."""

    tracking_id: str
    network: str
    marketplace: str


def tags_of(article_id: int | None, day: date) -> list[Tag]:
    """Return the tracking IDs that concern an article on a day, its own before its topic's before the site's."""
    topic = Article.objects.filter(pk=article_id or 0).values("topic_id")
    concerned = Q(article=None, topic=None) | Q(article=article_id or 0) | Q(article=None, topic__in=topic)
    found = TagPool.objects.filter(concerned).select_related("network").order_by("pk")
    held = sorted((tag for tag in found if tag.holds_on(day)), key=_distance)
    return [Tag(tag.tracking_id, tag.network.key, tag.marketplace.lower()) for tag in held]


def _distance(tag: TagPool) -> tuple[int, bool]:
    own = 0 if tag.article_id else 1 if tag.topic_id else 2
    return own, not tag.marketplace


def choose(tags: Iterable[Tag], network: str, host: str) -> str:
    """Return the tracking ID for a link of a network to a host, "" if none is assigned."""
    fitting = (
        tag.tracking_id
        for tag in tags
        if tag.network == network and (not tag.marketplace or host_matches(host, [tag.marketplace]))
    )
    return next(fitting, "")


def tag_for(
    article_id: int | None, marketplace: str, *, network: str = "amazon", day: date | None = None
) -> str:
    """Return the tracking ID that links of an article to a shop, such as amazon.de, carry; "" if none is assigned."""
    return choose(tags_of(article_id, day or timezone.now().date()), network, marketplace.lower())


def follow_dates() -> bool:
    """Let pages follow an assignment that began or ended in the last two days. Runs once a day."""
    today = timezone.now().date()
    recent = (today - timedelta(days=2), today)
    changed = TagPool.objects.filter(Q(valid_from__range=recent) | Q(valid_until__range=recent)).exists()
    if changed:
        dependency_changed(TAGS)
    return changed


def follow(*tags: TagPool) -> None:
    """Attribute anew what these tracking IDs earned, and let the pages of their articles carry them."""
    for network_id in {tag.network_id for tag in tags}:
        own = sorted({tag.tracking_id for tag in tags if tag.network_id == network_id})
        reattribute.enqueue(network_id, own)
    dependency_changed(TAGS)
