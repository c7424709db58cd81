"""The one place that writes paid links: routing, `rel`, placement and label are decided here and nowhere else."""

from __future__ import annotations

from html import escape

from django.urls import reverse

from affiliates.carriers import insert
from affiliates.markup.lookup import POOL_SIZE, SHOWN_LINKS, LinkInfo, is_slug
from affiliates.markup.placements import SELF, place
from affiliates.markup.tags import with_tag
from affiliates.markup.wording import paid_label, wording
from affiliates.models import AffiliateLink
from affiliates.subids import encode
from cms.contracts import NETWORKS, Finding, RenderContext

REL = "sponsored nofollow noopener"  # never noreferrer: networks must see which site a click came from
UNUSABLE = "LNK01"
OPAQUE = "LNK02"
TOO_MANY = "LNK03"


def find_link(context: RenderContext, link: LinkInfo | None, slug: str) -> LinkInfo | None:
    """Return the link if readers may follow it; else report why not. Notes what the page depends on."""
    quote = f"aff:{slug}"
    if link is None:
        if is_slug(slug):
            context.depend(f"link-slug:{slug}", "")
        message = f"There is no affiliate link named {slug}; readers see the words without a link."
        fix = "Choose an existing link, or make this one under Affiliate links."
        context.finding(Finding(UNUSABLE, "error", message, quote=quote, fix=fix))
        return None
    context.depend(f"link:{link.id}", link.version)
    if link.status != AffiliateLink.Status.LIVE:
        message = f"The link “{link.title}” is {link.status}; readers see the words without a link."
        context.finding(
            Finding(UNUSABLE, "error", message, quote=quote, fix="Set it live, or choose another link.")
        )
        return None
    if not link.url:
        message = f"The link “{link.title}” has no address to lead to."
        context.finding(Finding(UNUSABLE, "error", message, quote=quote, fix="Give it a target address."))
        return None
    if link.is_opaque:
        message = f"“{link.title}” is a short link: nobody can see where it leads or whose tag it carries."
        fix = "Replace it by the full product URL with your tag."
        context.finding(Finding(OPAQUE, "warning", message, quote=quote, fix=fix))
    return link


def open_anchor(context: RenderContext, link: LinkInfo, kind: str, *, button: bool = False) -> str | None:
    """Return the opening tag of a paid link; None, with a finding, when it cannot be placed."""
    public_id = place(context, link, kind)
    if public_id is None:
        message = f"The article has more than {POOL_SIZE} new paid links at once."
        context.finding(Finding(TOO_MANY, "error", message, fix="Take some out."))
        return None
    context.mark_paid()
    context.record(NETWORKS, link.network)
    context.record(SHOWN_LINKS, link)
    css = "paid paid--button" if button else "paid"
    if link.is_direct:
        sub_id = "" if public_id == SELF else encode(public_id)
        address = with_tag(context, link)
        href = insert(address, link.rule, sub_id) if sub_id else address
        return f'<a class="{css}" href="{escape(href)}" rel="{REL}" data-placement="{public_id}">'
    href = reverse("affiliates:placed", args=[link.slug, public_id])
    return f'<a class="{css}" href="{escape(href)}" rel="{REL}">'


def close_anchor(context: RenderContext, link: LinkInfo, text: str) -> str:
    """Return the end of a paid link with its label. A direct link says where it leads unless its words do."""
    label = paid_label(context.source)
    if link.is_direct and link.store_name.casefold() not in text.casefold():
        label = f"{wording(context.source).at.format(store=link.store_name)} {label}"
    return f'</a> <span class="paid__label">{escape(label)}</span>'


def whole_anchor(context: RenderContext, link: LinkInfo, kind: str, *, button: bool = False) -> str:
    """Return a complete link "See it at …", "" when it cannot be placed."""
    opening = open_anchor(context, link, kind, button=button)
    if opening is None:
        return ""
    text = wording(context.source).see.format(store=link.store_name)
    return f"{opening}{escape(text)}{close_anchor(context, link, text)}"
