"""What the checks say of the pages that readers see: kept for each edition, checked again in the background."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from articles.models import ArticleFinding, ComplianceRun, Edition, FindingDay
from cms.contracts import CompileError, Finding

STALLED = timedelta(hours=1)  # a run that has not ended by then has lost its worker
BATCH = 500
log = structlog.get_logger("chelate.compliance")


def live_findings() -> QuerySet[ArticleFinding]:
    """Findings of what readers see at this moment."""
    return ArticleFinding.objects.filter(edition__in=Edition.objects.live())


def keep(edition: Edition, findings: Iterable[Finding]) -> None:
    """Replace what is known of one edition. Runs in the caller's transaction, if there is one."""
    with transaction.atomic():
        ArticleFinding.objects.filter(edition=edition).delete()
        ArticleFinding.objects.bulk_create(
            [
                ArticleFinding(
                    article_id=edition.article_id,
                    edition=edition,
                    check_id=finding.id,
                    severity=finding.severity,
                    is_critical=finding.critical,
                    overridden=finding.overridden[:700],
                    message=finding.message[:500],
                    quote=finding.quote[:300],
                    line=finding.line,
                )
                for finding in findings
            ],
            batch_size=BATCH,
        )


def start_run(*, reason: str, by: User | None = None, has_new_rules: bool = False) -> ComplianceRun:
    """Queue a run over every page; one that is under way is returned instead, so that two never chase each other.

    With `has_new_rules` one that has begun does not do: it has checked pages with the old ones.
    """
    from articles import tasks

    now = timezone.now()
    with transaction.atomic():
        under_way = ComplianceRun.objects.filter(finished_at=None, started_at__gt=now - STALLED)
        if has_new_rules:
            under_way = under_way.filter(total=0)
        if (waiting := under_way.first()) is not None:
            return waiting
        name = by.get_username() if by else ""
        run = ComplianceRun.objects.create(reason=reason[:200], actor_name=name)
        tasks.check_everything.enqueue(run.pk)
    return run


def run(run_id: int) -> int:
    """Compile every live and scheduled edition with today's records and rules; return how many were checked."""
    from articles.recompile import recompile_edition

    row = ComplianceRun.objects.get(pk=run_id)
    if row.finished_at is not None:
        return 0
    ids = list(Edition.objects.live_or_scheduled().order_by("pk").values_list("pk", flat=True))
    ComplianceRun.objects.filter(pk=run_id).update(total=len(ids), done=0, failed=0)
    for edition_id in ids:
        try:
            recompile_edition(edition_id)
            failed = 0
        except CompileError as error:
            log.warning("check_refused", edition=edition_id, reason=str(error))
            failed = 1
        except Exception:  # the other pages are not to wait for this one, tonight and every night
            log.exception("check_failed", edition=edition_id)
            failed = 1
        ComplianceRun.objects.filter(pk=run_id).update(done=F("done") + 1, failed=F("failed") + failed)
    forget_past()
    note_day()
    ComplianceRun.objects.filter(pk=run_id).update(finished_at=timezone.now())
    return len(ids)


def forget_past() -> None:
    """Delete what was found on editions that readers no longer see; the editions keep their own findings."""
    ArticleFinding.objects.exclude(edition__in=Edition.objects.live_or_scheduled()).delete()


def note_day() -> None:
    """Write today's count of each check and severity; a later run of the day replaces it."""
    today = timezone.localdate()
    standing = live_findings().filter(overridden="").order_by()
    counted = standing.values("check_id", "severity").annotate(count=Count("pk"))
    with transaction.atomic():
        FindingDay.objects.filter(day=today).delete()
        FindingDay.objects.bulk_create([FindingDay(day=today, **row) for row in counted])


def nightly() -> None:
    """Start the daily run: reviews fall due and limits change without anybody saving an article."""
    start_run(reason="Daily")
