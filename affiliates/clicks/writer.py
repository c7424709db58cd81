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
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
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
        self._bell: SimpleQueue[None] = SimpleQueue()
        self._is_listening = False  # somebody must ring, or the thread sleeps on
        self._life = threading.Lock()  # held while the thread begins or ends
        self._thread: threading.Thread | None = None
        self._is_stopping = False
        self._quiet_work_at = -QUIET_WORK_SECONDS
        atexit.register(self.stop)

    def __len__(self) -> int:
        return len(self._jobs)

    def submit(self, item: Any, *, wait: bool = True) -> bool:
        """Have an item written. Returns False if that takes too long, or at once; it is then written later."""
        job = _Job(item)
        if len(self._jobs) >= MAX_WAITING:
            log.error("click_lost", reason="the database has been busy for too long")
            return False
        # Added before the looks at the thread, which looks at the jobs after it has said that it listens or ends.
        self._jobs.append(job)
        if self._is_listening:
            self._bell.put(None)
        if self._thread is None:
            self._begin()
        return wait and job.done.acquire(timeout=BUDGET_SECONDS)

    def _begin(self) -> None:
        with self._life:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="click-writer", daemon=True)
                self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Write what waits, once, and end the thread. The next item starts another one."""
        with self._life:
            thread = self._thread
            self._is_stopping = thread is not None
            self._bell.put(None)
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
            with self._life:
                self._is_stopping = False
                if self._thread is threading.current_thread():
                    self._thread = None

    def _next_batch(self) -> Sequence[_Job]:
        """Wait for work, but not for ever."""
        if not self._jobs:
            self._listen(IDLE_SECONDS, lambda: bool(self._jobs))
        return self._batch()

    def _batch(self) -> Sequence[_Job]:
        """Return the first ones. Others are added behind them meanwhile; only this thread takes any away."""
        return [self._jobs[index] for index in range(min(len(self._jobs), MAX_BATCH))]

    def _listen(self, seconds: float, is_enough: Callable[[], bool]) -> None:
        """Sleep until it is enough, or the thread is to stop, or the time is over."""
        until = time.monotonic() + seconds
        self._is_listening = True
        while not is_enough() and not self._is_stopping and (left := until - time.monotonic()) > 0:
            with suppress(Empty):
                self._bell.get(timeout=left)
        self._is_listening = False

    def _idle(self) -> Sequence[_Job]:
        """Use the quiet, then end the thread, unless work has come."""
        connection.close()
        until_due = self._quiet_work_at + QUIET_WORK_SECONDS - time.monotonic()
        self._listen(until_due, lambda: bool(self._jobs))
        if not self._jobs and not self._is_stopping:
            self._use_the_quiet()
        with self._life:
            # Whoever adds a job from here on finds no thread and begins one; whoever did before is found.
            self._thread = None
            if not self._jobs:
                return ()
            self._thread = threading.current_thread()
        return self._batch()

    def _use_the_quiet(self) -> None:
        self._quiet_work_at = time.monotonic()
        try:
            while self._when_idle() and not self._jobs:
                pass
        except DatabaseError:
            log.warning("quiet_work_failed", exc_info=True)

    def _pause(self) -> bool:
        """Wait before the next try; new items do not hurry it. Returns whether to stop."""
        self._listen(RETRY_SECONDS, lambda: False)
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
