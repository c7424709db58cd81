"""Which place of which article a conversion belongs to, by the surest thing that the report tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import unquote, urlsplit

from django.conf import settings

from affiliates.earnings.shares import equal_weights, split
from affiliates.models import Attribution, Click, Conversion, Method, Network, Placement, TagPool
from affiliates.subids import ALPHABET, LONG_LENGTH, VERSION, VERSION_OF_CLICK, SubId, decode
from articles.models import SlugClaim

ARTICLE_PATH = "/articles/"
# How sure each method is. A tracking ID that two articles share tells less than one of its own; a page that somebody
# came from may hold the same link twice.
SURE, SHARED, LIKELY = Decimal(1), Decimal("0.5"), Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Clue:
    """What a report tells about the way of one conversion."""

    sub_id: str = ""
    tracking_id: str = ""
    referrer: str = ""
    event_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a conversion and the place that it belongs to."""

    method: str = Method.UNATTRIBUTED
    article_id: int | None = None
    placement_id: int | None = None
    link_id: int | None = None
    weight: Decimal = SURE
    confidence: Decimal = Decimal(0)
    click_id: int | None = None


UNATTRIBUTED = (Share(),)
SHORTEST_CUT = 7  # version and placement


class Places:
    """Finds the places of many conversions of one network in a few queries."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.tags: dict[str, list[TagPool]] = {}
        for tag in TagPool.objects.filter(network=network):
            self.tags.setdefault(tag.tracking_id.casefold(), []).append(tag)

    def find(self, clues: Sequence[Clue]) -> list[tuple[Share, ...]]:
        """Return the shares of each, in the same order; their weights sum to 1."""
        ids = {clue.sub_id: found for clue in clues if (found := decoded(clue.sub_id))}
        wanted = {found.placement for found in ids.values()}
        rows = Placement.objects.filter(public_id__in=wanted) if wanted else Placement.objects.none()
        placements = {
            public_id: (pk, article_id, link_id)
            for public_id, pk, article_id, link_id in rows.values_list(
                "public_id", "pk", "article_id", "link_id"
            )
        }
        clicks = _clicks(found.click_token for found in ids.values())
        slugs = {clue.referrer: slug for clue in clues if (slug := article_slug(clue.referrer))}
        articles = dict(
            SlugClaim.objects.filter(slug__in=set(slugs.values())).values_list("slug", "article_id")
        ) if slugs else {}  # fmt: skip
        return [
            _by_sub_id(ids.get(clue.sub_id), placements, clicks)
            or self._by_tag(clue)
            or _by_referrer(articles.get(slugs.get(clue.referrer, "")))
            or UNATTRIBUTED
            for clue in clues
        ]

    def _by_tag(self, clue: Clue) -> tuple[Share, ...]:
        if not clue.tracking_id or clue.event_at is None:
            return ()
        tags = on_day(self.tags.get(clue.tracking_id.casefold(), ()), clue.event_at.date())
        articles = sorted({tag.article_id for tag in tags if tag.article_id})
        if not articles:
            # A topic's or the site's: known to be ours, but not which article's.
            return (Share(Method.TAG_POOL, weight=SURE, confidence=SURE),) if tags else ()
        confidence = SURE if len(articles) == 1 else SHARED
        weights = equal_weights(len(articles))
        return tuple(
            Share(Method.TAG_POOL, article_id, weight=weight, confidence=confidence)
            for article_id, weight in zip(articles, weights, strict=True)
        )


def _by_sub_id(
    found: SubId | None,
    placements: Mapping[str, tuple[int, int | None, int]],
    clicks: Mapping[tuple[str | None, int | None], int],
) -> tuple[Share, ...]:
    if found is None or found.placement not in placements:
        return ()
    placement_id, article_id, link_id = placements[found.placement]
    click_id = clicks.get((found.click_token, placement_id))
    method = Method.CLICK_TOKEN if click_id else Method.PLACEMENT_SUB_ID
    return (Share(method, article_id, placement_id, link_id, SURE, SURE, click_id),)


def _clicks(tokens: Iterable[str]) -> Mapping[tuple[str | None, int | None], int]:
    """Return the clicks by token and placement, as far as they are still kept."""
    wanted = {token for token in tokens if token}
    if not wanted:
        return {}
    found = Click.objects.filter(click_token__in=wanted)
    return {(token, place): pk for token, place, pk in found.values_list("click_token", "placement_id", "pk")}


def _by_referrer(article_id: int | None) -> tuple[Share, ...]:
    return (Share(Method.REFERRING_URL, article_id, confidence=LIKELY),) if article_id else ()


def decoded(sub_id: str) -> SubId | None:
    """Return what a sub-ID of ours means, in any case; None if it is another's, cut or damaged."""
    try:
        return decode(sub_id)
    except ValueError:
        return None


def looks_damaged(sub_id: str) -> bool:
    """Return whether a sub-ID looks like one of ours that was cut or changed on its way."""
    text = sub_id.lower()
    is_like_ours = (
        SHORTEST_CUT <= len(text) <= LONG_LENGTH
        and text[0] in (VERSION, VERSION_OF_CLICK)
        and set(text) <= set(ALPHABET)
        and any(map(str.isdigit, text))  # most words of others have none
    )
    return is_like_ours and decoded(text) is None


def article_slug(referrer: str) -> str:
    """Return the slug of the article that an address of this site names, "" for any other address."""
    if ARTICLE_PATH not in referrer:
        return ""
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return ""
    own = urlsplit(settings.SITE_URL).hostname or ""
    host = parts.hostname or ""
    if own and host.removeprefix("www.") != own.removeprefix("www."):
        return ""
    path = unquote(parts.path)
    return path.removeprefix(ARTICLE_PATH).partition("/")[0] if path.startswith(ARTICLE_PATH) else ""


def on_day(tags: Iterable[TagPool], day: date) -> list[TagPool]:
    """Return the assignments that hold on a day; those to an article before those to a topic before the site's."""
    held = [tag for tag in tags if tag.holds_on(day)]
    articles = [tag for tag in held if tag.article_id]
    topics = [tag for tag in held if tag.topic_id]
    return articles or topics or held


def attributions(conversion: Conversion, shares: Sequence[Share]) -> list[Attribution]:
    """Return the rows for one row of the ledger; their amounts sum to its amounts exactly."""
    weights = [share.weight for share in shares]
    commissions = split(conversion.commission, weights)
    sales = split(conversion.sale_amount, weights)
    counts = split(Decimal(conversion.conversion_count), weights, Decimal(1))
    return [
        Attribution(
            conversion=conversion,
            method=share.method,
            article_id=share.article_id,
            placement_id=share.placement_id,
            link_id=share.link_id,
            weight=share.weight,
            confidence=share.confidence,
            commission=commission,
            sale_amount=sale,
            conversion_count=int(count),
        )
        for share, commission, sale, count in zip(shares, commissions, sales, counts, strict=True)
    ]


def shares_of(conversion_ids: Iterable[int]) -> Mapping[int, tuple[Share, ...]]:
    """Return how rows of the ledger were attributed: what corrects them belongs to the same places."""
    found: dict[int, tuple[Share, ...]] = {}
    rows = Attribution.objects.filter(conversion__in=list(conversion_ids)).order_by("pk")
    for row in rows:
        share = Share(row.method, row.article_id, row.placement_id, row.link_id, row.weight, row.confidence)
        found[row.conversion_id] = (*found.get(row.conversion_id, ()), share)
    return found
