"""Product boxes, buttons and comparisons. Rows stand as the editor wrote them: commission never decides an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from affiliates.markup.anchors import find_link, whole_anchor
from affiliates.markup.lookup import (
    SHOWN_PRODUCTS,
    LinkInfo,
    ProductInfo,
    is_slug,
    resolve_by_slug,
    resolve_products,
)
from affiliates.markup.wording import wording
from affiliates.models import AffiliateLink, Placement
from articles.renditions.markup import picture_html
from articles.renditions.places import BOX, ROW
from cms.contracts import Embed, Finding, Keys, RenderContext

UNKNOWN_PRODUCT = "PRD01"
WRONG_COUNT = "PRD02"
RECALLED = "PRD03"
MIN_COMPARED, MAX_COMPARED = 2, 6


@dataclass(frozen=True, slots=True)
class ProductAttrs:
    product: str


@dataclass(frozen=True, slots=True)
class ButtonAttrs:
    link: str


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
    if product.is_recalled:
        message = f"“{product.name}” is recalled; readers do not see it."
        fix = "Take it out, or name another product."
        context.finding(Finding(RECALLED, "error", message, quote=slug, fix=fix))
        return None
    if product.link and product.link.status == AffiliateLink.Status.RECALLED:
        find_link(context, product.link, product.link.slug)
        return None
    context.record(SHOWN_PRODUCTS, product)
    return product


def _action(context: RenderContext, product: ProductInfo, kind: str, *, button: bool) -> str:
    if product.link is None:
        return ""
    link = find_link(context, product.link, product.link.slug)
    return whole_anchor(context, link, kind, button=button) if link else ""


def render_product(attrs: ProductAttrs, context: RenderContext) -> str:
    product = _find(context, "product", attrs.product)
    return _box(product, context) if product else ""


def _box(product: ProductInfo, context: RenderContext) -> str:
    action = _action(context, product, Placement.Kind.PRODUCT, button=True)
    facts = [fact for fact in (product.form, product.amount_per_serving, *product.facts) if fact]
    parts = [f'<p class="product__name">{escape(product.name)}</p>']
    if product.brand:
        parts.append(f'<p class="product__brand">{escape(product.brand)}</p>')
    if facts:
        parts.append(
            f'<ul class="product__facts">{"".join(f"<li>{escape(fact)}</li>" for fact in facts)}</ul>'
        )
    if action:
        parts.append(f'<p class="product__action">{action}</p>')
    if picture := _picture(context, product, BOX):
        parts = [
            f'<div class="product__image">{picture}</div>',
            f'<div class="product__words">{"".join(parts)}</div>',
        ]
    kind = "product product--pictured" if picture else "product"
    return f'<div class="{kind}">{"".join(parts)}</div>\n'


def _picture(context: RenderContext, product: ProductInfo, place: str) -> str:
    image = product.image
    if image is None:
        return ""
    context.depend(f"image:{image.id}", image.picture.master.url)
    return picture_html(image.picture, place, alt=image.alt)


def render_button(attrs: ButtonAttrs, context: RenderContext) -> str:
    """A link that stands alone and names the shop: its label cannot be edited into something unclear."""
    link = find_link(context, context.lookup.get("embed:button", attrs.link), attrs.link)
    anchor = whole_anchor(context, link, Placement.Kind.BUTTON, button=True) if link else ""
    return f'<p class="paid-action">{anchor}</p>\n' if anchor else ""


def render_comparison(attrs: CompareAttrs, context: RenderContext) -> str:
    if not MIN_COMPARED <= len(attrs.products) <= MAX_COMPARED:
        message = f"A comparison needs {MIN_COMPARED} to {MAX_COMPARED} products."
        context.finding(
            Finding(WRONG_COUNT, "error", message, fix="Name them in the order they should stand in.")
        )
        return ""
    found = [_find(context, "compare", slug) for slug in attrs.products]
    shown = [product for product in found if product]
    if not shown:
        return ""
    if len(shown) == 1:  # the others are recalled or unknown, and a table of one row compares nothing
        return _box(shown[0], context)
    words = wording(context.source)
    titles = [words.form, words.amount, words.facts, words.shop]
    rows = [_row(product, titles, context) for product in shown]
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in (words.product, *titles))
    label = escape(words.comparison)
    return (
        f'<div class="compare" role="region" aria-label="{label}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>\n"
    )


def _row(product: ProductInfo, titles: Sequence[str], context: RenderContext) -> str:
    """Write a row. Each cell knows its column, since on a phone a row becomes a card without the heading row."""
    brand = f'<span class="compare__brand">{escape(product.brand)}</span>' if product.brand else ""
    name = f'<span class="compare__name">{escape(product.name)}</span>'
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in product.facts)
    action = _action(context, product, Placement.Kind.COMPARISON, button=False)
    cells = [
        escape(product.form),
        escape(product.amount_per_serving),
        f'<ul class="compare__facts">{facts}</ul>' if facts else "",
        action,
    ]
    filled = "".join(
        f'<td data-label="{escape(title)}">{cell}</td>' for title, cell in zip(titles, cells, strict=True)
    )
    return f'<tr><th scope="row">{_picture(context, product, ROW)}{name}{brand}</th>{filled}</tr>'


def _product_text(attrs: ProductAttrs, context: RenderContext) -> str:
    return _names(("product", attrs.product), context=context)


def _comparison_text(attrs: CompareAttrs, context: RenderContext) -> str:
    return _names(*(("compare", slug) for slug in attrs.products), context=context)


def _button_text(attrs: ButtonAttrs, context: RenderContext) -> str:
    link: LinkInfo | None = context.lookup.get("embed:button", attrs.link)
    return wording(context.source).see.format(store=link.store_name) if link else ""


def _names(*wanted: tuple[str, str], context: RenderContext) -> str:
    found = [context.lookup.get(f"embed:{kind}", slug) for kind, slug in wanted]
    return ", ".join(product.name for product in found if product)


def _resolve_product(uses: Sequence[ProductAttrs], keys: Keys) -> Mapping[str, ProductInfo]:
    return resolve_products([use.product for use in uses])


def _resolve_comparison(uses: Sequence[CompareAttrs], keys: Keys) -> Mapping[str, ProductInfo]:
    return resolve_products([slug for use in uses for slug in use.products])


def _resolve_button(uses: Sequence[ButtonAttrs], keys: Keys) -> Mapping[str, LinkInfo]:
    return resolve_by_slug({use.link for use in uses})


BUTTON = Embed("button", ButtonAttrs, render_button, _button_text, _resolve_button)
PRODUCT = Embed("product", ProductAttrs, render_product, _product_text, _resolve_product)
COMPARE = Embed("compare", CompareAttrs, render_comparison, _comparison_text, _resolve_comparison)
