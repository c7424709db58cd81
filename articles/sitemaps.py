"""The sitemap: one file, and an index of files beyond the limit that search engines set."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.context import Site, current_site
from articles.http import reader_page
from articles.models import Author, Edition
from articles.pages import topics_with_counts
from articles.serving import show_list

LIMIT = 40_000  # sitemaps.org allows 50,000 addresses a file
Entry = tuple[str, datetime | None]


@reader_page
def sitemap(request: HttpRequest) -> HttpResponse:
    site = current_site()
    articles = _articles()
    files = ceil(articles.count() / LIMIT)
    number = request.GET.get("page")
    if number is None and files > 1:
        addresses = [f"{site.absolute(request.path)}?page={page}" for page in range(1, files + 1)]
        return _xml(request, "articles/sitemap_index.xml", addresses)
    if number is not None and number not in {str(page) for page in range(1, max(files, 1) + 1)}:
        raise Http404("There is no such part of the sitemap.")
    page = int(number or 1)
    entries = [*(_sections(site) if page == 1 else []), *_entries(articles, page, site)]
    return _xml(request, "articles/sitemap.xml", entries)


def _xml(request: HttpRequest, template: str, entries: list[Any]) -> HttpResponse:
    return show_list(request, template, {"entries": entries}, "application/xml")


def _articles() -> Any:
    """Live articles whose canonical address is here; the date moves on a substantive edit only."""
    return Edition.objects.live().filter(canonical_url="").order_by("pk").only("slug", "updated_at")


def _entries(articles: Any, page: int, site: Site) -> list[Entry]:
    part = articles[(page - 1) * LIMIT : page * LIMIT]
    return [(site.absolute(edition.get_absolute_url()), edition.updated_at) for edition in part]


def _sections(site: Site) -> list[Entry]:
    """Home, and the topics and authors that have something to show."""
    authors = Author.objects.filter(editions__in=Edition.objects.live()).distinct()
    paths = [
        "/",
        *(reverse("articles:topic", args=[topic["slug"]]) for topic in topics_with_counts()),
        *(author.get_absolute_url() for author in authors),
    ]
    return [(site.absolute(path), None) for path in paths]
