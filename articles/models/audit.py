from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """Who did what to what readers see. Append-only."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", "Published"
        SCHEDULED = "scheduled", "Scheduled"
        SCHEDULE_CANCELLED = "schedule_cancelled", "Schedule cancelled"
        UNPUBLISHED = "unpublished", "Unpublished"
        ROLLED_BACK = "rolled_back", "Rolled back"
        OVERRIDDEN = "overridden", "Published despite findings"
        RECOMPILED = "recompiled", "Recompiled"
        SUBMITTED = "submitted", "Sent to review"
        APPROVED = "approved", "Approved"
        SENT_BACK = "sent_back", "Sent back to the author"
        RECALLED = "recalled", "A product or link was recalled"
        REINSTATED = "reinstated", "A recalled product or link is back"
        SIGNED = "signed", "Review signed"
        FINDING_PASSED = "finding_passed", "Finding let pass"
        OVERRIDE_WITHDRAWN = "override_withdrawn", "Finding no longer let pass"
        CHECK_CHANGED = "check_changed", "Check changed"
        DISCLAIMER_CHANGED = "disclaimer_changed", "Disclaimer changed"

    kind = models.CharField(max_length=20, choices=Kind)
    article = models.ForeignKey("articles.Article", models.SET_NULL, null=True, related_name="audit_events")
    edition = models.ForeignKey("articles.Edition", models.SET_NULL, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True, help_text="Kept when the login is deleted.")
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "audit event"

    def __str__(self) -> str:
        return self.get_kind_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The audit log is append-only.")
        super().save(*args, **kwargs)
