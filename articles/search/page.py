"""The search page: what readers are shown, in a fixed number of queries. What they ask is stored nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.context import current_site
from articles.models import Edition
from articles.pages import PER_PAGE, topics_with_counts
from articles.search import match, spelling
from articles.search.excerpt import excerpt, marked
from articles.search.question import LONGEST, Question, ask

MOST_PAGES = 20  # who has not found it by then asks again


@dataclass(frozen=True, slots=True)
class Result:
    edition: Edition
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page of results stands among the others."""

    number: int
    count: int
    question: Question

    @property
    def before(self) -> str:
        return address(self.question, self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return address(self.question, self.number + 1) if self.number < self.count else ""


def search_page(raw: str, number: str | None) -> dict[str, Any]:
    """Two queries: hits, editions. Without hits two or three more: the words apart, titles to learn from, topics."""
    question, wanted = ask(raw), _number(number)
    hits = match.find(question, limit=PER_PAGE, offset=(wanted - 1) * PER_PAGE)
    is_exact = bool(hits.total) or wanted > 1
    if not is_exact and len(question.slots) > 1:
        hits = match.find(question, limit=PER_PAGE, every=False)
    if not hits.total and wanted > 1:
        raise Http404("There is no such page of the list.")
    count = min(-(-hits.total // PER_PAGE), MOST_PAGES) if is_exact else 1
    return {
        "question": question,
        "longest": LONGEST,
        "results": results(question, hits),
        "total": hits.total,
        "is_exact": is_exact,
        "pages": Pages(wanted, count, question),
        "nearest": "" if is_exact or not question.slots else spelling.nearest(question),
        "topics": [] if hits.total else topics_with_counts(),
        "canonical_url": current_site().absolute(address(question, wanted)),
    }


def results(question: Question, hits: match.Hits) -> list[Result]:
    unread = ("html", "source_text", "front_matter", "toc", "findings", "structured_data", "byline_html")
    found = Edition.objects.live().select_related("topic").defer(*unread).in_bulk(list(hits.editions))
    editions = [found[pk] for pk in hits.editions if pk in found]  # one may have ended a moment ago
    return [
        Result(
            edition,
            marked(edition.title, question, edition.language),
            excerpt(edition.text, question, edition.language)
            or marked(edition.description, question, edition.language),
        )
        for edition in editions
    ]


def address(question: Question, number: int = 1) -> str:
    asked = {"q": question.text} if question.text else {}
    page = {"page": str(number)} if number > 1 else {}
    query = urlencode({**asked, **page})
    return reverse("articles:search") + (f"?{query}" if query else "")


def _number(number: str | None) -> int:
    wanted = number or "1"
    if not re.fullmatch(r"[0-9]{1,2}", wanted) or not 1 <= int(wanted) <= MOST_PAGES:
        raise Http404("There is no such page of the list.")
    return int(wanted)
