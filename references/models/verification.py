"""What checks found and what people made of it. Nothing here is ever overwritten."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from references.models.source import Evidence, SourceRecord
from references.models.states import EditorialStatus, VerificationState

TITLE_HINT = "The title begins with “Retracted”"


class Verification(Evidence):
    """One check of one work, or an editor's word on it (`reviewed_by`). The newest of a kind counts."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", "Identifier"
        TITLE = "title", "Title, year and author"
        RETRACTION = "retraction", "Retraction"
        LINK = "link", "Address"

    ACCEPTED = "accepted"  # an editor has looked and stands by the reference as it is

    reference = models.ForeignKey("references.Reference", models.CASCADE, related_name="verifications")
    kind = models.CharField(max_length=12, choices=Kind)
    result = models.CharField(
        max_length=12,
        choices=[*VerificationState.choices, *EditorialStatus.choices, (ACCEPTED, "Accepted by an editor")],
    )
    score = models.FloatField(null=True, blank=True, help_text="How alike the titles are, from 0 to 1.")
    details = models.JSONField(default=dict, help_text="What was compared: claimed and found.")
    evidence = models.ForeignKey(SourceRecord, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now)
    next_check_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )
    review_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-checked_at", "-id"]
        indexes = [models.Index(fields=["reference", "kind", "-id"], name="references_verification_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.result_in_words}"

    @property
    def result_in_words(self) -> str:
        if self.kind == self.Kind.IDENTITY and self.result == VerificationState.RESOLVED:
            return "answers"
        return self.get_result_display().lower()


class EditorialNotice(Evidence):
    """What one source says the journal has published about the work: retraction, concern, correction …"""

    reference = models.ForeignKey("references.Reference", models.CASCADE, related_name="notices")
    status = models.CharField(max_length=12, choices=EditorialStatus)
    source = models.CharField(max_length=16, choices=SourceRecord.Source)
    label = models.CharField(max_length=60, help_text="The source's own word.")
    notice_doi = models.CharField("DOI of the notice", max_length=255, blank=True)
    notice_pmid = models.CharField("PMID of the notice", max_length=8, blank=True)
    noticed_on = models.DateField(null=True, blank=True)
    evidence = models.ForeignKey(SourceRecord, models.SET_NULL, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-noticed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "status", "source", "notice_doi", "notice_pmid"],
                name="references_notice_once_a_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_source_display()})"

    @property
    def is_hint(self) -> bool:
        """What one source only suspects: OpenAlex, or a publisher's title without a notice. It never flags alone."""
        return self.source == SourceRecord.Source.OPENALEX or self.label == TITLE_HINT


class Acknowledgement(models.Model):
    """One article may cite a work in spite of its status: somebody has said why. A worse status asks again."""

    reference = models.ForeignKey("references.Reference", models.CASCADE, related_name="acknowledgements")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+", db_constraint=False)
    status = models.CharField(max_length=12, choices=EditorialStatus)
    reason = models.CharField(
        max_length=500, help_text="For example: the article is about the retraction itself."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    by_name = models.CharField(max_length=150, blank=True, help_text="Kept when the login is deleted.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "article", "status"], name="references_acknowledgement_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="references_acknowledgement_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.reason}"
