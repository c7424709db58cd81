"""What happens to placements when an edition is published. Runs inside the publish transaction."""

from __future__ import annotations

from affiliates.markup.placements import SELF
from affiliates.models import Layout, Placement
from articles.models import Edition
from cms.contracts import Listener, PlacementUse, PublishEvent


def published(event: PublishEvent) -> None:
    """Write the placements of an edition, and the layout that the next one is compared with."""
    uses = {use.public_id: use for use in event.document.placements if use.public_id != SELF}
    known = {
        placement.public_id: placement for placement in Placement.objects.filter(article=event.article_id)
    }
    if not uses and not known:
        return
    edition = Edition.objects.values_list("number", flat=True).get(pk=event.edition_id)
    new: list[Placement] = []
    changed: list[Placement] = []
    for public_id, use in uses.items():
        placement = known.pop(public_id, None)
        target = changed if placement else new
        target.append(_follow(placement or _start(event.article_id, use, edition), use, edition))
    for placement in known.values():
        placement.is_active = False
        changed.append(placement)
    Placement.objects.bulk_create(new)
    Placement.objects.bulk_update(changed, ["block_key", "block_index", "kind", "last_edition", "is_active"])
    keys = [block.key for block in event.document.blocks]
    Layout.objects.update_or_create(article_id=event.article_id, defaults={"block_keys": keys})


def unpublished(article_id: int) -> None:
    """Mark the placements as gone from the site; links in cached pages still work and count."""
    Placement.objects.filter(article=article_id).update(is_active=False)


def _start(article_id: int, use: PlacementUse, edition: int) -> Placement:
    return Placement(
        public_id=use.public_id,
        article_id=article_id,
        link_id=use.link_id,
        ordinal=use.ordinal,
        first_edition=edition,
    )


def _follow(placement: Placement, use: PlacementUse, edition: int) -> Placement:
    placement.block_key, placement.block_index, placement.kind = use.block_key, use.block_index, use.kind
    placement.last_edition, placement.is_active = edition, True
    return placement


LISTENER = Listener("affiliates", published, unpublished)
