"""Pages that are made once and sent to every reader for whom the database still answers the same.

The queries of a page run for every request; what they return says whether the page at hand is the one that would be
made now. What could make two pages of equal rows differ, a request, a cookie or another query, is watched for while a
page is made, and such a page is made anew for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any, TypeVar, cast

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import quote_etag

from articles import cdn
from articles.context import HOLE, Hole, current_site, holes_left_open
from articles.encodings import ENCODINGS, preferred
from cms import plugins
from cms.page_cache import PageCache

OF_THE_ADDRESS = {"request.resolver_match"}  # the tag `url` reads it
MARK = re.compile(f"<!--{HOLE}:([0-9]+)-->".encode())
log = structlog.get_logger("chelate.pages")


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of a page between its holes, and its headers."""

    pieces: tuple[bytes, ...]
    holes: tuple[Hole, ...]
    headers: dict[str, str]
    etag: str
    is_kept: bool = False
    encoded: dict[str, bytes] = field(default_factory=dict)  # by encoding, when the first reader takes it

    @property
    def size(self) -> int:
        """Bytes in memory; a hole keeps an edition, about the page once more, and encodings take no more than that."""
        return sum(map(len, self.pieces)) * 2

    def body(self, encoding: str) -> bytes:
        """Return a page without holes; what two threads encode at once is the same."""
        if not encoding:
            return self.pieces[0]
        if encoding not in self.encoded:
            self.encoded[encoding] = ENCODINGS[encoding](self.pieces[0])
        return self.encoded[encoding]


cache: PageCache[Page] = PageCache()
T = TypeVar("T")


def serve(
    request: HttpRequest,
    address: Hashable,
    rows: Any,
    load: Callable[[], T],
    show: Callable[[HttpRequest, T], HttpResponse],
) -> HttpResponse:
    """Answer with the page made of `rows`, or with the one that was made of equal rows before.

    `load` makes objects of the rows, and may read what belongs to them for ever; `show` makes the page of these.
    """
    made_from = (rows, current_site(), plugins.registry())

    def make() -> tuple[Page, bool]:
        loaded = load()
        return _made(request, address, lambda shown: show(shown, loaded))

    return _answer(request, cache.page(address, made_from, make))


def show_list(
    request: HttpRequest, template: str, context: dict[str, Any], content_type: str | None = None
) -> HttpResponse:
    """Render a page that lists articles. A CDN may keep it if nothing in it is meant for one reader."""
    if not settings.CDN_MAX_AGE or cdn.has_open_slots("head", "footer"):
        return render(request, template, context, content_type=content_type)
    watched = Watched(request)
    response = render(cast("HttpRequest", watched), template, context, content_type=content_type)
    if watched.used <= OF_THE_ADDRESS and not _personal(response):
        cdn.name(response, [cdn.LISTS])
    return response


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    if not page.holes:
        encoding = preferred(request.META.get("HTTP_ACCEPT_ENCODING", "")) if page.is_kept else ""
        headers = {**page.headers, "ETag": page.etag, "Vary": "Accept-Encoding"}
        if encoding:
            headers |= {"ETag": f'{page.etag[:-1]}-{encoding}"', "Content-Encoding": encoding}
        return HttpResponse(page.body(encoding), headers=headers)
    filled = [hole.html(request).encode() for hole in page.holes]
    body = page.pieces[0] + b"".join(
        part for pair in zip(filled, page.pieces[1:], strict=True) for part in pair
    )
    return HttpResponse(body, headers={**page.headers, "ETag": _etag(body)})


def _made(
    request: HttpRequest, address: Hashable, make: Callable[[HttpRequest], HttpResponse]
) -> tuple[Page, bool]:
    """Return a page, and whether it is the same for everybody as long as its rows are."""
    watched = Watched(request)
    queries: list[str] = []
    with holes_left_open() as holes, connection.execute_wrapper(_noting(queries)):
        response = make(cast("HttpRequest", watched))
    pieces = MARK.split(response.content)
    found = [int(number) for number in pieces[1::2]]
    if sorted(set(found)) != list(range(len(holes))):  # a theme did something to the places of the holes
        return _page(make(request)), False
    reasons = [*sorted(watched.used), *queries, *_personal(response)]
    if reasons:
        log.info("page_not_kept", address=address, because=reasons[:3])
    is_kept = not reasons and not settings.DEBUG
    page = _page(response, tuple(pieces[::2]), tuple(holes[number] for number in found), is_kept=is_kept)
    return page, is_kept


def _page(
    response: HttpResponse,
    pieces: tuple[bytes, ...] = (),
    holes: tuple[Hole, ...] = (),
    *,
    is_kept: bool = False,
) -> Page:
    etag = _etag(response.content)
    headers = dict(response.headers)
    if holes or not is_kept:
        headers.pop(cdn.TAGS, None)
    return Page(pieces or (response.content,), holes, headers, etag, is_kept)


def _personal(response: HttpResponse) -> list[str]:
    """Return what of a response is meant for one reader or one moment."""
    return [
        *(f"cookie {name}" for name in response.cookies),
        *(f"header {name}" for name in ("Cache-Control", "Vary") if name in response.headers),
    ]


def _noting(queries: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        queries.append(f"query {sql[:80]}")
        return execute(sql, params, many, context)

    return note


def _etag(content: bytes) -> str:
    return quote_etag(md5(content, usedforsecurity=False).hexdigest())


class Watched:
    """Stands in for the request while a page is made. What a template reads of it is noted."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.used: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._request, name)  # asking for what is not there, such as a user, tells nothing
        self.used.add(f"request.{name}")
        return found
