"""TRU01 to TRU03: author, reviewer and dates, and structured data that says no more than the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from html import unescape
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date

from articles.models import Edition
from cms import plugins
from cms.contracts import HEALTH, Check, Finding, SlotContext, Snapshot

REVIEW_AFTER = timedelta(days=730)
TAG = re.compile(r"<[^>]*>")
NO_WORD = re.compile(r"[\W_]+")
# What search engines show of a node, and so what readers must be able to find on the page.
SHOWN = frozenset({"name", "headline", "text", "reviewBody", "ratingValue", "reviewCount", "price"})
REVIEWS = frozenset({"Review", "AggregateRating", "Rating", "Offer"})


def named(snapshot: Snapshot) -> Iterator[Finding]:
    """TRU01: nobody stands behind the page."""
    front_matter = snapshot.source.front_matter
    if not front_matter.get("authors"):
        yield Finding("TRU01", "warning", "No author is named.", fix="Choose one under Authors.")
    if snapshot.document.records.get(HEALTH) and not front_matter.get("reviewed_by"):
        message = "No reviewer of this health article is named."
        yield Finding("TRU01", "warning", message, fix="Send it to review; an approval signs it.")


def _day(value: object) -> date | None:
    try:
        return parse_date(str(value or "")[:10])
    except ValueError:
        return None


def fresh(snapshot: Snapshot) -> Iterator[Finding]:
    """TRU02: the last review, or the last date if there was none, is older than 24 months."""
    front_matter = snapshot.source.front_matter
    reviewed = _day(front_matter.get("reviewed_on"))
    day = reviewed or _day(front_matter.get("updated")) or _day(front_matter.get("date"))
    if day is None or timezone.localdate() - day <= REVIEW_AFTER:
        return
    what = "reviewed" if reviewed else "changed"
    message = f"Last {what} on {day:%-d %B %Y}, more than 24 months ago. Review it again."
    quote = str(front_matter.get("reviewed_on") or front_matter.get("updated") or front_matter.get("date"))
    yield Finding(
        "TRU02", "warning", message, quote=quote, fix="Check doses, studies and links, then sign it."
    )


def matched(snapshot: Snapshot) -> Iterator[Finding]:
    """TRU03: structured data of a plugin tells search engines what readers cannot see."""
    visible = _folded(unescape(TAG.sub(" ", snapshot.document.html)))
    for node in _nodes(snapshot):
        for kind, key, value in _claims(node):
            if _folded(str(value)) not in visible:
                message = (
                    f"The structured data says “{str(value)[:80]}” ({kind}.{key}), but the page does not."
                )
                yield Finding(
                    "TRU03", "error", message, fix="Show it on the page or take it out of the data."
                )


def _nodes(snapshot: Snapshot) -> Iterator[Mapping[str, Any]]:
    front_matter = snapshot.source.front_matter
    edition = Edition(title=str(front_matter.get("title", "")), slug=str(front_matter.get("slug", "")))
    context = SlotContext(source=snapshot.source, document=snapshot.document, edition=edition)
    for slot in plugins.registry().slots("jsonld"):
        nodes: list[Any] = plugins.guarded("slot", slot.render, context, default=[], slot=slot.id)
        yield from (node for node in nodes if isinstance(node, Mapping))


def _claims(node: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, str, object]]:
    """Yield type, key and value of everything in a node that readers must be able to see."""
    kind = str(node.get("@type", ""))
    for key, value in node.items():
        children = value if isinstance(value, list) else [value]
        for child in children:
            if isinstance(child, Mapping) and depth < 4:
                is_person_of_work = key in {"author", "publisher", "isPartOf"} and kind not in REVIEWS
                if not is_person_of_work:  # a work's authors may be shortened to "et al."
                    yield from _claims(child, depth + 1)
            elif key in SHOWN and isinstance(child, str | int | float):
                yield kind, key, child


def _folded(text: str) -> str:
    """Return letters and digits only: styles of citation change case and punctuation."""
    return NO_WORD.sub("", text).casefold()


CHECKS = (
    Check(
        "TRU01", "warning", named,
        about="No author, or no reviewer of a health article", why="Readers and Google look for who stands behind it",
    ),
    Check(
        "TRU02", "warning", fresh,
        about="A last review or change more than 24 months ago", why="Health advice ages",
    ),
    Check(
        "TRU03", "error", matched,
        about="Structured data that says what readers cannot see", why="Google: marked-up content must be visible",
    ),
)  # fmt: skip
