"""Product boxes and comparisons. Rows stand as the editor wrote them: commission never decides an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from affiliates.markup.anchors import find_link, whole_anchor
from affiliates.markup.lookup import ProductInfo, is_slug, resolve_products
from affiliates.markup.wording import wording
from affiliates.models import AffiliateLink, Placement
from cms.contracts import Embed, Finding, Keys, RenderContext

UNKNOWN_PRODUCT = "PRD01"
WRONG_COUNT = "PRD02"
MIN_COMPARED, MAX_COMPARED = 2, 6


@dataclass(frozen=True, slots=True)
class ProductAttrs:
    product: str


@dataclass(frozen=True, slots=True)
class CompareAttrs:
    products: tuple[str, ...]


def _find(context: RenderContext, kind: str, slug: str) -> ProductInfo | None:
    """Return the product; report it if it is unknown. A recalled one is gone from every article."""
    product: ProductInfo | None = context.lookup.get(f"embed:{kind}", slug)
    if product is None:
        if is_slug(slug):
            context.depend(f"product-slug:{slug}", "")
        message = f"There is no product named {slug}."
        context.finding(
            Finding(UNKNOWN_PRODUCT, "error", message, quote=slug, fix="Choose an existing product.")
        )
        return None
    context.depend(f"product:{product.id}", product.version)
    if product.link and product.link.status == AffiliateLink.Status.RECALLED:
        find_link(context, product.link, product.link.slug)
        return None
    return product


def _action(context: RenderContext, product: ProductInfo, kind: str, *, button: bool) -> str:
    if product.link is None:
        return ""
    link = find_link(context, product.link, product.link.slug)
    return whole_anchor(context, link, kind, button=button) if link else ""


def render_product(attrs: ProductAttrs, context: RenderContext) -> str:
    product = _find(context, "product", attrs.product)
    if product is None:
        return ""
    facts = [fact for fact in (product.form, product.amount_per_serving, *product.facts) if fact]
    action = _action(context, product, Placement.Kind.PRODUCT, button=True)
    parts = [f'<p class="product__name">{escape(product.name)}</p>']
    if product.brand:
        parts.append(f'<p class="product__brand">{escape(product.brand)}</p>')
    if facts:
        parts.append(
            f'<ul class="product__facts">{"".join(f"<li>{escape(fact)}</li>" for fact in facts)}</ul>'
        )
    if action:
        parts.append(f'<p class="product__action">{action}</p>')
    return f'<div class="product">{"".join(parts)}</div>\n'


def render_comparison(attrs: CompareAttrs, context: RenderContext) -> str:
    if not MIN_COMPARED <= len(attrs.products) <= MAX_COMPARED:
        message = f"A comparison needs {MIN_COMPARED} to {MAX_COMPARED} products."
        context.finding(
            Finding(WRONG_COUNT, "error", message, fix="Name them in the order they should stand in.")
        )
        return ""
    found = [_find(context, "compare", slug) for slug in attrs.products]
    rows = [_row(product, context) for product in found if product]
    if not rows:
        return ""
    words = wording(context.source)
    titles = (words.product, words.form, words.amount, words.facts, words.shop)
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    label = escape(words.comparison)
    return (
        f'<div class="compare table-scroll" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>\n"
    )


def _row(product: ProductInfo, context: RenderContext) -> str:
    name = escape(product.name) + (f"<br>{escape(product.brand)}" if product.brand else "")
    facts = "<br>".join(escape(fact) for fact in product.facts)
    cells = (escape(product.form), escape(product.amount_per_serving), facts)
    action = _action(context, product, Placement.Kind.COMPARISON, button=False)
    return (
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}'
        f"<td>{action}</td></tr>"
    )


def _product_text(attrs: ProductAttrs, context: RenderContext) -> str:
    return _names(("product", attrs.product), context=context)


def _comparison_text(attrs: CompareAttrs, context: RenderContext) -> str:
    return _names(*(("compare", slug) for slug in attrs.products), context=context)


def _names(*wanted: tuple[str, str], context: RenderContext) -> str:
    found = [context.lookup.get(f"embed:{kind}", slug) for kind, slug in wanted]
    return ", ".join(product.name for product in found if product)


def _resolve_product(uses: Sequence[ProductAttrs], keys: Keys) -> Mapping[str, ProductInfo]:
    return resolve_products([use.product for use in uses])


def _resolve_comparison(uses: Sequence[CompareAttrs], keys: Keys) -> Mapping[str, ProductInfo]:
    return resolve_products([slug for use in uses for slug in use.products])


PRODUCT = Embed("product", ProductAttrs, render_product, _product_text, _resolve_product)
COMPARE = Embed("compare", CompareAttrs, render_comparison, _comparison_text, _resolve_comparison)
