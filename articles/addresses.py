"""Addresses that articles had elsewhere, such as /2021/05/zinc-dosage/: kept, and led on to where the article is now.

A redirect leads to an article of ours and nowhere else; what was written in a file only decides from where. An
address that this site answers itself is never led away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import Article, Edition, OldAddress, SlugClaim
from articles.models.address import MOST_PATH

KEY = "aliases"
BELOW = "/articles/"
MOST_SLUG = 120
MOST = 200  # of one article; a page that has moved twice a year for a century
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\%?#\ud800-\udfff\ufffd\u2028\u2029]")
_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")


class NoAddress(ValueError):
    """What was written cannot be led on. The message says why."""


def path_of(written: object) -> str:
    """Return the path of an old address as it is stored: "/2021/05/zinc-dosage". Raises NoAddress."""
    if not isinstance(written, str):  # YAML reads "~" as nothing and "2021" as a number
        raise NoAddress("it is no text; put it in quotation marks")
    text = written.strip()
    if "://" in text:
        try:
            parts = urlsplit(text)
        except ValueError as error:
            raise NoAddress("it is no address") from error
        if parts.scheme not in {"http", "https"}:
            raise NoAddress("it is no address of a page")
        text = f"{parts.path}?{parts.query}" if parts.query else parts.path
    text = text.partition("#")[0]
    if "?" in text:
        raise NoAddress("what comes after a question mark cannot be led on")
    if _ENCODED.search(text):
        raise NoAddress("it is not encoded as an address is")
    return _checked(text)


def _checked(text: str) -> str:
    try:
        decoded = unicodedata.normalize("NFC", unquote(text, errors="strict"))
    except UnicodeDecodeError as error:
        raise NoAddress("it is not encoded as an address is") from error
    parts = decoded.removeprefix("/").removesuffix("/").split("/")
    if parts == [""]:
        raise NoAddress("it is the home page")
    if _UNSAFE.search(decoded) or any(part.strip(" .") == "" for part in parts):
        raise NoAddress("it is no plain path")
    path = "/" + "/".join(parts)
    if len(path) > MOST_PATH:
        raise NoAddress(f"it has more than {MOST_PATH} characters")
    return path


def answered_by(path: str) -> ResolverMatch | None:
    """Return which page of this site answers at a path, with or without a slash at its end."""
    for candidate in (path, f"{path}/"):
        try:
            return resolve(candidate)
        except Resolver404:
            continue
    return None


def refuse(path: str) -> None:
    """Raise NoAddress for a path that is this site's own."""
    files = [urlsplit(url).path.rstrip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL) if url]
    is_file = any(root and (path == root or path.startswith(f"{root}/")) for root in files)
    if is_file or answered_by(path) is not None:
        raise NoAddress("this site answers there itself")


def problem_of(written: object) -> str:
    """Return why an old address cannot be led on, "" if it can."""
    try:
        path = path_of(written)
        if not _slug(path):
            refuse(path)
    except NoAddress as error:
        return f"The old address “{written}” is not led on: {error}."
    return ""


def claim(article: Article, written: Iterable[object]) -> list[str]:
    """Let old addresses lead to an article; return what is wrong with those that do not.

    One below /articles/ becomes a claim of the article's own kind. Nothing is taken from another article.
    """
    problems: list[str] = []
    slugs, paths = {}, {}
    for one in [*written][:MOST]:
        if problem := problem_of(one):
            problems.append(problem)
            continue
        path = path_of(one)
        if slug := _slug(path):
            slugs[slug] = str(one)
        else:
            paths[path] = str(one)
    SlugClaim.objects.bulk_create(
        [SlugClaim(slug=slug, article=article) for slug in slugs], ignore_conflicts=True
    )
    OldAddress.objects.bulk_create(
        [OldAddress(path=path, article=article) for path in paths], ignore_conflicts=True
    )
    taken = [
        *((slugs[row.slug], row.article) for row in _others(SlugClaim, article, slug__in=slugs)),
        *((paths[row.path], row.article) for row in _others(OldAddress, article, path__in=paths)),
    ]
    return [*problems, *(f"The old address “{one}” leads to “{other}” already." for one, other in taken)]


def _others(model: type[SlugClaim | OldAddress], article: Article, **which: Iterable[str]) -> list[Any]:
    if not any(which.values()):
        return []
    return list(model._default_manager.filter(**which).exclude(article=article).select_related("article"))


def _slug(path: str) -> str:
    match = answered_by(path)
    is_article = match is not None and match.view_name == "articles:detail"
    slug = str(match.kwargs["slug"]) if match and is_article else ""
    return slug if len(slug) <= MOST_SLUG else ""


def written_in(front_matter: Mapping[str, object]) -> list[object]:
    """Return the old addresses that front matter names."""
    named = front_matter.get(KEY) or []
    return named if isinstance(named, list) else [named]


def former(article_id: int) -> list[str]:
    """Return every address that leads to an article, but the one that it has or wants; one query."""
    address = Concat(Value(BELOW), "slug", Value("/"), output_field=CharField())
    claims = SlugClaim.objects.filter(article=article_id).exclude(slug=F("article__slug")).order_by()
    kept = OldAddress.objects.filter(article=article_id).order_by()
    both = claims.annotate(at=address).values_list("at").union(kept.values_list("path"), all=True)
    return sorted(at for (at,) in both)


def landing(path: str) -> str:
    """Return where a path of the past leads now, "" if it leads nowhere; one query."""
    try:
        known = path_of(path.replace("%", "%25"))
    except NoAddress:
        return ""
    live = Edition.objects.live().filter(article__old_addresses__path=known).only("slug").first()
    return live.get_absolute_url() if live else ""


def lead_on(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: before saying that there is no page at an address that no page of ours has, look at old ones."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        if request.resolver_match is not None:  # a page of ours said so
            return response
        address = landing(request.path_info)
        # Asked again each time, like every redirect of an article: browsers would never see a new page at this path.
        fresh = {"Cache-Control": "no-cache"}
        return HttpResponsePermanentRedirect(address, headers=fresh) if address else response

    return middleware
