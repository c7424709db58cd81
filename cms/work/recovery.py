"""What django-tasks-db leaves to us: a failed task is failed for good there, a killed worker's task runs for ever.

Only tasks that say `idempotent=True` are run again; any other task runs at most once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.models import Heartbeat
from cms.tasks import is_idempotent

log = structlog.get_logger("chelate.worker")

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
WORKER_DIED = "The worker that ran this task died."
DATABASE_LOST = "The database went away while this task ran."


def may_run_again(row: DBTaskResult[Any, Any]) -> bool:
    """Return whether the task is declared idempotent and has tries left."""
    if len(row.worker_ids) > len(RETRY_AFTER):
        return False
    try:
        return is_idempotent(row.task)
    except (ImportError, SuspiciousOperation):  # the code is gone, or is no task any more
        return False


def retry_if_failed(row: DBTaskResult[Any, Any]) -> bool:
    """Put a failed task back into the queue, later each time. Return whether it will run again."""
    if row.status != TaskResultStatus.FAILED or not may_run_again(row):
        return False
    row.status = TaskResultStatus.READY
    row.run_after = timezone.now() + RETRY_AFTER[len(row.worker_ids) - 1]
    row.finished_at = None
    row.save(update_fields=["status", "run_after", "finished_at"])
    log.warning("task_retried", task=row.task_path, id=str(row.pk), run_after=row.run_after.isoformat())
    return True


def reap(stale_after: timedelta, own: str = "") -> int:
    """Take tasks from workers that have not been heard of for `stale_after`; return how many.

    A task that merely takes long keeps its worker's heartbeat and is left alone. The worker `own` asks between two
    tasks: one that still runs in its name is one whose end it could not write, since the database was away.
    """
    limit = timezone.now() - stale_after
    alive = set(Heartbeat.objects.filter(seen_at__gt=limit).values_list("pk", flat=True))
    running = DBTaskResult.objects.running().values_list("pk", "worker_ids", "started_at")
    taken = 0
    for pk, workers, started_at in running:
        if own and workers[-1:] == [own]:
            taken += _take_back(pk, DATABASE_LOST)
        elif started_at and started_at <= limit and not alive.intersection(workers[-1:]):
            taken += _take_back(pk)
    return taken


def _take_back(pk: UUID, why: str = WORKER_DIED) -> bool:
    with transaction.atomic():
        # Locked and read again: another worker may have taken it back already.
        row = DBTaskResult.objects.select_for_update().filter(pk=pk, status=TaskResultStatus.RUNNING).first()
        if row is None:
            return False
        again = may_run_again(row)
        row.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        row.finished_at = None if again else timezone.now()
        row.traceback = why
        row.exception_class_path = "builtins.RuntimeError"
        row.save(update_fields=["status", "finished_at", "traceback", "exception_class_path"])
    log.warning("task_taken_back", task=row.task_path, id=str(row.pk), again=again)
    return True
