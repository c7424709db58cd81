from __future__ import annotations

from django import template

register = template.Library()
PLATE_COUNT = 8  # static/cms/plates/0.svg to 7.svg


@register.filter
def plate(article_id: int) -> int:
    """Return the number of the drawn plate that stands in for an article's missing picture."""
    return article_id % PLATE_COUNT
