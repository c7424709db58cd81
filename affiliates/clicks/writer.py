"""One thread of each process writes its clicks, all that wait in one statement.

A reader waits until the click is stored, but no longer than BUDGET_SECONDS: then the redirect goes out anyway and the
click is stored when the database has time (fail open). What a killed process can lose are clicks that waited longer
than that; a click whose write was acknowledged is never lost.

Request threads that write for themselves wait for one another twice, for the database's lock and for Python's.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import structlog
from django.db import DatabaseError, IntegrityError, connection

BUDGET_SECONDS = 0.05
RETRY_SECONDS = 0.25
IDLE_SECONDS = 1.0  # then the thread gives its connection back, uses the quiet and ends
QUIET_WORK_SECONDS = 10.0  # between two uses of the quiet
MAX_BATCH = 200
MAX_WAITING = 10_000

log = structlog.get_logger("chelate.clicks")


def _held_lock() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(slots=True)
class _Job:
    item: Any
    done: threading.Lock = field(default_factory=_held_lock)  # released when the item is dealt with


class Writer:
    """A queue with a thread that lives while there is work.

    `write` stores a batch, all of it or nothing. `when_idle` runs after a burst of clicks, again and again while it
    returns that there is more and no click has come: each must be short, for a click waits until it is over.
    """

    def __init__(
        self, write: Callable[[Sequence[Any]], None], when_idle: Callable[[], object] = lambda: None
    ) -> None:
        self._write = write
        self._when_idle = when_idle
        self._jobs: deque[_Job] = deque()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_stopping = False
        self._quiet_work_at = -QUIET_WORK_SECONDS
        atexit.register(self.stop)

    def __len__(self) -> int:
        return len(self._jobs)

    def submit(self, item: Any, *, wait: bool = True) -> bool:
        """Have an item written. Returns False if that takes too long, or at once; it is then written later."""
        job = _Job(item)
        with self._wake:
            if len(self._jobs) >= MAX_WAITING:
                log.error("click_lost", reason="the database has been busy for too long")
                return False
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="click-writer", daemon=True)
                self._thread.start()
            self._wake.notify()
        return wait and job.done.acquire(timeout=BUDGET_SECONDS)

    def stop(self, timeout: float = 5.0) -> None:
        """Write what waits, once, and end the thread. The next item starts another one."""
        with self._wake:
            thread = self._thread
            self._is_stopping = thread is not None
            self._wake.notify()
        if thread is not None:
            thread.join(timeout)

    def _run(self) -> None:
        try:
            while batch := self._next_batch() or self._idle():
                is_stored = self._store(batch)
                if not is_stored and self._pause():
                    break
        finally:
            connection.close()
            with self._wake:
                self._thread, self._is_stopping = None, False

    def _next_batch(self) -> Sequence[_Job]:
        """Wait for work, but not for ever."""
        with self._wake:
            if not self._jobs and not self._is_stopping:
                self._wake.wait(IDLE_SECONDS)
            return list(islice(self._jobs, MAX_BATCH))

    def _idle(self) -> Sequence[_Job]:
        """Use the quiet, then end the thread, under the lock that submit() takes, unless work has come."""
        connection.close()
        until_due = self._quiet_work_at + QUIET_WORK_SECONDS - time.monotonic()
        with self._wake:
            self._wake.wait_for(lambda: bool(self._jobs) or self._is_stopping, max(0, until_due))
            is_quiet = not self._jobs and not self._is_stopping
        if is_quiet:
            self._use_the_quiet()
        with self._wake:
            if not self._jobs:
                self._thread = None
            return list(islice(self._jobs, MAX_BATCH))

    def _use_the_quiet(self) -> None:
        self._quiet_work_at = time.monotonic()
        try:
            while self._when_idle() and not self._jobs:
                pass
        except DatabaseError:
            log.warning("quiet_work_failed", exc_info=True)

    def _pause(self) -> bool:
        """Wait before the next try; new items do not hurry it. Returns whether to stop."""
        with self._wake:
            self._wake.wait_for(lambda: self._is_stopping, RETRY_SECONDS)
            return self._is_stopping

    def _store(self, batch: Sequence[_Job]) -> bool:
        """Write a batch, or one by one what is left of a bad one. Returns False if the database is busy."""
        try:
            self._write([job.item for job in batch])
        except IntegrityError:
            if len(batch) > 1:
                return all(self._store([job]) for job in batch)
            log.exception("click_lost", reason="its link or placement is gone")
        except DatabaseError:
            connection.close()  # it may be broken; the next try opens another
            return False
        for job in batch:
            self._jobs.popleft()
            job.done.release()
        return True
