"""Clicks that could not be written at once. They wait in this process's memory and are written within seconds.

The bound of what a killed process can lose: the clicks of the last moments in which the database did not answer,
MAX_WAITING of them at most.
"""

from __future__ import annotations

import atexit
import threading
from collections import deque
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, IntegrityError, connection, transaction

if TYPE_CHECKING:
    from affiliates.clicks.record import Countable

MAX_WAITING = 10_000
RETRY_SECONDS = 0.5
TRIES = 2  # an IntegrityError is a race for the same new row once, and nothing that waiting mends twice

log = structlog.get_logger("chelate.clicks")


class Pending:
    """A queue with a thread that lives only while something waits."""

    def __init__(self) -> None:
        self._waiting: deque[Countable] = deque()
        self._flushing = threading.Lock()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def keep(self, item: Countable) -> None:
        """Remember a click and see that it will be written."""
        if len(self._waiting) >= MAX_WAITING:
            log.error("click_lost", reason="the database has been busy for too long")
            return
        self._waiting.append(item)
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="pending-clicks", daemon=True)
                self._thread.start()

    def flush(self) -> int:
        """Write what waits, in order, with the database's usual patience. Returns how many were written."""
        written = 0
        with self._flushing:
            while self._waiting:
                try:
                    saved = _write(self._waiting[0])
                except DatabaseError:
                    break
                self._waiting.popleft()
                written += saved
        return written

    def _run(self) -> None:
        pause = threading.Event()
        try:
            while True:
                pause.wait(RETRY_SECONDS)
                self.flush()
                with (
                    self._starting
                ):  # keep() appends before it looks for the thread, so nothing is left behind
                    if not self._waiting:
                        self._thread = None
                        return
        finally:
            connection.close()


def _write(item: Countable) -> bool:
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                item.write()
        except IntegrityError:
            continue
        return True
    log.error("click_lost", reason="its link or placement is gone")
    return False


pending = Pending()
atexit.register(pending.flush)
