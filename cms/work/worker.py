from __future__ import annotations

import os
import socket
import threading
from datetime import timedelta
from types import FrameType
from typing import Any

import structlog
from django.db import Error, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from cms.models import Heartbeat
from cms.work import recovery, schedules

log = structlog.get_logger("chelate.worker")

DATABASE_PAUSE_SECONDS = 5
STALE_BEATS = 6  # a worker that missed this many heartbeats is dead


class Worker(QueueWorker):
    """django-tasks' worker with a tick, a heartbeat, a reaper and retries."""

    def __init__(
        self, *, batch: bool, interval: float, tick_seconds: float, heartbeat_seconds: float
    ) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=True,  # returns when the queue is empty; the waiting is done in run_until_stopped
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(8)}",
        )
        self.ends_when_idle = batch
        self.tick_seconds = tick_seconds
        self.heartbeat_seconds = heartbeat_seconds
        self.started_at = timezone.now()
        self.wake = threading.Event()  # ends a pause
        self.ended = threading.Event()  # ends the heartbeat, only after the last task
        self.next_tick_at = self.started_at

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Finish the current task, then end. The second signal ends at once."""
        if not self.running:
            super().shutdown(signum, frame)
        self.running = False
        self.wake.set()

    def run_until_stopped(self) -> None:
        beat = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self.beat_once()
        beat.start()
        log.info("worker_started", worker_id=self.worker_id)
        try:
            self._work()
        finally:
            self.ended.set()
            beat.join()
        Heartbeat.objects.filter(pk=self.worker_id).delete()
        log.info("worker_stopped", worker_id=self.worker_id)

    def _work(self) -> None:
        while self.running:
            try:
                self.tick_if_due()
                self.run()
            except Error:
                if self.ends_when_idle:
                    raise
                log.exception("database_lost", again_in_seconds=DATABASE_PAUSE_SECONDS)
                connection.close()
                self.wake.wait(DATABASE_PAUSE_SECONDS)
            if self.ends_when_idle:
                return
            self.wake.wait(self.interval)

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        super().run_task(db_task_result)
        recovery.retry_if_failed(db_task_result)
        self.tick_if_due()  # a long queue must not hold up the schedules

    def tick_if_due(self) -> None:
        """At every tick: take back the tasks of dead workers and start the schedules that are due."""
        now = timezone.now()
        if now < self.next_tick_at:
            return
        self.next_tick_at = now + timedelta(seconds=self.tick_seconds)
        recovery.reap(timedelta(seconds=self.heartbeat_seconds * STALE_BEATS), own=self.worker_id)
        schedules.run_due(schedules.all_schedules())

    def beat_once(self) -> None:
        now = timezone.now()
        Heartbeat.objects.update_or_create(
            worker_id=self.worker_id,
            defaults={"seen_at": now},
            create_defaults={"seen_at": now, "started_at": now},
        )

    def _beat(self) -> None:
        """Say that this process lives, from a thread of its own: a task may take longer than a beat."""
        while not self.ended.wait(self.heartbeat_seconds):
            close_old_connections()
            try:
                self.beat_once()
            except Error:
                log.warning("heartbeat_missed")
        connection.close()
