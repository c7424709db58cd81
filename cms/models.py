"""What the worker remembers between two ticks, and what a login needs beside name and password."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
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


class LoginTries(models.Model):
    """How often a login was tried in vain: by name, or by a browser that was let in before. See cms.logins.guard."""

    key = models.CharField(
        primary_key=True, max_length=64, help_text="A keyed hash; neither can be read here."
    )
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count}, last {self.last_at:%Y-%m-%d %H:%M:%S}"


class RecoveryCode(models.Model):
    """One code that lets somebody in who has lost the phone; deleted when it is used."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="cms_recoverycode_once")]

    def __str__(self) -> str:
        return f"a code of {self.user_id}"


def worker_seen_at() -> datetime | None:
    """Return when any worker last said that it is alive, None if none ever did."""
    return Heartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
