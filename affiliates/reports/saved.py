"""Saved views: a question under a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from affiliates.models import Report
from affiliates.reports.pages import OVERVIEW, PAGES
from affiliates.reports.question import MAX_QUERY, PARAMETERS

MOST_LISTED = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of the list; `pk` is set if it may be deleted."""

    name: str
    url: str
    owner: str
    pk: int | None


def keep(*, owner: Any, name: str, page: str, query: str, is_shared: bool) -> Report | None:
    """Save a view; returns None if the name is none."""
    wanted = name.strip()
    if not 0 < len(wanted) <= 80:
        return None
    known = urlencode([(key, value) for key, value in parse_qsl(query) if key in PARAMETERS])[:MAX_QUERY]
    made, _ = Report.objects.update_or_create(
        owner=owner, name=wanted, defaults={"page": page, "query": known, "is_shared": is_shared}
    )
    return made


def drop(*, owner: Any, pk: int) -> bool:
    """Delete a view of this person's; returns whether there was one."""
    return bool(Report.objects.filter(owner=owner, pk=pk).delete()[0])


def listed(person: Any, address: Callable[[str, str], str]) -> list[Listed]:
    """Return the views of a person and those shared by others, in one query; none of a report that is no more."""
    seen = Report.objects.filter(Q(owner=person) | Q(is_shared=True), page__in=[OVERVIEW.key, *PAGES])
    found = seen.select_related("owner")[:MOST_LISTED]
    return [
        Listed(
            report.name,
            address(report.page, report.query),
            "" if report.owner_id == person.pk else str(report.owner),
            report.pk if report.owner_id == person.pk else None,
        )
        for report in found
    ]
