"""The doctor names what is wrong and what to do, and says nothing of what is well."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from articles import tasks
from cms import doctor
from cms.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound_settings(monkeypatch):
    """Tests run with settings of their own; what checks say is a test of theirs."""
    monkeypatch.setattr(doctor.checks, "run_checks", lambda **options: [])


@pytest.fixture
def worker():
    now = timezone.now()
    return Heartbeat.objects.create(worker_id="w", seen_at=now, started_at=now)


def whats():
    return [problem.what for problem in doctor.problems()]


def run():
    out, code = StringIO(), 0
    try:
        call_command("doctor", stdout=out)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue()


def test_a_sound_installation_is_told_so(worker):
    assert run() == (0, "Nothing is wrong.\n")


def test_a_missing_worker_is_serious():
    code, words = run()

    assert code == 1
    assert "No worker runs" in words
    assert "manage.py worker" in words


def test_a_silent_worker_is_named_with_its_last_word(worker):
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(hours=3))

    (what,) = whats()

    assert what.startswith("No worker has spoken since ")


def test_a_queue_that_stands_still_is_noticed(worker):
    task = tasks.refresh_related.enqueue()
    doctor.DBTaskResult.objects.filter(pk=task.id).update(enqueued_at=timezone.now() - timedelta(hours=2))

    assert [what[:15] for what in whats()] == ["The oldest task"]


def test_a_fresh_task_may_wait(worker):
    tasks.refresh_related.enqueue()

    assert whats() == []


def test_a_plugin_that_is_gone_is_no_emergency(worker):
    MigrationRecorder.Migration.objects.create(app="gone", name="0001_initial", applied=timezone.now())

    code, words = run()

    assert code == 0
    assert "plugins purge gone" in words


def test_pending_migrations_are_told_before_anything_else(monkeypatch):
    monkeypatch.setattr(doctor, "migrations_pending", lambda: True)

    assert whats() == ["Migrations are pending."]


def test_a_database_that_is_gone_is_told(monkeypatch):
    def gone():
        raise DatabaseError("no route")

    monkeypatch.setattr(doctor, "migrations_pending", gone)

    assert whats() == ["The database does not answer: no route"]


@pytest.mark.parametrize(("kind", "is_serious"), [(checks.Error, True), (checks.Warning, False)])
def test_checks_of_the_settings_are_told(monkeypatch, worker, kind, is_serious):
    message = kind("The key is short.", hint="Make it longer.", id="cms.W001")
    monkeypatch.setattr(
        doctor.checks, "run_checks", lambda **options: [] if "databases" in options else [message]
    )

    (problem,) = doctor.problems()

    assert (problem.what, problem.do, problem.is_serious) == (
        "cms.W001: The key is short.",
        "Make it longer.",
        is_serious,
    )


def test_checks_of_the_records_are_asked_where_the_database_may_be(monkeypatch, worker):
    message = checks.Warning("An import broke off.", hint="Go on with it.", id="affiliates.W002")
    monkeypatch.setattr(
        doctor.checks,
        "run_checks",
        lambda **options: [message] if options.get("databases") == ["default"] else [],
    )

    assert whats() == ["affiliates.W002: An import broke off."]
