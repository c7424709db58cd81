from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils import timezone


class RenderingQuerySet(models.QuerySet["RenderedCitations"]):
    def older_than(self, moment: Any) -> Self:
        return self.filter(created_at__lt=moment)


class RenderedCitations(models.Model):
    """What pandoc made of the citations of a text. It may be emptied at any time: what is missing is made again."""

    key = models.CharField(max_length=64, primary_key=True, help_text="A hash of everything that went in.")
    request = models.JSONField(null=True, help_text="What went in, until it is answered.")
    value = models.JSONField(null=True, help_text="The labels and the list; empty while it is being made.")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "rendered citations"

    def __str__(self) -> str:
        return self.key
