"""Which addresses lead to an article, beside its text."""

from __future__ import annotations

from django.template.loader import render_to_string

from articles import addresses
from cms.contracts import Slot, SlotContext


def render(slot: SlotContext) -> str:
    """Return the list, "" if the article has never had another address."""
    number = slot.source.article_id if slot.source else None
    found = addresses.former(number) if number else []
    return render_to_string("articles/admin/parts/addresses.html", {"addresses": found}) if found else ""


SLOT = Slot("articles.addresses", "admin_article", render)
