"""Fixtures that any test may ask for."""

from pathlib import Path

import freezegun
import pytest

ROOT = Path(__file__).resolve().parents[2]
# Time-outs of these must go on while the clock of the code under test stands still.
UNFROZEN = ["_pytest.", "hypothesis", "psycopg", "psycopg_pool"]


@pytest.fixture
def frozen_time():
    """Freeze the clock at noon UTC on 1 May 2026; `frozen_time.tick()` and `.move_to()` move it."""
    with freezegun.freeze_time("2026-05-01T12:00:00Z", ignore=UNFROZEN) as clock:
        yield clock


@pytest.fixture
def worker_in_test(db, monkeypatch):
    """Let a worker run inside a test's transaction: it would close the connection between two tasks."""
    for module in ("django_tasks_db.management.commands.db_worker", "cms.work.worker"):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)


@pytest.fixture
def run_tasks(worker_in_test):
    """Return a function that really runs every task that is due, and returns how many ran.

    A task that fails fails the test; the worker's own retries are left out.
    """
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    def drain(limit=1_000):
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=limit,
            worker_id="tests",
        )
        worker.run()
        failed = DBTaskResult.objects.failed().first()
        assert failed is None, failed.traceback
        return worker._run_tasks

    return drain


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Uploads of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def no_pages_at_hand():
    """Every test starts like a new process; what it reads once is kept for the rest of it."""
    from articles.serving import cache

    cache.clear()


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    """Django's hasher takes 0.6 s a password on purpose; a factory makes one with each article."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
