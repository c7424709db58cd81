"""Which article of this site a file means, and which address it gets."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC
from pathlib import Path

from django.db.models import Q

from articles.models import Article, SlugClaim
from cms.contracts import ImportedArticle

MOST_CHARACTERS = 200
FILE = "file:"
OWN = "chelate:"
_OWN = re.compile(rf"{OWN}(\d{{1,18}})-\d{{14}}")
_DIGEST = 16


def source_id_of(imported: ImportedArticle, root: Path) -> str:
    """Return the identity that a second run finds again: the file's own, or its path below the imported folder."""
    if imported.source_id:
        return _fit(imported.source_id)
    try:
        relative = imported.path.relative_to(root)
    except ValueError:
        relative = Path(imported.path.name)
    return _fit(f"{FILE}{relative.as_posix()}")


def own_id(article: Article) -> str:
    """Return the identity that an export gives an article; one written here is known by its number and birth."""
    return article.source_id or f"{OWN}{article.pk}-{article.created_at.astimezone(UTC):%Y%m%d%H%M%S}"


def _fit(source_id: str) -> str:
    if len(source_id) <= MOST_CHARACTERS:
        return source_id
    digest = hashlib.sha256(source_id.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    return f"{source_id[: MOST_CHARACTERS - _DIGEST - 1]}#{digest}"


def find_article(source_id: str, slug: str, title: str) -> Article | None:
    """Return the article that this source is, None if it is new here.

    A file may be imported alone or with the folder around it: a path that ends in the other one, with the same
    address or title, is the same file. An article written here is met by its address.
    """
    articles = Article.objects.select_related("head")
    if known := articles.filter(source_id=source_id).first():
        return known
    if own := _OWN.fullmatch(source_id):
        mine = articles.filter(pk=own[1], source_id=None).first()
        if mine and own_id(mine) == source_id:
            return mine
    if source_id.startswith(FILE):
        path = source_id.removeprefix(FILE)
        name = path.rsplit("/", 1)[-1]
        alike = articles.filter(
            Q(slug=slug) | Q(title=title), source_id__startswith=FILE, source_id__endswith=name
        )
        for candidate in alike.order_by("pk"):
            if _is_tail(path, str(candidate.source_id).removeprefix(FILE)):
                return candidate
    return articles.filter(slug=slug, source_id=None).first()


def _is_tail(one: str, other: str) -> bool:
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer.endswith(f"/{shorter}")


def holder_of(slug: str, article: Article | None) -> Article | None:
    """Return the other article that has this address, now or in the past, or wants it."""
    mine = article.pk if article else 0  # no row has that id
    claim = (
        SlugClaim.objects.select_related("article__head").filter(slug=slug).exclude(article_id=mine).first()
    )
    if claim:
        return claim.article
    return Article.objects.select_related("head").filter(slug=slug).exclude(pk=mine).first()


def free_slug(wanted: str) -> str:
    """Return `wanted` with the lowest number behind it that no article has."""
    number = 2
    while True:
        tail = f"-{number}"
        candidate = f"{wanted[: 120 - len(tail)]}{tail}"
        if holder_of(candidate, None) is None:
            return candidate
        number += 1
