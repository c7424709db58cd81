"""The database goes away under the worker and comes back."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.models import Heartbeat
from cms.work import recovery, schedules
from cms.work.worker import Worker
from tests.cms import worker_tasks

pytestmark = pytest.mark.django_db

STALE = timedelta(minutes=2)


@pytest.fixture
def worker(worker_in_test):
    return Worker(batch=True, interval=0, tick_seconds=60, heartbeat_seconds=20)


@pytest.fixture
def running():
    """Return a function that makes a task look as if `worker_id` had been running it for ten minutes."""

    def make(task, worker_id):
        row = DBTaskResult.objects.get(pk=task.enqueue().id)
        row.worker_ids = [worker_id]
        row.status, row.started_at = "RUNNING", timezone.now() - timedelta(minutes=10)
        row.save()
        return row

    return make


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_worker_outlives_a_lost_database(worker, monkeypatch, error):
    worker.ends_when_idle = False
    tries = []

    def lost_at_first():
        tries.append(1)
        if len(tries) == 1:
            raise error("gone")
        worker.shutdown(15, None)

    monkeypatch.setattr("cms.work.worker.DATABASE_PAUSE_SECONDS", 0)
    monkeypatch.setattr("cms.work.worker.connection.close", lambda: None)
    monkeypatch.setattr(worker, "tick_if_due", lost_at_first)

    worker._work()

    assert len(tries) == 2


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_heart_beats_on_after_the_database_was_away(worker, monkeypatch, error):
    beats = []

    def away_at_first():
        beats.append(1)
        if len(beats) == 1:
            raise error("gone")
        worker.ended.set()

    worker.heartbeat_seconds = 0
    monkeypatch.setattr("cms.work.worker.connection.close", lambda: None)
    monkeypatch.setattr("cms.work.worker.close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "beat_once", away_at_first)

    worker._beat()

    assert len(beats) == 2


@pytest.mark.parametrize(
    ("task", "status"), [(worker_tasks.succeeds, "READY"), (worker_tasks.fails_once, "FAILED")]
)
def test_a_task_whose_end_could_not_be_written_does_not_run_for_ever(
    worker, running, monkeypatch, task, status
):
    monkeypatch.setattr(schedules, "run_due", lambda _: [])
    worker.beat_once()  # it lives: no other worker takes its task
    row = running(task, worker_id=worker.worker_id)
    assert recovery.reap(STALE) == 0

    worker.tick_if_due()

    row.refresh_from_db()
    assert (row.status, row.traceback) == (status, recovery.DATABASE_LOST)


def test_a_worker_leaves_the_tasks_of_others(worker, running):
    Heartbeat.objects.create(worker_id="busy", started_at=timezone.now(), seen_at=timezone.now())
    running(worker_tasks.succeeds, "busy")

    assert recovery.reap(STALE, own=worker.worker_id) == 0


def test_batch_fails_loudly_without_a_database(worker, monkeypatch):
    def lost():
        raise OperationalError("gone")

    monkeypatch.setattr(worker, "tick_if_due", lost)

    with pytest.raises(OperationalError, match="gone"):
        worker._work()
