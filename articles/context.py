"""What every page of the site knows: its name, its address, and what plugins put into head and footer."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest

from cms import plugins
from cms.contracts import Slot, SlotContext, SlotName


@dataclass(frozen=True, slots=True)
class Site:
    name: str
    tagline: str
    language: str
    url: str

    def absolute(self, address: str) -> str:
        """Return the full address of a path of this site; a full address (a picture on a CDN) stays as it is."""
        if address.startswith("/") and not address.startswith("//"):
            return (
                self.url + address
            )  # what urljoin does, in a tenth of the time; a page joins twenty addresses
        return urljoin(f"{self.url}/", address)


def current_site() -> Site:
    return Site(
        settings.SITE_NAME, settings.SITE_TAGLINE, settings.SITE_LANGUAGE, settings.SITE_URL.rstrip("/")
    )


def slot_html(name: SlotName, *, edition: Any = None, request: HttpRequest | None = None) -> str:
    """Render a slot that is filled per request. A failing item is logged and left out.

    While a page is made that is to be kept (articles/serving.py), what may differ between two requests is left open.
    """
    holes = _holes.get()
    found = []
    for item in plugins.registry().slots(name):
        if holes is None or item.is_fixed:
            found.append(item_html(item, SlotContext(edition=edition, request=request)))
        else:
            found.append(f"<!--{HOLE}:{len(holes)}-->")
            holes.append(Hole(item, edition))
    return "".join(found)


def item_html(item: Slot, context: SlotContext) -> str:
    return plugins.guarded("slot", item.render, context, default="", slot=item.id)


@dataclass(frozen=True, slots=True)
class Hole:
    """A place of a page for what a plugin renders anew for every request."""

    item: Slot
    edition: Any

    def html(self, request: HttpRequest) -> str:
        # A copy: threads share the page, and what one plugin does to an edition is nobody else's.
        return item_html(self.item, SlotContext(edition=copy(self.edition), request=request))


HOLE = f"hole-{secrets.token_hex(8)}"  # no text of an editor's can hold it
_holes: ContextVar[list[Hole] | None] = ContextVar("holes", default=None)


@contextmanager
def holes_left_open() -> Iterator[list[Hole]]:
    """Collect the holes of the page that is made meanwhile, in the order of their numbers."""
    holes: list[Hole] = []
    token = _holes.set(holes)
    try:
        yield holes
    finally:
        _holes.reset(token)
