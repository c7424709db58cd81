"""Which part of a host somebody can register. The rules are the Public Suffix List's, as a library ships them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList


@cache
def _rules() -> PublicSuffixList:
    return PublicSuffixList()  # 0.2 s and a snapshot in the package: no network is asked


@lru_cache(maxsize=4_096)
def is_public_suffix(host: str) -> bool:
    """Return whether strangers register names below this one: com, co.uk, and shops' hosts such as myshopify.com."""
    return not _is_number(host) and bool(_rules().is_public(host))


@lru_cache(maxsize=4_096)
def registrable(host: str) -> str:
    """Return the name that somebody has registered, e.g. shop.example of www.shop.example.

    What is a number, or a public suffix itself, stands for itself.
    """
    found = None if _is_number(host) else _rules().privatesuffix(host)
    return found or host


def same_owner(host: str, names: Iterable[str]) -> bool:
    """Return whether a host belongs to whoever registered one of the names: de.shop.example and www.shop.example."""
    return registrable(host) in {registrable(name) for name in names}


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
