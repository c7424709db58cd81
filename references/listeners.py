"""What is kept of every published edition: which work it cites, where."""

from __future__ import annotations

from cms.contracts import CITATIONS, CitationUse, Listener, PublishEvent
from references.models import Citation, Reference


def published(event: PublishEvent) -> None:
    uses: tuple[CitationUse, ...] = event.document.records.get(CITATIONS, ())
    if not uses:
        return
    # A work may have been deleted between compiling and now; its citation must not fail the others.
    known = set(
        Reference.objects.filter(pk__in={use.reference_id for use in uses}).values_list("pk", flat=True)
    )
    keys = {block.index: block.key for block in event.document.blocks}
    Citation.objects.bulk_create(
        Citation(
            edition_id=event.edition_id,
            reference_id=use.reference_id,
            position=use.position,
            number=use.number,
            locator=use.locator[:100],
            prefix=use.prefix[:300],
            suffix=use.suffix[:300],
            mode=use.mode,
            block_key=keys.get(use.block_index, ""),
            block_index=use.block_index,
        )
        for use in uses
        if use.reference_id in known
    )


def unpublished(article_id: int) -> None:
    """Nothing to do: citations belong to editions, and what readers saw stays known."""


LISTENER = Listener("references.citations", published, unpublished)
