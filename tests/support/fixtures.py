"""Fixtures that any test may ask for."""

from pathlib import Path

import freezegun
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shared_dir():
    """The folder of shared sample material beside the clone. Tests that use it are marked `shared`."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("shared: the folder ../shared is not beside this clone")
    return folder


@pytest.fixture
def frozen_time():
    """Freeze the clock at noon UTC on 1 May 2026; `frozen_time.tick()` and `.move_to()` move it."""
    with freezegun.freeze_time("2026-05-01T12:00:00Z", ignore=["django_tasks_db.utils"]) as clock:
        yield clock


@pytest.fixture
def run_tasks(db):
    """Return a function that runs every task that is due, as the worker would, and returns how many ran."""
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
def fast_passwords(settings):
    """Django's hasher takes 0.6 s a password on purpose; a factory makes one with each article."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
