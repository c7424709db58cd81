"""The placements of the live articles, with what their clicks lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affiliates.clicks.destinations import Destination, load_destination
from affiliates.models import AffiliateLink, Placement
from affiliates.tallies.facts import block_counts
from articles.models import Edition


@dataclass(frozen=True, slots=True)
class Place:
    """`depth` says how far down the article it stands, 0 to 1. A link that stands in no article has neither."""

    article: str
    article_id: int
    kind: str
    depth: float
    link: str
    network: str
    program: str
    destination: Destination

    @property
    def key(self) -> str:
        return f"{self.article}/{self.kind}/{self.depth:.3f}/{self.link}"


def live_places() -> Sequence[Place]:
    """Return the places of live articles, in an order that does not depend on their random ids."""
    rows = Placement.objects.filter(is_active=True).select_related("link__network", "link__program")
    slugs = dict(Edition.objects.live().values_list("article", "slug"))
    lengths = block_counts(slugs)
    found = []
    for row in rows.filter(article__in=slugs):
        article = row.article_id or 0
        depth = _depth(row, lengths.get(article, 0))
        found.append(_place(row.link, row.public_id, slugs[article], article, row.kind, depth))
    return sorted(found, key=lambda place: place.key)


def _depth(row: Placement, length: int) -> float:
    """Return how far down it stands; of two links in one block the second is a little lower."""
    if row.kind == Placement.Kind.END_CALL or not length:
        return 1.0
    return min(1.0, (row.block_index + row.ordinal / 100) / length)


def bare(slug: str) -> Place:
    """Return the use of a link outside of articles: its plain address, as in a newsletter."""
    link = AffiliateLink.objects.select_related("network", "program").get(slug=slug)
    return _place(link, "", "", 0, "", 0.0)


def _place(
    link: AffiliateLink, public_id: str, article: str, article_id: int, kind: str, depth: float
) -> Place:
    destination = load_destination(link.slug, public_id)
    if destination is None:
        raise LookupError(f"There is no link {link.slug}.")
    program = link.program.slug if link.program else ""
    return Place(article, article_id, kind, depth, link.slug, link.network.key, program, destination)
