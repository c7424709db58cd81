from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.contracts import Schedule
from cms.models import Heartbeat, ScheduleRun, worker_seen_at
from cms.work import recovery, schedules
from cms.work.worker import Worker
from tests.cms import worker_tasks

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
STALE = timedelta(minutes=2)


@pytest.fixture
def worker(worker_in_test):
    return Worker(batch=True, interval=0, tick_seconds=60, heartbeat_seconds=20)


@pytest.fixture
def running():
    """Return a function that makes a task look as if `worker_id` had been running it for ten minutes."""

    def make(task=worker_tasks.succeeds, worker_id="gone", tries=1):
        row = DBTaskResult.objects.get(pk=task.enqueue().id)
        row.worker_ids = ["earlier"] * (tries - 1) + [worker_id]
        row.status, row.started_at = "RUNNING", timezone.now() - timedelta(minutes=10)
        row.save()
        return row

    return make


def statuses():
    """Of the tasks of these tests; schedules queue others."""
    ours = DBTaskResult.objects.filter(task_path__startswith="tests.")
    return sorted(ours.values_list("status", flat=True))


def test_failed_idempotent_task_is_tried_again_later_each_time(frozen_time, worker):
    result = worker_tasks.fails.enqueue()
    waits = []

    for _ in range(3):
        worker.run()
        row = DBTaskResult.objects.get(pk=result.id)
        waits.append(row.run_after - timezone.now())
        assert (row.status, row.finished_at) == ("READY", None)
        frozen_time.move_to(row.run_after)
    worker.run()

    row = DBTaskResult.objects.get(pk=result.id)
    assert waits == list(recovery.RETRY_AFTER)
    assert (row.status, len(row.worker_ids)) == ("FAILED", 4)
    assert "broken on purpose" in row.traceback


def test_a_retry_waits_for_its_time(frozen_time, worker):
    result = worker_tasks.fails.enqueue()

    worker.run()
    worker.run()

    assert len(DBTaskResult.objects.get(pk=result.id).worker_ids) == 1


def test_failed_task_that_must_not_run_twice_stays_failed(worker):
    worker_tasks.fails_once.enqueue()

    worker.run()

    assert statuses() == ["FAILED"]


def test_task_whose_code_is_gone_fails_and_stops_nothing(worker):
    gone = worker_tasks.succeeds.enqueue()
    DBTaskResult.objects.filter(pk=gone.id).update(task_path="tests.cms.worker_tasks.removed")
    worker_tasks.succeeds.enqueue()

    worker.run()

    assert statuses() == ["FAILED", "SUCCESSFUL"]


def test_reaper_takes_tasks_from_a_worker_that_went_silent(running):
    Heartbeat.objects.create(worker_id="gone", started_at=timezone.now(), seen_at=timezone.now() - HOUR)
    row = running()

    assert recovery.reap(STALE) == 1

    row.refresh_from_db()
    assert row.status == "READY"


def test_reaper_leaves_a_long_task_with_its_living_worker(running):
    Heartbeat.objects.create(worker_id="busy", started_at=timezone.now(), seen_at=timezone.now())
    running(worker_id="busy")

    assert recovery.reap(STALE) == 0
    assert statuses() == ["RUNNING"]


def test_reaper_leaves_a_young_task_of_an_unknown_worker(running):
    row = running()
    row.started_at = timezone.now()
    row.save()

    assert recovery.reap(STALE) == 0


def test_reaper_gives_up_on_a_task_that_keeps_killing_its_worker(running):
    running(tries=4)

    recovery.reap(STALE)

    assert statuses() == ["FAILED"]


def test_reaper_fails_a_task_that_must_not_run_twice(running):
    row = running(worker_tasks.fails_once)

    recovery.reap(STALE)

    row.refresh_from_db()
    assert (row.status, row.traceback) == ("FAILED", recovery.WORKER_DIED)


