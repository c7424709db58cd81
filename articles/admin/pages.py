"""What every page about one article shares."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from articles.admin.access import access_to
from articles.models import Article, Revision


def article_page(
    request: HttpRequest, article: Article, name: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render articles/admin/<name>.html inside the admin."""
    shared = {
        **site.each_context(request),
        "opts": Article._meta,
        "article": article,
        "access": access_to(request.user, article),
        "title": title,
    }
    return render(request, f"articles/admin/{name}.html", {**shared, **context}, status=status)


def actor(request: HttpRequest) -> Any:
    """Return the person for the services; views behind the admin's login always have one."""
    return request.user if request.user.is_authenticated else None


def who_was_faster(request: HttpRequest, revision: Revision | None) -> str:
    """Name who saved what this page did not know of."""
    author = revision.author if revision else None
    return "Another tab of yours" if author and author == request.user else str(author or "Somebody else")


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None for a page that is only looked at. An empty form is sent, too."""
    return request.POST if request.method == "POST" else None
