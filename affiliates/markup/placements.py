"""Which placement a paid link is: the one that stood there before, or a new one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from affiliates.markup.lookup import LAYOUT, PLACEMENT, LinkInfo, PlacementPool
from articles.compile import blocks
from cms.contracts import PLACEMENTS, PlacementUse, RenderContext

SELF = "self"  # the public id in previews: such clicks are our own
END_BLOCK = "end"  # the key of what follows the text


def place(context: RenderContext, link: LinkInfo, kind: str) -> str | None:
    """Record one use of a link and return the public id of its placement, None when no fresh id is left."""
    key, index = (
        (context.block.key, context.block.index) if context.block else (END_BLOCK, len(context.blocks))
    )
    uses: list[PlacementUse] = list(context.records(PLACEMENTS))
    ordinal = 1 + sum(use.link_id == link.id and use.block_index == index for use in uses)
    public_id = SELF if context.mode == "preview" else _identity(context, key, link.id, ordinal, uses)
    if public_id is not None:
        use = PlacementUse(public_id, link.id, link.slug, key, index, ordinal, kind, link.title)
        context.record(PLACEMENTS, use)
    return public_id


def _identity(
    context: RenderContext, key: str, link_id: int, ordinal: int, uses: list[PlacementUse]
) -> str | None:
    pool: PlacementPool = context.lookup.get(PLACEMENT, "") or PlacementPool()
    before = context.lookup.get(LAYOUT, "") or ()
    old_key = _matches(tuple(before), tuple(block.key for block in context.blocks)).get(key, key)
    used = {use.public_id for use in uses}
    known = pool.previous.get((old_key, link_id, ordinal))
    if known is not None and known not in used:
        return known
    return next((public_id for public_id in pool.fresh if public_id not in used), None)


@lru_cache(maxsize=4)  # one comparison serves every link of a rendering
def _matches(before: tuple[str, ...], after: tuple[str, ...]) -> Mapping[str, str]:
    return blocks.match(before, after)