def test_reaper_leaves_a_task_that_ended_while_it_looked(running, monkeypatch):
    row = running()
    take_back = recovery._take_back

    def ends_first(pk):
        DBTaskResult.objects.filter(pk=pk).update(status="SUCCESSFUL")
        return take_back(pk)

    monkeypatch.setattr(recovery, "_take_back", ends_first)

    assert recovery.reap(STALE) == 0

    row.refresh_from_db()
    assert row.status == "SUCCESSFUL"


def test_reaper_does_nothing_twice(running):
    running()

    assert [recovery.reap(STALE), recovery.reap(STALE)] == [1, 0]


def test_schedule_starts_at_once_and_then_every_so_often(frozen_time):
    hourly = Schedule("test.hourly", worker_tasks.succeeds.enqueue, HOUR)

    assert schedules.run_due([hourly]) == ["test.hourly"]
    frozen_time.tick(timedelta(minutes=59))
    assert schedules.run_due([hourly]) == []
    frozen_time.tick(timedelta(minutes=1))
    assert schedules.run_due([hourly]) == ["test.hourly"]

    assert DBTaskResult.objects.count() == 2


def test_schedule_claimed_by_another_worker_is_not_started_again(frozen_time, monkeypatch):
    hourly = Schedule("test.hourly", worker_tasks.succeeds.enqueue, HOUR)
    schedules.run_due([hourly])
    frozen_time.tick(HOUR)
    stale_view = {"test.hourly": timezone.now() - HOUR}
    ScheduleRun.objects.update(started_at=timezone.now())  # the other worker was faster
    monkeypatch.setattr(schedules, "last_starts", lambda: stale_view)

    assert schedules.run_due([hourly]) == []


def test_failing_schedule_hinders_no_other_and_stays_due(frozen_time):
    def broken():
        raise ValueError("broken on purpose")

    both = [Schedule("test.broken", broken, HOUR), Schedule("test.fine", worker_tasks.succeeds.enqueue, HOUR)]

    assert schedules.run_due(both) == ["test.fine"]
    assert not ScheduleRun.objects.filter(schedule_id="test.broken").exists()


@pytest.mark.parametrize("count", [1, 20])
def test_schedules_that_are_not_due_cost_one_query(frozen_time, django_assert_num_queries, count):
    many = [Schedule(f"test.{number}", lambda: None, HOUR) for number in range(count)]
    schedules.run_due(many)

    with django_assert_num_queries(1):  # when each was last started
        schedules.run_due(many)


def test_tick_runs_once_per_interval_even_in_a_long_queue(frozen_time, worker, monkeypatch):
    ticks = []
    monkeypatch.setattr(schedules, "run_due", ticks.append)
    for _ in range(5):
        worker_tasks.succeeds.enqueue()

    worker.tick_if_due()
    worker.run()
    frozen_time.tick(60)
    worker.tick_if_due()

    assert len(ticks) == 2


def test_prune_forgets_old_results_and_keeps_recent_ones(frozen_time, worker):
    worker_tasks.succeeds.enqueue()
    worker.run()
    frozen_time.tick(timedelta(days=15))
    worker_tasks.succeeds.enqueue()
    worker.run()
    Heartbeat.objects.create(
        worker_id="old", started_at=timezone.now(), seen_at=timezone.now() - timedelta(days=2)
    )

    schedules.prune()

    assert DBTaskResult.objects.filter(task_path__startswith="tests.").count() == 1
    assert not Heartbeat.objects.exists()


def test_heartbeat_keeps_when_the_worker_started(frozen_time, worker):
    worker.beat_once()
    frozen_time.tick(60)
    worker.beat_once()

    beat = Heartbeat.objects.get()
    assert beat.seen_at - beat.started_at == timedelta(minutes=1)
    assert worker_seen_at() == beat.seen_at


def test_readyz_tells_when_a_worker_was_seen(client, worker, frozen_time):
    worker.beat_once()

    assert client.get("/readyz").json()["worker_seen_at"] == "2026-05-01T12:00:00Z"
