from __future__ import annotations

from django.db import models
from django.utils import timezone


class PurgeDue(models.Model):
    """A key whose pages a CDN has to forget; gone once it was told so twice, see articles.purging."""

    key = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When the CDN was told first.")
    failure = models.CharField(
        max_length=300, blank=True, help_text="Why it could not be told the last time."
    )

    def __str__(self) -> str:
        return self.key
