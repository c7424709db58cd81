"""Which published articles a rule would place a text on, or take it from, before it is saved. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from articles.compile.parser import parse
from articles.compile.pipeline import make_source, resolve
from articles.compile.render import render
from articles.models import Edition
from cms.contracts import Caps, CompileError, Source
from disclaimers import rules
from disclaimers.models import Disclaimer
from disclaimers.placing import carried_by, page_of
from disclaimers.rules import Record

SECONDS = 0.5  # of looking in one request; a page that has to be rendered again takes 20 ms and more
CHUNK = 25  # editions that are read at once
# Predicates about what plugins note while rendering. The stored edition answers all others.
ASK_RENDERING = frozenset({"has_amazon_link", "has_evidence_callout", "shows_product_card"})


@dataclass(frozen=True, slots=True)
class Touched:
    """`placed` would show the text and do not now; `taken` show it now and would not any more."""

    placed: Sequence[Edition] = ()
    taken: Sequence[Edition] = ()
    kept_count: int = 0
    looked_at_count: int = 0
    live_count: int = 0

    @property
    def is_complete(self) -> bool:
        return self.looked_at_count == self.live_count


def touched_by(
    before: Record | None, after: Record, *, so_far: Touched = Touched(), seconds: float | None = None
) -> Touched:
    """Return what would change on live articles if `before` became `after`: the newest first, as many as time allows.

    `so_far` is what was found by then; at least one more article is looked at.
    """
    ends_at = monotonic() + (SECONDS if seconds is None else seconds)
    live = Edition.objects.live().order_by("-live_from", "-pk")
    columns = ("article_id", "title", "slug", "text", "source_text", "front_matter", "has_paid_links")
    editions = live.only(*columns)[so_far.looked_at_count :].iterator(chunk_size=CHUNK)
    others = [
        record.as_record()
        for record in Disclaimer.objects.filter(current__isnull=False).select_related("current")
        if record.slug not in {after.slug, before.slug if before else after.slug}
    ]
    needs_rendering = any(
        ASK_RENDERING.intersection(record.when) for record in [after, *([before] if before else [])]
    )
    placed, taken, kept_count = [*so_far.placed], [*so_far.taken], so_far.kept_count
    looked_at_count = so_far.looked_at_count
    for edition in editions:
        looked_at_count += 1
        source = make_source(edition.source_text, edition.front_matter, edition.article_id)
        page = page_of(
            source,
            edition.text,
            _noted(source) if needs_rendering else _nothing_noted,
            is_paid=edition.has_paid_links,
        )
        was = before is not None and _shows(before, others, page, carried_by(source))
        will_be = _shows(after, others, page, carried_by(source))
        kept_count += was and will_be
        if will_be and not was:
            placed.append(edition)
        elif was and not will_be:
            taken.append(edition)
        if monotonic() > ends_at:
            break
    return Touched(placed, taken, kept_count, looked_at_count, max(live.count(), looked_at_count))


def _shows(record: Record, others: Iterable[Record], page: rules.Page, carried: Sequence[str]) -> bool:
    return record in rules.place([*others, record], page, carried)


def _nothing_noted(kind: str) -> Sequence[Any]:
    return ()


def _noted(source: Source) -> Callable[[str], Sequence[Any]]:
    """Render a page for the facts that plugins note; one that cannot be rendered any more has none."""
    caps = Caps()
    try:
        parsed = parse(source, caps)
        document = render(parsed, resolve(parsed, "preview")[0], mode="preview", caps=caps)
    except CompileError:
        return _nothing_noted
    return lambda kind: document.records.get(kind, ())
