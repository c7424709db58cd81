"""The numbers of the compliance page, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from articles.compliance.findings import live_findings
from articles.models import ArticleFinding, ComplianceRun, Edition, FindingDay
from cms import plugins

TREND_DAYS = 90
WORST = 10
REVIEW_AFTER = timedelta(days=730)  # TRU02: 24 months
DUE_SOON = timedelta(days=60)
DUE_SHOWN = 20
ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check with findings on live pages."""

    check_id: str
    severity: str
    about: str
    count: int
    articles: int


@dataclass(frozen=True, slots=True)
class ArticleRow:
    article_id: int
    title: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class DayRow:
    day: date
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Due:
    """A live page whose review is due on `due_on`."""

    article_id: int
    title: str
    due_on: date
    is_overdue: bool


def counts() -> dict[str, int]:
    """Return live pages, pages with errors, and findings by severity; what was let pass is counted apart."""
    standing = Q(overridden="")
    found = live_findings().aggregate(
        errors=Count("pk", filter=standing & Q(severity="error")),
        warnings=Count("pk", filter=standing & Q(severity="warning")),
        notes=Count("pk", filter=standing & Q(severity="info")),
        passed=Count("pk", filter=~standing),
        pages_with_errors=Count("article", filter=standing & Q(severity="error"), distinct=True),
    )
    return {**found, "pages": Edition.objects.live().count()}


def by_check() -> list[CheckRow]:
    rows = (
        live_findings()
        .filter(overridden="")
        .values("check_id", "severity")
        .order_by()
        .annotate(count=Count("pk"), articles=Count("article", distinct=True))
    )
    checks = plugins.registry().checks
    found = [
        CheckRow(
            row["check_id"],
            row["severity"],
            checks[row["check_id"]].about if row["check_id"] in checks else "",
            row["count"],
            row["articles"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (ORDER.get(row.severity, 9), -row.count, row.check_id))


def worst_articles() -> list[ArticleRow]:
    rows = (
        live_findings()
        .filter(overridden="", severity__in=["error", "warning"])
        .values("article_id", title=F("edition__title"))
        .order_by()
        .annotate(
            errors=Count("pk", filter=Q(severity="error")), warnings=Count("pk", filter=Q(severity="warning"))
        )
        .order_by("-errors", "-warnings", "article_id")[:WORST]
    )
    return [ArticleRow(**row) for row in rows]


def trend() -> list[DayRow]:
    """Return one row a day with a count, oldest first. Days without a run are missing, not zero."""
    since = timezone.localdate() - timedelta(days=TREND_DAYS)
    rows = (
        FindingDay.objects.filter(day__gte=since)
        .values("day")
        .order_by("day")
        .annotate(
            errors=Coalesce(Sum("count", filter=Q(severity="error")), 0),
            warnings=Coalesce(Sum("count", filter=Q(severity="warning")), 0),
        )
    )
    return [DayRow(**row) for row in rows]


def due_reviews() -> list[Due]:
    """Return live pages whose last review, or last change if there was none, is about two years old; oldest first."""
    today = timezone.localdate()
    newest = today - REVIEW_AFTER + DUE_SOON
    rows = (
        Edition.objects.live()
        .annotate(checked=Coalesce("reviewed_on", TruncDate("updated_at")))
        .filter(checked__lte=newest)
        .order_by("checked", "pk")
        .values_list("article_id", "title", "checked")[:DUE_SHOWN]
    )
    return [
        Due(article_id, title, checked + REVIEW_AFTER, checked + REVIEW_AFTER <= today)
        for article_id, title, checked in rows
    ]


def last_run() -> ComplianceRun | None:
    return ComplianceRun.objects.first()


def findings_of(check_id: str) -> QuerySet[ArticleFinding]:
    """Return the standing findings of one check, page by page."""
    found = live_findings().filter(check_id=check_id).select_related("edition")
    return found.defer("edition__html", "edition__text", "edition__source_text").order_by(
        "overridden", "edition__title", "line", "pk"
    )
