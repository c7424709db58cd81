"""The public pages: fetch, call, render."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles import cdn, pages, reading
from articles.http import reader_page
from articles.models import Author, Edition, Topic
from articles.preview import preview_page
from articles.search.page import search_page
from articles.serving import serve, show_list


@reader_page
def home(request: HttpRequest) -> HttpResponse:
    return show_list(request, "articles/home.html", pages.home_page(request.GET.get("page")))


@reader_page
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = reading.article_rows(slug)
    if found is not None:
        return serve(request, ("article", slug), found, found.load, _article)
    successor = pages.moved_to(slug)
    if successor is not None:
        return HttpResponsePermanentRedirect(successor.get_absolute_url())
    return render(request, "410.html", status=410)


def _article(request: HttpRequest, loaded: tuple[Edition, list[Author], list[Edition]]) -> HttpResponse:
    response = render(request, "articles/detail.html", pages.article_page(*loaded))
    cdn.name(response, cdn.keys_of(*loaded))
    return response


@reader_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    return show_list(request, "articles/topic.html", pages.topic_page(found, request.GET.get("page")))


@reader_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Author, slug=slug)
    return show_list(request, "articles/author.html", pages.author_page(found, request.GET.get("page")))


@reader_page
def search(request: HttpRequest) -> HttpResponse:
    """What readers ask is in the address only; nothing keeps it."""
    asked, number = request.GET.get("q", ""), request.GET.get("page")
    response = render(request, "articles/search.html", search_page(asked, number))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A draft for whoever holds the link; never stored, never indexed."""
    response = render(request, "articles/preview.html", preview_page(token))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
