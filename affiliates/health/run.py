"""One run of the checker: what is due, one after the other, until the cap. Only one run goes on at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from affiliates.health.classify import classify
from affiliates.health.plan import expectation
from affiliates.health.probe import Prober
from affiliates.health.record import forget_old, record
from affiliates.models import CheckRun, LinkCheck, LinkHealth, LinkTarget
from affiliates.models.health import LinkHealthQuerySet

CAP = 300
MOST_SECONDS = 240.0  # a worker that is told to stop waits 300 s for its task
CLAIMED = timedelta(hours=1)
LOST_AFTER = timedelta(minutes=5)
KEEP_RUNS = timedelta(days=30)
log = structlog.get_logger("chelate.links")


@dataclass(slots=True)
class Summary:
    """What a run did; None for `run` means that another one was going on."""

    run: CheckRun | None = None
    checks: list[LinkCheck] = field(default_factory=list)


def check_due(
    *,
    everything: bool = False,
    slug: str = "",
    cap: int | None = CAP,
    most_seconds: float | None = MOST_SECONDS,
    prober: Prober | None = None,
    tell: Callable[[CheckRun, LinkCheck], None] = lambda run, check: None,
) -> Summary:
    """Check what is due, or `everything`, or one link, whether due or not."""
    run = begin()
    if run is None:
        return Summary()
    summary, prober = Summary(run), prober or Prober()
    stop = time.monotonic() + most_seconds if most_seconds is not None else None
    try:
        watch_new_targets()
        if everything or slug:
            make_due(slug=slug)
        due = due_now(slug).count()
        run.total_count = min(due, cap) if cap else due
        run.save(update_fields=["total_count"])
        while (cap is None or run.done_count < cap) and (stop is None or time.monotonic() < stop):
            health = claim_next(slug)
            if health is None:
                break
            check = check_one(health, prober)
            run.done_count, run.seen_at = run.done_count + 1, timezone.now()
            run.total_count = max(run.total_count, run.done_count)
            run.save(update_fields=["done_count", "seen_at", "total_count"])
            if check is not None:
                summary.checks.append(check)
                tell(run, check)
    finally:
        run.is_running = False
        run.save(update_fields=["is_running"])
        forget_old(timezone.now())
    return summary


def begin() -> CheckRun | None:
    """Start a run unless another goes on; one that was killed gives way after LOST_AFTER of silence."""
    now = timezone.now()
    CheckRun.objects.filter(is_running=True, seen_at__lt=now - LOST_AFTER).update(is_running=False)
    CheckRun.objects.filter(is_running=False, started_at__lt=now - KEEP_RUNS).delete()
    try:
        with transaction.atomic():
            return CheckRun.objects.create()
    except IntegrityError:
        return None


def watch_new_targets() -> None:
    """Begin to watch active targets that nobody watches yet."""
    new = LinkTarget.objects.filter(is_active=True, link__status="live", health=None).values_list(
        "pk", flat=True
    )
    LinkHealth.objects.bulk_create([LinkHealth(target_id=pk) for pk in new], ignore_conflicts=True)


def make_due(*, slug: str = "", target_id: int | None = None) -> int:
    """Let every target, those of one link, or one target be asked at the next chance."""
    wanted = LinkHealth.objects.in_use()
    if slug:
        wanted = wanted.filter(target__link__slug=slug)
    if target_id is not None:
        wanted = wanted.filter(pk=target_id)
    return LinkHealth.objects.filter(pk__in=wanted.values("pk")).update(next_check_at=timezone.now())


def claim_next(slug: str = "") -> LinkHealth | None:
    """Return the target that has waited longest and put it off for everybody else."""
    found = due_now(slug).with_link().order_by("next_check_at", "pk").first()
    if found is not None:
        LinkHealth.objects.filter(pk=found.pk).update(next_check_at=timezone.now() + CLAIMED)
    return found


def due_now(slug: str) -> LinkHealthQuerySet:
    due = LinkHealth.objects.due(timezone.now())
    return due.filter(target__link__slug=slug) if slug else due


def check_one(health: LinkHealth, prober: Prober) -> LinkCheck | None:
    """Ask where one target leads and write it down. A fault of ours is logged and costs this check only."""
    try:
        expected = expectation(health.target)
        trace = prober.trace(expected.asked)
        return record(health, classify(trace, expected), trace, expected, timezone.now())
    except Exception:
        log.exception("link_check_failed", target=health.pk)
        return None
