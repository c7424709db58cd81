"""What an article's own page says about its paid links: each place with its clicks, people and uniques side by side."""

from __future__ import annotations

from django.template.loader import render_to_string

from affiliates.counts import DAYS, ROUTING, clicks_in_words, with_clicks
from affiliates.models import Placement
from cms.contracts import SlotContext

SHOWN = 60


def placements_panel(slot: SlotContext) -> str:
    """Render the places of the article that readers see now, and the way to the suggestions."""
    article_id = slot.source.article_id if slot.source else None
    user = getattr(slot.request, "user", None)
    if article_id is None or user is None or not user.has_perm("affiliates.view_affiliatelink"):
        return ""
    active = Placement.objects.filter(article=article_id, is_active=True).select_related(*ROUTING)
    counted = with_clicks(active, "placement").order_by("block_index", "ordinal", "pk")[: SHOWN + 1]
    rows = [(placement, *clicks_in_words(placement)) for placement in counted]
    context = {"rows": rows[:SHOWN], "has_more": len(rows) > SHOWN, "days": DAYS, "article_id": article_id}
    return render_to_string("affiliates/admin/article_panel.html", context)
