from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class SourceRecord(models.Model):
    """What somebody else said about a work. Append-only; the newest of one source and `source_id` counts.

    An item that says what it said before is not applied again: importing an unchanged folder cannot undo what an
    editor has corrected since, and two files that disagree do not overwrite each other on every run.
    """

    class Source(models.TextChoices):
        FRONT_MATTER = "front_matter", "Front matter"

    reference = models.ForeignKey("references.Reference", models.CASCADE, related_name="sources")
    source = models.CharField(max_length=16, choices=Source)
    source_id = models.CharField(
        max_length=200, blank=True, help_text="Which article or record of that source."
    )
    raw = models.JSONField()
    sha256 = models.CharField(max_length=64)
    fetched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-fetched_at", "-id"]
        indexes = [
            models.Index(fields=["reference", "source", "source_id"], name="references_sourcerecord_latest")
        ]

    def __str__(self) -> str:
        return self.get_source_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A source record is evidence; add a new one instead.")
        super().save(*args, **kwargs)
