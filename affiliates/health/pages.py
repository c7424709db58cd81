"""What the first page of a shop says about the product. Pure; careful, since a wrong alarm costs a good link."""

from __future__ import annotations

import re
from html import unescape

_HIDDEN = re.compile(
    r"<(script|style|noscript|template|svg)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_REFRESH = re.compile(
    r"<meta[^>]+http-equiv=[\"']?refresh[^>]+content=[\"']\s*\d*\s*;?\s*url=\s*'?([^\"'>]+)", re.IGNORECASE
)

IN_STOCK = re.compile(r"schema\.org/(?:InStock|LimitedAvailability|PreOrder|BackOrder|OnlineOnly)\b")
DISCONTINUED = re.compile(r"schema\.org/Discontinued\b")
# Words on a button: where something can be bought, "unavailable" speaks of another product.
BUYABLE = re.compile(
    r"add to (?:cart|basket|bag)|buy now|in den (?:waren|einkaufs)korb|ajouter au panier|añadir al carrito"
    r"|aggiungi al carrello|in winkelwagen",
    re.IGNORECASE,
)
NOT_FOUND_TITLE = re.compile(
    r"\b404\b|page (?:was )?not found|product (?:was )?not found|page cannot be found|seite nicht gefunden"
    r"|page (?:introuvable|non trouv)|página no encontrada|pagina non trovata",
    re.IGNORECASE,
)
UNAVAILABLE = re.compile(
    r"currently unavailable|no longer available|(?:has been|is) discontinued|product (?:is )?not available anymore"
    r"|this (?:product|item) (?:is|has been) removed|derzeit nicht verfügbar"
    r"|nicht (?:mehr|länger) (?:verfügbar|lieferbar)"
    r"|n[’']est plus disponible|actuellement indisponible|ya no está disponible|non è più disponibile",
    re.IGNORECASE,
)
PARKED = re.compile(
    r"(?:this|the) domain (?:name )?(?:is|may be) (?:for sale|parked|expired)|buy this domain|domain has expired"
    r"|domain parking|sedoparking|parkingcrew|hugedomains\.com|diese domain steht zum verkauf",
    re.IGNORECASE,
)
WALL = re.compile(
    r"robot check|enter the characters you see below|are you a (?:robot|human)|verify (?:that )?you are (?:a )?human"
    r"|just a moment\.\.\.|attention required! \| cloudflare|pardon our interruption"
    r"|access (?:to this page )?(?:has been )?denied"
    r"|unusual traffic from your|please enable (?:js|javascript) and",
    re.IGNORECASE,
)


def title_of(html: str) -> str:
    found = _TITLE.search(html)
    return " ".join(unescape(found[1]).split()) if found else ""


def visible_text(html: str) -> str:
    """Return the words of a page without scripts, which hold every message that a shop could ever show."""
    return " ".join(unescape(_TAG.sub(" ", _HIDDEN.sub(" ", html))).split())


def refresh_of(html: str) -> str:
    """Return where a page sends its reader by itself, "" if it stays: redirects of many networks are such pages."""
    found = _REFRESH.search(_HIDDEN.sub(" ", html))
    return unescape(found[1]).strip() if found else ""


def is_wall(html: str) -> bool:
    """Return whether this page is made for robots and says nothing about the product."""
    text = visible_text(html)
    return bool(WALL.search(title_of(html)) or (len(text) < 1_500 and WALL.search(text)))


def why_gone(html: str) -> str:
    """Return what the page says that makes it a dead end, "" if it is an ordinary page."""
    title, text = title_of(html), visible_text(html)
    if found := PARKED.search(f"{title} {text}" if len(text) < 3_000 else title):
        return f"The page is parked: “{found[0]}”."
    if found := NOT_FOUND_TITLE.search(title):
        return f"The page calls itself “{found[0]}”."
    if DISCONTINUED.search(html) and not IN_STOCK.search(html):
        return "The shop marks the product as discontinued."
    if (found := UNAVAILABLE.search(text)) and not (IN_STOCK.search(html) or BUYABLE.search(text)):
        return f"The page says “{found[0]}”."
    return ""
