"""What is wrong with an installation: settings, database, worker, left-overs. Each problem says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core import checks
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms import orphans, usernames
from cms.models import worker_seen_at

WORKER_SILENT = timedelta(minutes=10)
QUEUE_WAITS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Problem:
    """`is_serious`: readers or counts suffer from it now."""

    what: str
    do: str
    is_serious: bool = True


def problems() -> Iterator[Problem]:
    yield from _settings()
    try:
        if migrations_pending():
            yield Problem("Migrations are pending.", "Run manage.py migrate.")
            return
        yield from _records()
        yield from _worker()
        yield from _orphans()
        yield from _logins()
    except DatabaseError as error:
        yield Problem(f"The database does not answer: {error}", "Start it, or correct DATABASE_URL.")


def migrations_pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _settings() -> Iterator[Problem]:
    return _found(checks.run_checks(include_deployment_checks=True))


def _records() -> Iterator[Problem]:
    """Ask the checks that look into the database, such as those of plugins."""
    return _found(checks.run_checks(tags=[checks.Tags.database], databases=list(connections)))


def _found(messages: Iterable[checks.CheckMessage]) -> Iterator[Problem]:
    for message in messages:
        if not message.is_silenced():
            yield Problem(
                f"{message.id}: {message.msg}",
                message.hint or "",
                is_serious=message.is_serious(checks.ERROR),
            )


def _worker() -> Iterator[Problem]:
    seen, now = worker_seen_at(), timezone.now()
    run = "Start manage.py worker and keep it running."
    if seen is None:
        yield Problem("No worker runs: nothing is checked, counted or recommended anew.", run)
    elif now - seen > WORKER_SILENT:
        yield Problem(f"No worker has spoken since {seen:%Y-%m-%d %H:%M} UTC.", run)
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").first()
    if oldest is not None and oldest.enqueued_at and now - oldest.enqueued_at > QUEUE_WAITS:
        yield Problem(
            f"The oldest task waits since {oldest.enqueued_at:%Y-%m-%d %H:%M} UTC.",
            "Look at the worker's log.",
        )
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=now - timedelta(days=1)).count()
    if failed:
        yield Problem(
            f"{failed} task{'s' if failed > 1 else ''} failed in the last day.",
            "Look at the worker's log; what may run twice was tried again.",
            is_serious=False,
        )


def _orphans() -> Iterator[Problem]:
    for label in orphans.orphaned_labels():
        tables = len(orphans.leftovers_of(label).tables)
        yield Problem(
            f"{label} is gone, but {tables} of its tables are still there.",
            f"Install it again, or remove them with manage.py plugins purge {label}.",
            is_serious=False,
        )


def _logins() -> Iterator[Problem]:
    for same in usernames.alike():
        yield Problem(
            f"The logins {' and '.join(same)} differ in capitals only: guesses at one slow the other down.",
            "Rename all but one of them.",
            is_serious=False,
        )
