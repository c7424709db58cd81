"""`[text](aff:slug)` in the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from markdown_it.token import Token

from affiliates.markup.anchors import close_anchor, find_link, open_anchor
from affiliates.markup.lookup import LINK, LinkInfo
from affiliates.models import AffiliateLink, Placement, Product
from articles.compile.links import link_text, retag_links
from articles.compile.parser import Markdown
from cms.contracts import Choice

SCHEME = "aff"


def install(md: Markdown) -> None:
    md.core.ruler.push("paid_links", lambda state: retag_links(state, SCHEME, "paid_link", LINK))
    md.add_render_rule("paid_link_open", _open)
    md.add_render_rule("paid_link_close", _close)


def _open(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    context, slug = env["context"], tokens[idx].meta["key"]
    found: LinkInfo | None = context.lookup.get(LINK, slug)
    link = find_link(context, found, slug)
    opening = open_anchor(context, link, Placement.Kind.INLINE) if link else None
    closers = env.setdefault("paid_link_closers", [])
    closers.append(close_anchor(context, link, link_text(list(tokens), idx)) if link and opening else "")
    return opening or ""


def _close(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    closers: list[str] = env["paid_link_closers"]
    return closers.pop()


def pick(query: str) -> Sequence[Choice]:
    """Offer live links and products to the editor's picker."""
    links = AffiliateLink.objects.filter(status=AffiliateLink.Status.LIVE)
    links = links.filter(
        Q(title__icontains=query) | Q(slug__icontains=query) | Q(store_name__icontains=query)
    )
    products = Product.objects.filter(Q(name__icontains=query) | Q(brand__icontains=query))
    return [
        *(Choice(f"[{link.title}](aff:{link.slug})", link.title, link.store_name) for link in links[:10]),
        *(
            Choice(f"::product{{{product.slug}}}", product.name, f"Product box, {product.brand}".rstrip(", "))
            for product in products[:5]
        ),
    ]
