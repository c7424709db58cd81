"""Texts that travel with articles, and every wording that readers have seen of them."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError
from django.utils import timezone
from simple_history.models import HistoricalRecords

from articles.jurisdictions import EVERYWHERE
from articles.models import Article, EditionDependency
from disclaimers import rules


def everywhere() -> list[str]:
    return [EVERYWHERE]


class DisclaimerQuerySet(models.QuerySet["Disclaimer"]):
    def for_page(self, carried: list[str]) -> list[rules.Record]:
        """Everything that a page may show, in one query: what is switched on and what the article names."""
        found = self.filter(models.Q(is_active=True) | models.Q(slug__in=carried), current__isnull=False)
        return [disclaimer.as_record() for disclaimer in found.select_related("current")]

    def carryable(self, named: list[str]) -> Self:
        """Texts that an article may carry by name: those without a rule, warnings for a group, and what it carries."""
        by_name = models.Q(when={}) | models.Q(kind__startswith="group_")
        return self.filter(models.Q(is_active=True) & by_name | models.Q(slug__in=named)).order_by("title")


class Disclaimer(models.Model):
    """One reusable text: what it is, where it applies, and which of its versions readers get."""

    class Family(models.TextChoices):
        DISCLOSURE = rules.DISCLOSURE, "Disclosure: we earn from links"
        NOTICE = rules.NOTICE, "Notice: health information"
        WARNING = rules.WARNING, "Warning: a risk"
        STATEMENT = rules.STATEMENT, "Statement: prescribed wording"

    class Slot(models.TextChoices):
        BEFORE_PAID_LINK = rules.BEFORE_PAID_LINK, "Before the first paid link"
        BEFORE_REFERENCES = rules.BEFORE_REFERENCES, "After the text, before the references"
        AFTER_BODY = rules.AFTER_BODY, "At the end of the article"

    class Origin(models.TextChoices):
        SHIPPED = "shipped", "Came with the software"
        IMPORTED = "imported", "Came with an imported article"
        EDITOR = "editor", "Written here"

    slug = models.SlugField(
        "name in articles",
        max_length=100,
        unique=True,
        help_text="Articles name the text like this to carry it.",
    )
    family = models.CharField(max_length=10, choices=Family, default=Family.NOTICE)
    kind = models.CharField(
        max_length=40,
        db_index=True,
        help_text="Texts of one kind stand in for one another, for example health_information.",
    )
    title = models.CharField(
        max_length=200, help_text="What this text is called here; readers do not see it."
    )
    jurisdictions = models.JSONField(default=everywhere)
    locale = models.CharField(
        "language", max_length=12, default="en", help_text="The language of the text, such as en or de."
    )
    when = models.JSONField(default=dict, blank=True)
    slot = models.CharField(
        "place",
        max_length=20,
        choices=Slot,
        default=Slot.AFTER_BODY,
        help_text="Where the text stands on the page.",
    )
    priority = models.PositiveSmallIntegerField(default=50, help_text="The higher one comes first.")
    is_verbatim = models.BooleanField(
        "wording is prescribed", default=False, help_text="A prescribed text must be shown unchanged."
    )
    accepted_variants = models.JSONField(default=list, blank=True)
    source = models.TextField(blank=True, help_text="The law, rule or practice that this text comes from.")
    source_status = models.CharField(
        max_length=300,
        blank=True,
        help_text="How sure we are of the source: verified, computed, or from memory.",
    )
    notes = models.TextField(blank=True, help_text="What a colleague should know before changing this.")
    is_active = models.BooleanField("in use", default=True, help_text="Switched off, it is shown on no page.")
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.EDITOR, editable=False)
    is_customised = models.BooleanField(default=False, editable=False)
    current = models.ForeignKey(
        "DisclaimerVersion", models.RESTRICT, null=True, blank=True, related_name="+", editable=False
    )
    history = HistoricalRecords(user_db_constraint=False)

    objects = DisclaimerQuerySet.as_manager()

    class Meta:
        ordering = ["family", "kind", "slug"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        problems = rules.rule_problems(self.when)
        if problems:
            raise ValidationError({"when": problems})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        reason = self.why_kept()
        if reason:
            raise ProtectedError(reason, {self})
        return super().delete(*args, **kwargs)

    @property
    def dependency_key(self) -> str:
        return f"disclaimer:{self.pk}"

    @property
    def text(self) -> str:
        return self.current.text if self.current else ""

    def as_record(self) -> rules.Record:
        """Return the plain value that rules and rendering work with. The current version must be loaded."""
        version = self.current
        if version is None:
            raise ValueError(f"{self.slug} has no text yet.")
        return rules.Record(
            id=self.pk,
            slug=self.slug,
            version=version.number,
            family=self.family,
            kind=self.kind,
            text=version.text,
            heading=version.heading,
            jurisdictions=tuple(self.jurisdictions),
            locale=self.locale,
            when=self.when,
            slot=self.slot,
            priority=self.priority,
            is_active=self.is_active,
        )

    def naming_articles(self) -> models.QuerySet[Article]:
        """Articles whose working copy names this text."""
        return Article.objects.filter(head__front_matter__disclaimers__icontains=f'"{self.slug}"')

    def why_kept(self) -> str:
        """Return why this text must stay, or nothing if it may be deleted."""
        if self.origin == self.Origin.SHIPPED:
            return "It came with the software and would come back at the next upgrade. Switch it off instead."
        if EditionDependency.objects.filter(key=self.dependency_key).exists():
            return "Readers have seen it: the record of what they saw needs it. Switch it off instead."
        if self.naming_articles().exists():
            return "Articles name it. Take it out of them first."
        return ""


class DisclaimerVersion(models.Model):
    """One wording. Never changed: an edition records the number of the version it showed."""

    disclaimer = models.ForeignKey(Disclaimer, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    text_short = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        editable=False,
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["disclaimer", "number"], name="disclaimers_version_number_once_each"
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version is what readers saw; change_text makes a new one.")
        super().save(*args, **kwargs)
