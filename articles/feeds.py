"""RSS, Atom and JSON Feed of the newest articles: summaries only, for paid links may not travel in a feed (AFF13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.html import escape

from articles import cdn
from articles.context import Site, current_site, slot_html
from articles.front_matter import clean_text
from articles.http import reader_page
from articles.models import Author, Edition, bylines
from articles.pages import latest
from articles.renditions.markup import MIME, Picture

ITEM_COUNT = 20


@reader_page
def rss(request: HttpRequest) -> HttpResponse:
    return _xml(request, Rss201rev2Feed)


@reader_page
def atom(request: HttpRequest) -> HttpResponse:
    return _xml(request, Atom1Feed)


@reader_page
def json_feed(request: HttpRequest) -> HttpResponse:
    """Version 1.1 of jsonfeed.org."""
    site = current_site()
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "description": site.tagline,
        "home_page_url": f"{site.url}/",
        "feed_url": site.absolute(reverse("articles:json-feed")),
        "language": site.language,
        "items": [_json_item(edition, authors, site) for edition, authors in _newest()],
    }
    return _named(JsonResponse(feed, content_type="application/feed+json"))


def _newest() -> list[tuple[Edition, list[Author]]]:
    """Two queries: editions and authors."""
    editions = list(latest()[:ITEM_COUNT])
    authors = bylines(editions)
    return [(edition, authors[edition.pk]) for edition in editions]


def _xml(request: HttpRequest, kind: type[Rss201rev2Feed] | type[Atom1Feed]) -> HttpResponse:
    site = current_site()
    feed = kind(
        title=site.name,
        link=f"{site.url}/",
        description=site.tagline,
        language=site.language,
        feed_url=site.absolute(request.path),
    )
    for edition, authors in _newest():
        feed.add_item(
            title=clean_text(edition.title),
            link=site.absolute(edition.get_absolute_url()),
            description=_summary(edition),
            unique_id=_identity(edition, site),
            unique_id_is_permalink=False,
            author_name=clean_text(", ".join(author.name for author in authors)),
            categories=[clean_text(edition.topic.name)] if edition.topic else [],
            pubdate=edition.published_at,
            updateddate=edition.updated_at,
            enclosures=_enclosures(edition, site),
        )
    return _named(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


def _named(response: HttpResponse) -> HttpResponse:
    if not cdn.has_open_slots("feed_item"):
        cdn.name(response, [cdn.LISTS])
    return response


def _json_item(edition: Edition, authors: Sequence[Author], site: Site) -> dict[str, Any]:
    return {
        "id": _identity(edition, site),
        "url": site.absolute(edition.get_absolute_url()),
        "title": edition.title,
        "content_html": _summary(edition),
        "date_published": edition.published_at.isoformat(timespec="seconds"),
        "date_modified": edition.updated_at.isoformat(timespec="seconds"),
        "authors": [
            {"name": author.name, "url": site.absolute(author.get_absolute_url())} for author in authors
        ],
        "tags": [edition.topic.name] if edition.topic else [],
        **({"image": site.absolute(Picture.of(edition.image).shared.url)} if edition.image else {}),
    }


def _enclosures(edition: Edition, site: Site) -> list[Enclosure]:
    """Return the picture once its weight is known, which RSS asks for."""
    file = Picture.of(edition.image).shared if edition.image else None
    if file is None or not file.size or file.kind not in MIME:
        return []
    return [Enclosure(site.absolute(file.url), str(file.size), MIME[file.kind])]


def _summary(edition: Edition) -> str:
    """Return HTML: the description, a label if the page earns money, and what plugins add."""
    paid = "<p>Contains paid links.</p>" if edition.has_paid_links else ""
    return f"<p>{escape(clean_text(edition.description))}</p>{paid}{slot_html('feed_item', edition=edition)}"


def _identity(edition: Edition, site: Site) -> str:
    """Return an id that survives a new address of the article (RFC 4151)."""
    return f"tag:{urlsplit(site.url).hostname},{edition.published_at:%Y-%m-%d}:article/{edition.article_id}"
