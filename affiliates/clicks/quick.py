"""Short transactions on the click path: a reader waits 50 ms for our bookkeeping, not five seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

BUDGET_MS = 50


@contextmanager
def quick_transaction() -> Iterator[None]:
    """Run a transaction that fails with a DatabaseError when it would have to wait for others."""
    if connection.vendor == "sqlite":
        with _sqlite_busy_timeout(), transaction.atomic():
            yield
        return
    nested = connection.in_atomic_block
    with transaction.atomic():
        _set_postgres_timeouts(str(BUDGET_MS))
        yield
        if nested:  # the outer transaction keeps the server's own limits
            _set_postgres_timeouts("0")


@contextmanager
def _sqlite_busy_timeout() -> Iterator[None]:
    usual = int(float(connection.settings_dict["OPTIONS"].get("timeout", 5)) * 1_000)
    _pragma(BUDGET_MS)
    try:
        yield
    finally:
        _pragma(usual)


def _pragma(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds:d}")


def _set_postgres_timeouts(milliseconds: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true), set_config('lock_timeout', %s, true)",
            [milliseconds, milliseconds],
        )
