"""Long work in turns: SQLite has one writer, and a click that waits for it is answered, but not stored.

A transaction on SQLite takes the write lock when it begins, so its reading counts, too. Work of many rows is cut into
transactions of some hundredths of a second, with a gap behind each one.
"""

from __future__ import annotations

import time

from django.db import connection

# Who waits for SQLite's lock looks again after 1, 2, 5, 10, 15, 20 and then 25 ms (sqliteDefaultBusyCallback in
# SQLite's main.c): a shorter gap passes unseen, and a click waits for turn after turn.
GAP_SECONDS = 0.025


def give_way() -> None:
    """Let those who wait for the database write: called between two transactions, never inside of one."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(GAP_SECONDS)
