"""The public pages: fetch, call, render."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles import pages, reading
from articles.http import reader_page
from articles.models import Author, Topic
from articles.preview import preview_page


@reader_page
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/home.html", pages.home_page(request.GET.get("page")))


@reader_page
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    edition = reading.live_edition(slug)
    if edition is not None:
        authors = reading.authors_of(edition)
        return render(request, "articles/detail.html", pages.article_page(edition, authors))
    successor = pages.moved_to(slug)
    if successor is not None:
        return HttpResponsePermanentRedirect(successor.get_absolute_url())
    return render(request, "410.html", status=410)


@reader_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    return render(request, "articles/topic.html", pages.topic_page(found, request.GET.get("page")))


@reader_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Author, slug=slug)
    return render(request, "articles/author.html", pages.author_page(found, request.GET.get("page")))


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A draft for whoever holds the link; never stored, never indexed."""
    response = render(request, "articles/preview.html", preview_page(token))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
