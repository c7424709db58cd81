"""What each public page shows, loaded in a fixed number of queries. Everything starts from the live editions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count, F
from django.http import Http404
from django.utils import timezone

from articles import structured
from articles.compile.renderer import RELATED_MARKER
from articles.context import current_site
from articles.models import Author, Edition, SlugClaim, Topic
from articles.renditions.markup import Picture

PER_PAGE = 12


def home_page(number: str | None) -> dict[str, Any]:
    """Three queries: count, editions, topics."""
    site = current_site()
    page = paginate(latest(), number)
    editions = list(page)
    lead = editions.pop(0) if editions and page.number == 1 else None
    return {
        "page": page,
        "lead": lead,
        "latest": editions,
        "topics": topics_with_counts() if page.number == 1 else [],
        "canonical_url": page_url("/", page),
        "structured_html": structured.script_text(structured.site_nodes(site)),
    }


def article_page(edition: Edition, authors: Sequence[Author], related: Sequence[Edition]) -> dict[str, Any]:
    """No query: what it shows comes from articles.reading or from a preview."""
    site = current_site()
    before, _, after = edition.html.partition(RELATED_MARKER)
    return {
        "edition": edition,
        "authors": authors,
        "toc": contents(edition.toc),
        "body_before_html": before,
        "body_after_html": after,
        "related": related,
        "canonical_url": structured.canonical_url(edition, site),
        "image_url": site.absolute(Picture.of(edition.image).shared.url) if edition.image else "",
        "structured_html": structured.script_text(structured.graph(edition, authors, site)),
    }


def contents(toc: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the headings of the highest level; with every sub-heading the list is longer than a screen."""
    highest = min((entry["level"] for entry in toc), default=0)
    return [entry for entry in toc if entry["level"] == highest]


def topic_page(topic: Topic, number: str | None) -> dict[str, Any]:
    """Two queries: count and editions."""
    page = paginate(latest().filter(topic=topic), number)
    url = page_url(topic.get_absolute_url(), page)
    nodes = structured.topic_nodes(topic, url, current_site())
    return {
        "topic": topic,
        "page": page,
        "canonical_url": url,
        "structured_html": structured.script_text(nodes),
    }


def author_page(author: Author, number: str | None) -> dict[str, Any]:
    """Three queries: count, editions, and what the person reviewed."""
    page = paginate(latest().filter(authors=author), number)
    url = page_url(author.get_absolute_url(), page)
    nodes = structured.author_nodes(author, url, current_site())
    return {
        "author": author,
        "page": page,
        "reviewed": latest().filter(reviewer=author)[:PER_PAGE] if page.number == 1 else [],
        "canonical_url": url,
        "structured_html": structured.script_text(nodes),
    }


def latest() -> Any:
    """Live editions for lists, newest article first; an update does not lift an old article to the top."""
    return Edition.objects.live().for_cards().order_by("-published_at", "-pk")


def topics_with_counts() -> list[dict[str, Any]]:
    """Topics that have live articles, by name: name, slug and how many."""
    rows = Edition.objects.live().filter(topic__isnull=False).values_list("topic__name", "topic__slug")
    counted = rows.annotate(live_count=Count("pk")).order_by("topic__name")
    return [{"name": name, "slug": slug, "live_count": count} for name, slug, count in counted]


def paginate(editions: Any, number: str | None) -> Page[Edition]:
    """Return one page of a list. Raises Http404 for anything but the number of a page that exists."""
    wanted = number or "1"
    if not re.fullmatch(r"[0-9]{1,9}", wanted):  # int() takes more than we want: signs, blanks, other scripts
        raise Http404("There is no such page of the list.")
    try:
        return Paginator(editions, PER_PAGE).page(wanted)
    except InvalidPage as error:
        raise Http404("There is no such page of the list.") from error


def page_url(path: str, page: Page[Edition]) -> str:
    return current_site().absolute(path) + (f"?page={page.number}" if page.number > 1 else "")


def moved_to(slug: str) -> Edition | None:
    """Where an address of the past leads now; None if its article has been taken down.

    Raises Http404 if readers never saw an article there.
    """
    claim = SlugClaim.objects.filter(slug=slug).first()
    if claim is None:
        raise Http404("There is no article at this address.")
    edition = Edition.objects.live().filter(article=claim.article_id).only("slug").first()
    if edition is None and not _was_seen(claim.article_id):
        raise Http404("The article is not published yet.")
    return edition


def _was_seen(article_id: int) -> bool:
    """True if any edition has been live; a cancelled schedule has an empty window."""
    past = Edition.objects.filter(article=article_id, live_from__lte=timezone.now())
    return past.exclude(live_until=F("live_from")).exists()
