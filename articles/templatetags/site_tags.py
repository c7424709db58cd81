"""Tags instead of a context processor: error pages are rendered without a request and need the site, too."""

from __future__ import annotations

from typing import cast

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from articles.context import Site, current_site, slot_html
from articles.models import Image
from articles.renditions.markup import Picture, picture_html
from cms.contracts import SlotName

register = template.Library()
PLATE_COUNT = 8  # static/cms/plates/0.svg to 7.svg


@register.simple_tag
def get_site() -> Site:
    return current_site()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """Put the plugins' HTML for `head` or `footer` here."""
    html = slot_html(cast("SlotName", name), edition=context.get("edition"), request=context.get("request"))
    return mark_safe(html)  # noqa: S308  written by installed code, never by users


@register.simple_tag
def picture(
    image: Image, place: str, *, alt: str = "", css: str = "", is_first: bool = False, is_near: bool = False
) -> SafeString:
    """Show a picture of the library at one of the places of `articles.renditions.places`."""
    html = picture_html(Picture.of(image), place, alt=alt, css=css, is_first=is_first, is_near=is_near)
    return mark_safe(html)  # noqa: S308  escaped there


@register.filter
def plate(article_id: int | None) -> int:
    """Return the number of the drawn plate that stands in for an article's missing picture."""
    return (article_id or 0) % PLATE_COUNT
