"""AFF14 and AFF15: words that pretend. Independence on a page that earns, praise without a source. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cms.contracts import PLACEMENTS, Check, Finding, Passage, Snapshot

IDENTIFIERS = ("AFF14", "AFF15")
_INDEPENDENCE = re.compile(
    r"\b(?:unbiased|impartial(?:ly)?|independently (?:tested|reviewed|chosen)|(?:fully |completely |"
    r"truly )?independent (?:review|reviews|test|tests|advice|opinion|ranking)|"
    r"no financial (?:interest|ties|connection|relationship)|(?:are|were|is|was|am) (?:not|never) "
    r"(?:paid|sponsored|compensated)|"
    r"(?:we|i) (?:receive|take|accept|get|earn) no (?:compensation|commission|money|payment)|not sponsored|"
    r"(?:don['’]t|do not|never) (?:receive|take|accept|earn|get) (?:any )?(?:compensation|commission|"
    r"money|payment)s?|"
    r"honest and unpaid|unpaid (?:review|opinion)|nobody pays us|no one pays us|without any "
    r"commercial interest|ad-free and independent)\b",
    re.IGNORECASE,
)
_OF_NUMBERS = re.compile(
    r"^\W*(?:estimates?|estimators?|samples?|results?|data|randomi[sz]ation|allocation)\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:not|never|cannot|can['’]t|nor|neither|hardly|nobody is|isn['’]t|aren['’]t)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_RATING = re.compile(
    r"\b[0-5](?:[.,]\d)?\s*(?:/\s*5\b|out of (?:5|five)(?: stars)?\b|[- ]stars?\b(?! anise| hotel| "
    r"chef| restaurant))"
    r"|(?<!\w)[★⭐]{2,5}|\b(?:five|four)[- ]star (?:review|reviews|rating|ratings|rated)\b|"
    r"\b[\d.,]+\+? (?:five-star |5-star |verified |customer |happy |positive )+(?:reviews|ratings|"
    r"customers)\b",
    re.IGNORECASE,
)
_BADGE = re.compile(r"\bverified (?:buyer|purchase|customer|reviewer|user)s?\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"„«](?P<words>[^“”\"„«»]{15,600})[”\"“»]")
_FIRST_PERSON = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|my|me|we|our)\b", re.IGNORECASE)
_PRAISE = re.compile(
    r"\b(?:love|loved|amazing|best|better|sleep|slept|energy|recommend|changed my|life|works?|worked|"
    r"helped|since (?:i|taking|using)|"
    r"took|taking|take|using|used|tried|bought|buy|thank|feel|felt|pain|gone|finally|product|"
    r"capsules?|supplement|magnesium|weeks?)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"^\W*(?:[–—-]\s*)?(?:[A-Z][\w.'’]+(?:\s+[A-Z][\w.'’]*)?|[A-Z]\.)(?:\s*,|\s*\(|\s+from\b|\s*$|"
    r"\s+(?:writes|wrote|told us|raves))|\b(?:writes?|wrote|told us|raves|says one|a reader|a "
    r"customer|our customer)\b"
)
_AUTHORITY = re.compile(
    r"\b(?:professor|prof\.|dr\.?|researcher|scientist|led the|author of|study|university|dietitian|"
    r"toxicologist|regulator|fda|director)\b",
    re.IGNORECASE,
)
PROVENANCE = "testimonials"


def independence_findings(snapshot: Snapshot, *, is_paid: bool) -> Iterator[Finding]:
    """Yield AFF14 where the page earns, and AFF15 anywhere."""
    source = snapshot.source.text
    known = provenance(snapshot.source.front_matter)
    for passage in snapshot.document.passages:
        if is_paid:
            yield from _independent(passage, source)
        yield from _testimonial(passage, source, known)


def provenance(front_matter: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the quotes whose source and consent the article has on record (front matter `testimonials`)."""
    items = front_matter.get(PROVENANCE)
    kept = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list | tuple) else []
    return tuple(
        _plain(str(item.get("quote") or ""))
        for item in kept
        if item.get("quote") and item.get("source") and item.get("consent_on")
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _independent(passage: Passage, source: str) -> Iterator[Finding]:
    for match in _INDEPENDENCE.finditer(passage.text):
        if _OF_NUMBERS.match(passage.text[match.end() :]) or _DENIED.search(passage.text[: match.start()]):
            continue
        line, quote = passage.place(source, *match.span())
        fix = f"Delete “{match[0]}”, or say how you tested and that the links earn you a commission."
        yield Finding("AFF14", "error", "This page earns commission.", line=line, quote=quote, fix=fix)


def _testimonial(passage: Passage, source: str, known: tuple[str, ...]) -> Iterator[Finding]:
    if found := _praise(passage, known):
        line, quote = passage.place(source, *found)
        fix = (
            "Record the testimonial under “testimonials” in the front matter with quote, source and "
            "consent_on, or delete it."
        )
        yield Finding("AFF15", "error", "Record source and consent.", line=line, quote=quote, fix=fix)


def _praise(passage: Passage, known: tuple[str, ...]) -> tuple[int, int] | None:
    """Return where a customer is quoted, a badge stands or stars are counted; a quote on record is none."""
    text = passage.text
    quoted = [match for match in _QUOTED.finditer(text) if _is_customer(passage, match)]
    for match in quoted:
        if not any(_plain(match["words"]) in one or one in _plain(match["words"]) for one in known if one):
            return match.span()
    if quoted:
        return None
    for pattern in (_BADGE, _RATING):
        if found := pattern.search(text):
            return found.span()
    return None


def _is_customer(passage: Passage, match: re.Match[str]) -> bool:
    words, after = match["words"], passage.text[match.end() : match.end() + 80]
    before = passage.text[max(match.start() - 60, 0) : match.start()]
    if _AUTHORITY.search(before + after):
        return False
    is_own = _FIRST_PERSON.search(words) is not None and _PRAISE.search(words) is not None
    return _BADGE.search(after) is not None or (
        is_own and (_SPEAKER.search(after) is not None or _SPEAKER.search(before) is not None)
    )


def run(identifier: str, snapshot: Snapshot) -> Iterator[Finding]:
    is_paid = bool(snapshot.document.records.get(PLACEMENTS))
    return (found for found in independence_findings(snapshot, is_paid=is_paid) if found.id == identifier)


def _independence(snapshot: Snapshot) -> Iterator[Finding]:
    return run("AFF14", snapshot)


def _testimonials(snapshot: Snapshot) -> Iterator[Finding]:
    return run("AFF15", snapshot)


CHECKS = (
    Check(
        "AFF14", "error", _independence,
        about="Words of independence on a page that earns a commission", why="16 CFR 255.5 and, by analogy, 465.6",
    ),
    Check(
        "AFF15", "error", _testimonials,
        about="Praise or stars without a record of their source and consent", why="16 CFR 465.2 and 255.2",
    ),
)  # fmt: skip
