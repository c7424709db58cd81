"""The worker as a real process: killed, stopped and run in batch mode, on the database of this run."""

import os
import select
import signal
import subprocess
import sys

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from cms.models import Heartbeat
from tests.cms import worker_tasks
from tests.support.commands import environ
from tests.support.fixtures import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 60
WORKER = "worker of the test"  # what PostgreSQL calls its connections


@pytest.fixture
def pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return str(path)


@pytest.fixture
def reader(pipe):
    """Return a function that waits for the next word in the pipe."""
    descriptor = os.open(pipe, os.O_RDWR)  # a writer of our own, so that the pipe never ends

    def read():
        ready, _, _ = select.select([descriptor], [], [], PATIENCE_SECONDS)
        assert ready, "the worker said nothing"
        return os.read(descriptor, 100).decode()

    yield read
    os.close(descriptor)


@pytest.fixture
def start_worker():
    """Return a function that starts a worker process on the test database; what still runs is killed at the end."""
    started = []
    variables = {
        "DEBUG": "true",
        "DATABASE_URL": database_url(),
        "CHELATE_SAFE_MODE": "true",
        "PGAPPNAME": WORKER,
    }

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--interval", "0.05", "--heartbeat", "0.1", *arguments],
            cwd=ROOT,
            env=environ(**variables),
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def database_url():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"postgresql://postgres@/{name}?host={connection.settings_dict['OPTIONS']['host']}"


def end(process):
    return process.wait(PATIENCE_SECONDS)


def test_killed_worker_loses_no_idempotent_task(start_worker, pipe, reader, tmp_path):
    result = worker_tasks.first_try_hangs.enqueue(pipe, str(tmp_path / "marker"))
    first = start_worker()
    assert reader() == "first"

    first.kill()
    end(first)
    start_worker("--tick", "0.2")

    assert reader() == "second"
    row = wait_until_finished(result)
    assert (row.status, len(row.worker_ids)) == ("SUCCESSFUL", 2)


def test_killed_worker_leaves_a_task_that_must_not_run_twice_failed(start_worker, pipe, reader):
    result = worker_tasks.once_only.enqueue(pipe)
    first = start_worker()
    assert reader() == "first"

    first.kill()
    end(first)
    start_worker("--tick", "0.2")

    row = wait_until_finished(result)
    assert (row.status, row.traceback) == ("FAILED", "The worker that ran this task died.")


def wait_until_finished(result):
    """Poll the row; the worker has no other way to tell that it has written it."""
    for _ in range(PATIENCE_SECONDS * 10):
        row = DBTaskResult.objects.get(pk=result.id)
        if row.status in ("SUCCESSFUL", "FAILED"):
            return row
        select.select([], [], [], 0.1)
    raise AssertionError(f"still {row.status}")


def test_stopped_worker_finishes_its_task_first(start_worker, pipe, reader, tmp_path):
    answer = tmp_path / "answer"
    os.mkfifo(answer)
    result = worker_tasks.finishes_after_a_word.enqueue(pipe, str(answer))
    worker = start_worker()
    assert reader() == "started"

    worker.send_signal(signal.SIGTERM)
    answer.write_text("go on")

    assert end(worker) == 0
    row = DBTaskResult.objects.get(pk=result.id)
    assert (row.status, row.return_value) == ("SUCCESSFUL", "go on")
    assert not Heartbeat.objects.exists()


def test_idle_worker_stops_at_once(start_worker, pipe, reader):
    worker_tasks.say.enqueue(pipe, "up")
    worker = start_worker("--interval", "3600")
    assert reader() == "up"

    worker.send_signal(signal.SIGTERM)

    assert end(worker) == 0
    assert not Heartbeat.objects.exists()


@pytest.mark.postgres
def test_a_task_that_the_database_left_in_the_middle_is_run_again(start_worker, pipe, reader, tmp_path):
    answer = tmp_path / "answer"
    os.mkfifo(answer)
    result = worker_tasks.finishes_after_a_word.enqueue(pipe, str(answer))
    worker = start_worker("--tick", "0.2")
    assert reader() == "started"

    end_connections_of_the_worker()  # as a restart of the server does
    answer.write_text("in vain")

    assert reader() == "started"
    answer.write_text("go on")
    row = wait_until_finished(result)
    assert (row.status, row.return_value, len(set(row.worker_ids))) == ("SUCCESSFUL", "go on", 1)
    assert worker.poll() is None


def end_connections_of_the_worker():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [WORKER],
        )
        assert cursor.rowcount


@pytest.mark.parametrize("option", ["--batch", "--once"])
def test_batch_runs_what_is_due_and_ends(start_worker, option):
    results = [worker_tasks.succeeds.enqueue() for _ in range(3)]

    worker = start_worker(option)

    assert end(worker) == 0
    rows = DBTaskResult.objects.filter(pk__in=[result.id for result in results])
    assert {row.status for row in rows} == {"SUCCESSFUL"}


def test_two_workers_share_the_queue_and_run_each_task_once(start_worker):
    for _ in range(40):
        worker_tasks.succeeds.enqueue()

    workers = [start_worker("--batch") for _ in range(2)]

    assert [end(worker) for worker in workers] == [0, 0]
    assert {(row.status, len(row.worker_ids)) for row in DBTaskResult.objects.all()} == {("SUCCESSFUL", 1)}
