"""What live editions advise on doses and timing, where two of them contradict each other, and what was let pass."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.vocabulary import Term

__all__ = ["Contradiction", "Dismissal", "DoseReading", "DoseStatement", "Term"]


class DoseStatementQuerySet(models.QuerySet["DoseStatement"]):
    def live(self) -> Self:
        """Statements of editions that readers see now."""
        now = timezone.now()
        return self.filter(
            Q(edition__live_until__isnull=True) | Q(edition__live_until__gt=now), edition__live_from__lte=now
        )


class DoseStatement(models.Model):
    """One piece of advice of one edition. Written when the edition is published, gone when it is replaced."""

    edition = models.ForeignKey(
        "articles.Edition", models.CASCADE, related_name="dose_statements", db_constraint=False
    )
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="dose_statements", db_constraint=False
    )
    nutrient = models.CharField(max_length=40)
    form = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=20)
    low_ug = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    high_ug = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    timing = models.CharField(max_length=14, blank=True)
    quote = models.CharField(max_length=300)
    line = models.PositiveIntegerField()
    passage = models.PositiveIntegerField(help_text="Which passage of the text says so, from 0.")
    let_pass = models.JSONField(
        default=list,
        blank=True,
        help_text="Keys of the contradictions with this statement that somebody let pass.",
    )

    objects = DoseStatementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["nutrient", "form", "group"], name="claims_statement_subject")]

    def __str__(self) -> str:
        return self.quote


class DoseReading(models.Model):
    """An edition whose advice was read, and by which version of the reader: others are read again."""

    edition = models.OneToOneField(
        "articles.Edition", models.CASCADE, related_name="dose_reading", db_constraint=False
    )
    version = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.edition_id}, version {self.version}"


class ContradictionQuerySet(models.QuerySet["Contradiction"]):
    def live(self) -> Self:
        """Contradictions that readers can see now, between two live editions."""
        now = timezone.now()
        found = self
        for side in ("first", "second"):
            ends = Q(**{f"{side}__edition__live_until__isnull": True})
            ends |= Q(**{f"{side}__edition__live_until__gt": now})
            found = found.filter(ends, **{f"{side}__edition__live_from__lte": now})
        return found

    def let_pass(self, is_let_pass: bool) -> Self:
        """Those that somebody let pass, or those that nobody did."""
        found = Exists(Dismissal.objects.filter(key=OuterRef("key")))
        return self.filter(found if is_let_pass else ~found)


class Contradiction(models.Model):
    """Two statements about the same nutrient, form and group that cannot both be followed."""

    class Kind(models.TextChoices):
        DOSE = "dose", "Dose"
        TIMING = "timing", "Timing"

    kind = models.CharField(max_length=6, choices=Kind)
    first = models.ForeignKey(DoseStatement, models.CASCADE, related_name="+")
    second = models.ForeignKey(DoseStatement, models.CASCADE, related_name="+")
    key = models.CharField(
        max_length=64, db_index=True, help_text="The same as long as both sides say the same."
    )
    found_at = models.DateTimeField(default=timezone.now)

    objects = ContradictionQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="claims_contradiction_once_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class Dismissal(models.Model):
    """A contradiction that somebody let pass, with a reason. It ends when either side says something else."""

    key = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.reason
