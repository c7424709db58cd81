"""What a site decides about checks, what they found on live pages, and who signed what."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

LONGEST_ABOUT = 200


class CheckSetting(models.Model):
    """What this site makes of one check. Without a row a check is as its plugin ships it."""

    class Severity(models.TextChoices):
        ERROR = "error", "Error: blocks publishing"
        WARNING = "warning", "Warning: shown, does not block"
        INFO = "info", "Note"

    check_id = models.CharField("check", max_length=20, unique=True)
    is_on = models.BooleanField(
        "on", default=True, help_text="A check that is off says nothing, in no article."
    )
    severity = models.CharField(
        max_length=7, choices=Severity, blank=True, help_text="Empty: as the check was shipped."
    )
    note = models.CharField(
        max_length=300, help_text="Why this site differs from the default. It is kept in the audit log."
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["check_id"]
        verbose_name = "check"

    def __str__(self) -> str:
        return self.check_id

    def clean(self) -> None:
        if self.is_on and not self.severity:
            raise ValidationError("Choose another severity, switch the check off, or delete this row.")


class OverrideQuerySet(models.QuerySet["Override"]):
    def standing(self) -> OverrideQuerySet:
        return self.filter(withdrawn_at__isnull=True)


class Override(models.Model):
    """Somebody read a finding and lets it pass in one article. `about` is its quote, or its message if it has none.

    Other words are another finding: a changed dose is asked about again. Rows are never deleted with a decision.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="overrides")
    check_id = models.CharField("check", max_length=20)
    about = models.CharField(max_length=LONGEST_ABOUT)
    reason = models.CharField(max_length=500)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True, help_text="Kept when the login is deleted.")
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=150, blank=True)

    objects: ClassVar[models.Manager[Override]] = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "check_id", "about"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="articles_override_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_id}: {self.about}"

    @property
    def said(self) -> str:
        """Who lets it pass, when and why, in one line."""
        name = self.actor_name or "Somebody"
        return f"{name}, {timezone.localtime(self.created_at):%-d %B %Y}: {self.reason}"


class ArticleFinding(models.Model):
    """What the checks say of an edition that readers see, as of the last run."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="live_findings")
    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="+")
    check_id = models.CharField("check", max_length=20)
    severity = models.CharField(max_length=7)
    is_critical = models.BooleanField(default=False)
    overridden = models.CharField(max_length=700, blank=True)
    message = models.CharField(max_length=500)
    quote = models.CharField(max_length=300, blank=True)
    line = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["article", "line", "check_id"]
        verbose_name = "finding on a live page"
        verbose_name_plural = "compliance"
        indexes = [models.Index(fields=["check_id", "severity"], name="articles_finding_check")]

    def __str__(self) -> str:
        return f"{self.check_id}: {self.message}"


class FindingDay(models.Model):
    """How many findings stood on live pages at the end of a day, for the trend."""

    day = models.DateField()
    check_id = models.CharField("check", max_length=20)
    severity = models.CharField(max_length=7)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-day", "check_id"]
        constraints = [
            models.UniqueConstraint(fields=["day", "check_id", "severity"], name="articles_findingday_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.check_id}: {self.count}"


class ComplianceRun(models.Model):
    """One run of every check over every live page. `done` of `total` is its progress."""

    reason = models.CharField(max_length=200)
    actor_name = models.CharField(max_length=150, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.reason}"


class Review(models.Model):
    """A signature: this person read this revision and stands by it. Append-only."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="reviews")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("articles.Author", models.SET_NULL, null=True, related_name="reviews")
    reviewer_name = models.CharField(max_length=150)
    note = models.CharField(max_length=500, blank=True)
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-signed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.reviewer_name}, {self.signed_at:%Y-%m-%d}"
