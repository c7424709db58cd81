"""Plain values for the renderer, one query a kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from affiliates.models import AffiliateLink, Layout, LinkTarget, Placement, Product
from affiliates.models.link import SLUG
from affiliates.subids import SubIdRule, new_public_id
from articles.renditions.markup import Picture
from cms.contracts import Keys

LINK, PLACEMENT, LAYOUT = "link", "placement", "layout"  # kinds of keys and of lookup parts
SHOWN_LINKS, SHOWN_PRODUCTS = (
    "affiliates.links",
    "affiliates.products",
)  # records: what the page shows, for checks
FRONT_MATTER_KEY = "affiliate_link"
POOL_SIZE = 256  # new placements that one publication can make


@dataclass(frozen=True, slots=True)
class LinkInfo:
    """`url` is the address of a direct link; a redirect does not show its own."""

    id: int
    slug: str
    title: str
    store_name: str
    network: str
    status: str
    is_direct: bool
    is_opaque: bool
    url: str
    rule: SubIdRule
    version: int
    account_parameter: str = ""


@dataclass(frozen=True, slots=True)
class ImageInfo:
    id: int
    picture: Picture
    alt: str


@dataclass(frozen=True, slots=True)
class ProductInfo:
    id: int
    slug: str
    name: str
    brand: str
    form: str
    amount_per_serving: str
    facts: tuple[str, ...]
    link: LinkInfo | None
    version: int
    is_recalled: bool = False
    image: ImageInfo | None = None


@dataclass(frozen=True, slots=True)
class PlacementPool:
    """The placements that the article has had, by (block key, link, ordinal), and fresh ids that nobody uses."""

    previous: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    fresh: tuple[str, ...] = ()


def is_slug(text: object) -> bool:
    return isinstance(text, str) and re.fullmatch(SLUG, text) is not None


def end_call_slug(front_matter: Mapping[str, Any]) -> str:
    """Return the slug of the link that closes the article, "" if there is none."""
    return str(front_matter.get(FRONT_MATTER_KEY) or "").strip()


def resolve_links(keys: Keys) -> Mapping[str, LinkInfo]:
    return resolve_by_slug({*keys.of(LINK), end_call_slug(keys.source.front_matter)})


def resolve_by_slug(slugs: Collection[str]) -> Mapping[str, LinkInfo]:
    wanted = {slug for slug in slugs if is_slug(slug)}
    if not wanted:
        return {}
    rows = AffiliateLink.objects.filter(slug__in=wanted).with_target().select_related("network", "program")
    return {link.slug: _link_info(link, link.target_url) for link in rows}


def resolve_products(slugs: Sequence[str]) -> Mapping[str, ProductInfo]:
    target = LinkTarget.objects.shown().filter(link=OuterRef("link"))
    rows = Product.objects.filter(slug__in=set(slugs)).select_related(
        "link__network", "link__program", "image"
    )
    return {
        product.slug: ProductInfo(
            id=product.pk,
            slug=product.slug,
            name=product.name,
            brand=product.brand,
            form=product.form,
            amount_per_serving=product.amount_per_serving,
            facts=tuple(str(fact) for fact in product.facts),
            link=_link_info(product.link, product.target_url) if product.link else None,
            version=product.version,
            is_recalled=product.is_recalled,
            image=_image_info(product.image),
        )
        for product in rows.annotate(target_url=Subquery(target.values("url")[:1]))
    }


def _image_info(image: Any) -> ImageInfo | None:
    return ImageInfo(image.pk, Picture.of(image), image.alt) if image else None


def _link_info(link: AffiliateLink, url: str | None) -> LinkInfo:
    return LinkInfo(
        id=link.pk,
        slug=link.slug,
        title=link.title,
        store_name=link.store_name,
        network=link.network.key,
        status=link.status,
        is_direct=link.routing == link.network.Routing.DIRECT,
        is_opaque=link.is_opaque,
        url=url or "",
        rule=link.sub_id_rule,
        version=link.version,
        account_parameter=link.network.account_parameter,
    )


def resolve_placements(keys: Keys) -> Mapping[str, PlacementPool]:
    """Answer with the article's placements and with ids known to be free, so that rendering needs no database."""
    if keys.mode != "publish" or not may_be_paid(keys):
        return {}
    fresh = [new_public_id() for _ in range(POOL_SIZE)]
    rows = Placement.objects.filter(
        Q(article=keys.source.article_id, article__isnull=False) | Q(public_id__in=fresh)
    )
    found = {row[0]: row[1:] for row in rows.values_list("public_id", "block_key", "link_id", "ordinal")}
    previous = {place: public_id for public_id, place in found.items() if public_id not in fresh}
    return {"": PlacementPool(previous, tuple(public_id for public_id in fresh if public_id not in found))}


def resolve_layout(keys: Keys) -> Mapping[str, tuple[str, ...]]:
    """Answer with the block keys of the article as last published."""
    if keys.mode != "publish" or keys.source.article_id is None or not may_be_paid(keys):
        return {}
    stored = (
        Layout.objects.filter(article=keys.source.article_id).values_list("block_keys", flat=True).first()
    )
    return {"": tuple(stored or ())}


def may_be_paid(keys: Keys) -> bool:
    """Return False where no paid link can be, which spares most articles two queries."""
    named = bool(keys.of(LINK)) or bool(end_call_slug(keys.source.front_matter))
    return named or any(mark in keys.source.text for mark in ("::product", "::compare", "::button"))
