"""What the worker remembers between two ticks."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Heartbeat(models.Model):
    """A worker process that is alive, or was at `seen_at`."""

    worker_id = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.worker_id}, seen {self.seen_at:%Y-%m-%d %H:%M:%S}"


class ScheduleRun(models.Model):
    """When a plugin's schedule was last started, by any worker."""

    schedule_id = models.CharField(primary_key=True, max_length=200)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.schedule_id} at {self.started_at:%Y-%m-%d %H:%M:%S}"


def worker_seen_at() -> datetime | None:
    """Return when any worker last said that it is alive, None if none ever did."""
    return Heartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
