"""The minute tick: starts what plugins registered with the hook `schedules()`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.contracts import Schedule
from cms.models import Heartbeat, ScheduleRun
from cms.plugins import registry

log = structlog.get_logger("chelate.worker")

KEEP_FINISHED = timedelta(days=14)
KEEP_HEARTBEATS = timedelta(days=1)


def run_due(schedules: Iterable[Schedule]) -> list[str]:
    """Start every schedule that is due, and return their ids. Of several workers only one starts each."""
    started = last_starts()
    now = timezone.now()
    due = [item for item in schedules if item.id not in started or started[item.id] <= now - item.every]
    return [item.id for item in due if _start(item, now)]


def last_starts() -> dict[str, datetime]:
    return dict(ScheduleRun.objects.values_list("schedule_id", "started_at"))


def _start(schedule: Schedule, now: datetime) -> bool:
    try:
        # One transaction: a task is enqueued if and only if the run is noted. `schedule.task` must therefore be
        # quick; usually it is `some_task.enqueue`.
        with transaction.atomic():
            if not _claim(schedule, now):
                return False
            schedule.task()
    except Exception:
        log.exception("schedule_failed", schedule=schedule.id)  # due again at the next tick
        return False
    return True


def _claim(schedule: Schedule, now: datetime) -> bool:
    _, is_new = ScheduleRun.objects.get_or_create(schedule_id=schedule.id, defaults={"started_at": now})
    if is_new:
        return True
    due = ScheduleRun.objects.filter(schedule_id=schedule.id, started_at__lte=now - schedule.every)
    return due.update(started_at=now) == 1


def all_schedules() -> list[Schedule]:
    return [*OWN, *registry().schedules.values()]


def prune() -> None:
    """Forget finished tasks, workers that ended and expired logins."""
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_FINISHED).delete()
    Heartbeat.objects.filter(seen_at__lt=now - KEEP_HEARTBEATS).delete()
    call_command("clearsessions")


OWN = (Schedule("cms.prune", prune, timedelta(days=1)),)
