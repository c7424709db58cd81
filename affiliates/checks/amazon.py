"""AFF10 to AFF13: what Amazon does not let a site show or take along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from affiliates.checks.addresses import AMAZON
from affiliates.markup.lookup import SHOWN_LINKS, SHOWN_PRODUCTS, LinkInfo, ProductInfo
from affiliates.networks import all_networks, is_paid_address
from affiliates.targets import TargetError, parse_target
from cms.contracts import NETWORKS, Check, Finding, Passage, Snapshot

PRICE = re.compile(
    r"(?:US\s?\$|[$€£¥])\s?\d[\d.,]*|\b(?:USD|EUR|GBP)\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:€|£|USD\b|EUR\b|GBP\b|dollars\b|euros\b)",
    re.IGNORECASE,
)
RATING = re.compile(
    r"\b[0-5](?:[.,]\d)?\s*(?:out of (?:5|five)\b(?: stars?)?|/\s?5\b|[- ]?stars?\b)|[★⭐]{2,5}"
    r"|\b\d[\d.,]*\+?\s+(?:customer |verified |global |amazon )*(?:reviews?|ratings?)\b",
    re.IGNORECASE,
)
PICTURE = re.compile(
    r"https?://[^\s)\"'<>]*(?:media-amazon|images-amazon|ssl-images-amazon|images-na\.ssl)[^\s)\"'<>]*",
    re.IGNORECASE,
)
AS_OF = re.compile(
    r"\b(?:prices?|availability)\b[^.!?\n]{0,60}?\b(?:as of|accurate (?:on|at)|checked (?:on|at)|updated (?:on|at))\b"
    r"\s*(?P<when>[^.!?\n]{0,40})",
    re.IGNORECASE,
)
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?")
OLD = timedelta(hours=24)
ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")


def _slugs(snapshot: Snapshot) -> set[str]:
    shown: tuple[LinkInfo, ...] = snapshot.document.records.get(SHOWN_LINKS, ())
    return {link.slug for link in shown if link.network == AMAZON}


def _near(snapshot: Snapshot) -> Iterator[Passage]:
    """Yield the passages of every block that holds an Amazon link."""
    slugs = _slugs(snapshot)
    passages = snapshot.document.passages
    blocks = {
        passage.block_index
        for passage in passages
        for mark in passage.marks
        if mark.kind == "link" and mark.key in slugs
    }
    yield from (passage for passage in passages if passage.block_index in blocks)


def _products(snapshot: Snapshot) -> Iterator[tuple[ProductInfo, str]]:
    """Yield what the cards of Amazon products say, fact by fact."""
    shown: tuple[ProductInfo, ...] = snapshot.document.records.get(SHOWN_PRODUCTS, ())
    for product in dict.fromkeys(shown):
        if product.link and product.link.network == AMAZON:
            for fact in (product.name, product.form, product.amount_per_serving, *product.facts):
                yield product, fact


def _found(snapshot: Snapshot, pattern: re.Pattern[str], make: tuple[str, str, str]) -> Iterator[Finding]:
    check_id, message, fix = make
    for passage in _near(snapshot):
        for match in pattern.finditer(passage.text):
            line, quote = passage.place(snapshot.source.text, *match.span())
            yield Finding(check_id, "error", message, line=line, quote=quote, fix=fix)
    for product, fact in _products(snapshot):
        if pattern.search(fact):
            words = f"{message} It stands in the record of “{product.name}”: {fact}"
            yield Finding(check_id, "error", words, quote=product.slug, fix=fix)


def prices(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF10: a price beside an Amazon link; it may be shown only when Amazon's own interface gave it."""
    make = ("AFF10", "Remove the price: it stands beside an Amazon link.", "Let the shop say what it costs.")
    yield from _found(snapshot, PRICE, make)


def stale_prices(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF11: prices with a date that is older than a day, or none, on a page with an Amazon link."""
    if AMAZON not in snapshot.document.records.get(NETWORKS, ()):
        return
    now = timezone.now()
    for passage in snapshot.document.passages:
        for match in AS_OF.finditer(passage.text):
            stated = ISO.search(match["when"])
            if stated and _is_fresh(stated[0], now):
                continue
            line, quote = passage.place(snapshot.source.text, *match.span())
            message = "Refresh or hide the price: what was said of it is older than 24 hours or has no date."
            fix = "Take price and date out; Chelate shows no price of Amazon's."
            yield Finding("AFF11", "error", message, line=line, quote=quote, fix=fix)


def _is_fresh(written: str, now: datetime) -> bool:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return False
    return timedelta() <= now - timezone.make_aware(moment) <= OLD


def content(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF12: Amazon's pictures, ratings and reviews belong to Amazon."""
    for number, line in enumerate(snapshot.source.text.split("\n"), start=1):
        for match in PICTURE.finditer(line):
            message = "Remove the picture: Amazon's pictures may not be stored or shown from here."
            fix = "Use a picture of your own."
            yield Finding("AFF12", "error", message, line=number, quote=match[0][:200], fix=fix)
    make = (
        "AFF12",
        "Remove the rating: Amazon's stars and reviews may not be copied.",
        "Say what you found yourself.",
    )
    yield from _found(snapshot, RATING, make)


def channels(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF13: the description goes into feeds, mails and cards, where an Amazon link must not be."""
    description = str(snapshot.source.front_matter.get("description") or "")
    addresses = [match[0].rstrip(".,;:!?") for match in ADDRESS.finditer(description)]
    networks = all_networks() if addresses else []
    for address in addresses:
        try:
            is_paid = is_paid_address(parse_target(address.partition("#")[0]), networks)
        except TargetError:
            continue
        if is_paid:
            message = "Strip the link here: the description travels in feeds, where paid links must not be."
            yield Finding("AFF13", "error", message, quote=address, fix="Keep paid links in the text.")


CHECKS = (
    Check("AFF10", "error", prices, about="A price beside an Amazon link", why="Amazon IP licence"),
    Check(
        "AFF11", "error", stale_prices,
        about="A price on a page with an Amazon link whose date is missing or over a day old", why="Amazon IP licence",
    ),
    Check(
        "AFF12", "error", content,
        about="A picture, rating or number of reviews that is Amazon's", why="Amazon IP licence",
    ),
    Check(
        "AFF13", "error", channels,
        about="A paid link in the description, which goes into feeds", why="Amazon participation rules",
    ),
)  # fmt: skip
