"""Views of reports that somebody wants to see again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Report(models.Model):
    """A saved view: which report with which period, order and currency. It holds the question, never the numbers."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False)
    name = models.CharField(max_length=80, help_text="How it is called in the list of saved views.")
    page = models.CharField(max_length=10)
    query = models.CharField(max_length=300, blank=True)
    is_shared = models.BooleanField(
        "for everybody", default=False, help_text="Everybody who may see reports finds it in the list."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "reports"
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="affiliates_report_name_once")]
        permissions = [("see_money", "Can see what articles and links earn")]

    def __str__(self) -> str:
        return self.name
