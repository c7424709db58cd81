"""Small marks that say how an article stands."""

from __future__ import annotations

from django.utils.html import format_html

from articles.models import Article


def mark(css_class: str, words: str) -> str:
    return format_html('<span class="{}">{}</span>', css_class, words)


def state_badge(article: Article, *, is_live: bool, is_scheduled: bool) -> str:
    """Say where the working copy stands. Once readers have it, or will, its way there is of no interest."""
    if is_live:
        return mark("state state--out", "Published")
    if is_scheduled:
        return mark("state state--ready", "Scheduled")
    return mark(f"state state--{article.state}", article.get_state_display())
