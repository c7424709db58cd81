from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=2_000)
def address(name: str, slug: str) -> str:
    """Return the path of a page, remembered: a page asks for a dozen, and each costs as much as a line of template."""
    return reverse(name, args=[slug])
