"""What the plugin puts around the text: the call at the end, and the script that counts."""

from __future__ import annotations

from html import escape

from django.templatetags.static import static

from affiliates.markup.anchors import find_link, whole_anchor
from affiliates.markup.lookup import LINK, end_call_slug
from affiliates.models import Placement
from cms.contracts import SlotContext


def end_call(slot: SlotContext) -> str:
    """Render the front matter's `affiliate_link` below the text."""
    context = slot.render
    if context is None or not (slug := end_call_slug(context.source.front_matter)):
        return ""
    link = find_link(context, context.lookup.get(LINK, slug), slug)
    anchor = whole_anchor(context, link, Placement.Kind.END_CALL, button=True) if link else ""
    if not link or not anchor:
        return ""
    name = f'<p class="product__name">{escape(link.title)}</p>'
    return f'<div class="product">{name}<p class="product__action">{anchor}</p></div>\n'


def beacon_script(slot: SlotContext) -> str:
    """Load the counter of views and direct clicks on articles; everything works without it."""
    if slot.edition is None:
        return ""
    source = escape(static("affiliates/beacon.js"))
    return f'<script src="{source}" data-article="{slot.edition.article_id}" defer></script>\n'
