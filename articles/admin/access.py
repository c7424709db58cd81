"""Who may do what with which article. Every view asks here; buttons are hidden by the same answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from articles.models import Article


@dataclass(frozen=True, slots=True)
class Access:
    """What one person may do with one article."""

    view: bool
    edit: bool
    publish: bool
    override: bool
    review: bool


def access_to(user: Any, article: Article | None) -> Access:
    """Authors edit what they own; `change_any_article` opens the rest."""
    own = article is None or article.owner_id == user.pk
    edit = user.has_perm("articles.change_article") and (own or user.has_perm("articles.change_any_article"))
    publish = user.has_perm("articles.publish_article")
    return Access(
        view=edit or user.has_perm("articles.view_article"),
        edit=edit,
        publish=publish,
        override=publish and user.has_perm("articles.override_checks"),
        review=user.has_perm("articles.review_article"),
    )


def article_for(request: HttpRequest, object_id: str, right: str) -> Article:
    """Return the article with head, owner and topic in one query.

    Raises Http404 if there is none, PermissionDenied if the person lacks the right ("view", "edit", ...).
    """
    found = Article.objects.select_related("head", "head__author", "owner", "topic")
    key = unquote(object_id)
    article = found.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if article is None:
        raise Http404("There is no such article.")
    if not getattr(access_to(request.user, article), right):
        raise PermissionDenied
    return article
