"""Recognising a visitor for one day and no longer: a keyed hash whose random key is destroyed.

The address and the user agent are used here, in memory, and stored nowhere.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from affiliates.clicks.salts import salt_of
from affiliates.targets import TargetError, parse_host

Meta = Mapping[str, str]


def client_address(meta: Meta) -> str:
    """Return the visitor's address as far as trusted proxies vouch for it.

    With n trusted proxies the n-th entry from the right of X-Forwarded-For was written by ours; what stands left of
    it anybody can make up.
    """
    trusted = settings.TRUSTED_PROXY_COUNT
    entries = [entry.strip() for entry in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if entry.strip()]
    if trusted and len(entries) >= trusted:
        return entries[-trusted]
    return meta.get("REMOTE_ADDR", "")


def network_of(address: str) -> str:
    """Return the /24 or /48 that an address belongs to, "" if it is none."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if isinstance(ip, ipaddress.IPv4Address):
        return f"{str(ip).rpartition('.')[0]}.0/24"
    return f"{ipaddress.IPv6Address(int(ip) >> 80 << 80)}/48"


def objects_to_recognition(meta: Meta) -> bool:
    return meta.get("HTTP_SEC_GPC") == "1" or meta.get("HTTP_DNT") == "1"


def day_visitor(meta: Meta, moment: datetime) -> int | None:
    """Return the hash that is the same for one visitor within one UTC day; None if it must not or cannot be made."""
    network = network_of(client_address(meta))
    if objects_to_recognition(meta) or not network:
        return None
    salt = salt_of(moment.date())
    if salt is None:
        return None
    seen = f"{network}\0{meta.get('HTTP_USER_AGENT', '')}\0{settings.SITE_URL}"
    digest = hashlib.blake2b(seen.encode("utf-8", "replace"), digest_size=8, key=salt).digest()
    return int.from_bytes(digest, "big", signed=True)


def referrer_host(meta: Meta) -> str:
    """Return the name of the other site that a visitor came from; "" for our own, for none and for bare addresses."""
    found = re.match(r"https?://([^/?#]+)", meta.get("HTTP_REFERER", ""))
    if found is None:
        return ""
    authority = found.group(1).rpartition("@")[2].partition(":")[0]
    try:
        host = parse_host(authority)
    except TargetError:
        return ""
    own = {settings.SITE_URL.partition("://")[2], meta.get("HTTP_HOST", "").partition(":")[0]}
    return "" if host in own or len(host) > 100 else host
