"""What the first page of a shop says about the product. Pure; careful, since a wrong alarm costs a good link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})
_OPENING = re.compile(r"[A-Za-z][A-Za-z0-9:-]*")
_REFRESH = re.compile(r"\bhttp-equiv\s*=\s*[\"']?refresh\b", re.IGNORECASE)
# Possessive: a run of blanks could be divided among the parts in more ways than anybody has time to try.
_TO = re.compile(r"\bcontent\s*+=\s*+[\"']?+\s*+\d*+\s*+;?+\s*+url\s*+=\s*+'?([^\"'>]+)", re.IGNORECASE)
LONGEST_TAG = 4_000  # what is longer carries no address that a redirect could use

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


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader sees of a page: its title, its words, and where it sends them on by itself."""

    title: str
    text: str
    onward: str


# A checker asks three questions about one page; reading it takes longer than answering.
@lru_cache(maxsize=4)
def read(html: str) -> Page:
    """Read a page once from front to back, in time that grows with its length and not with its malice.

    Searching for `<script.*?</script>` tries every opening tag against the whole rest: 140 kB of "<script" took
    half a minute, and a shop sends us up to 400 kB of what it likes.
    """
    title, onward, words, place = "", "", [], 0
    lower = _lower(html)
    while (start := html.find("<", place)) >= 0:
        words.append(html[place:start])
        place, name, tag = _tag_at(html, start)
        if name == "title" and not title:
            end = lower.find("</title", place)
            end = len(html) if end < 0 else end
            title = html[place:end]
            words.append(f" {title} ")
            place = end
        elif name in HIDDEN:
            place = _after(lower, f"</{name}", place)
        elif name == "meta" and not onward and _REFRESH.search(tag) and (found := _TO.search(tag)):
            onward = unescape(found[1]).strip()
        words.append(" " if name else "<")
    words.append(html[place:])
    return Page(_plain(title), _plain("".join(words)), onward)


def _lower(html: str) -> str:
    """Return the page in lower case, letter by letter: "İ".lower() is two letters, and every place would shift."""
    lower = html.lower()
    return lower if len(lower) == len(html) else "".join(letter.lower()[:1] for letter in html)


def _tag_at(html: str, start: int) -> tuple[int, str, str]:
    """Return where the tag at `start` ends, its name in lower case ("/" for an end) and the tag.

    A comment has the name "!"; a bare "<" in the text has none. What never ends takes the rest of the page.
    """
    if html.startswith("<!--", start):
        return _after(html, "-->", start + 4, mark_only=True), "!", ""
    following = html[start + 1 : start + 2]
    if not (following.isalpha() or following in ("/", "!", "?")):
        return start + 1, "", ""
    end = html.find(">", start)
    end = len(html) if end < 0 else end + 1
    found = _OPENING.match(html, start + 1, min(end, start + 40))
    return end, found[0].lower() if found else "/", html[start : min(end, start + LONGEST_TAG)]


def _after(html: str, mark: str, place: int, *, mark_only: bool = False) -> int:
    """Return the place behind a mark and, unless `mark_only`, behind the tag that it begins."""
    found = html.find(mark, place)
    if found < 0:
        return len(html)
    end = found + len(mark) if mark_only else html.find(">", found) + 1
    return end or len(html)


def _plain(html: str) -> str:
    return " ".join(unescape(html).split())


def title_of(html: str) -> str:
    return read(html).title


def visible_text(html: str) -> str:
    """Return the words of a page without scripts, which hold every message that a shop could ever show."""
    return read(html).text


def refresh_of(html: str) -> str:
    """Return where a page sends its reader by itself, "" if it stays: redirects of many networks are such pages."""
    return read(html).onward


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
