"""Pins: the articles that an editor chose by slug or title. One that does not exist yet waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from articles.models import Article, Pin


def sync_pins(article: Article, wanted: Sequence[str]) -> None:
    """Make the article's pins equal to `wanted`, in that order."""
    names = list(dict.fromkeys(str(name).strip()[:200] for name in wanted if str(name).strip()))
    article.pins.exclude(wanted__in=names).delete()
    known = {pin.wanted: pin for pin in article.pins.all()}
    targets = _targets(article, names) if names else {}
    for position, name in enumerate(names):
        pin = known.get(name) or Pin(source=article, wanted=name)
        target = targets.get(name.casefold())
        if pin.pk and (pin.position, pin.target_id) == (position, target):
            continue
        pin.position, pin.target_id = position, target
        pin.save()


def link_waiting_pins(article: Article) -> list[int]:
    """Give pins that wait for this article their target; return the ids of the articles that hold them."""
    waiting = Pin.objects.filter(Q(wanted__iexact=article.title) | Q(wanted=article.slug), target=None)
    waiting = waiting.exclude(source=article)
    sources = list(waiting.values_list("source_id", flat=True))
    waiting.update(target=article)
    return sources


def _targets(article: Article, names: Sequence[str]) -> dict[str, int]:
    matching = Q(slug__in=names) | Q(slug_claims__slug__in=names)
    for name in names:
        matching |= Q(title__iexact=name)
    rows = (
        Article.objects.filter(matching)
        .exclude(pk=article.pk)
        .values_list("pk", "title", "slug", "slug_claims__slug")
    )
    found: dict[str, int] = {}
    for pk, title, slug, claim in rows:
        for name in (title.casefold(), slug, claim):
            if name:
                found.setdefault(name, pk)
    return found
