"""The identity of an article and the append-only history of its working copy."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone


class Article(models.Model):
    """What stays when everything in an article changes. Text and its metadata live in revisions."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        READY = "ready", "Ready to publish"
        ARCHIVED = "archived", "Archived"

    title = models.CharField(
        max_length=200, help_text="The headline; it is the only first-level heading of the page."
    )
    slug = models.SlugField(
        max_length=120, help_text="Taken when the article is published; old addresses redirect."
    )
    topic = models.ForeignKey(
        "articles.Topic", models.PROTECT, null=True, blank=True, related_name="articles"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="owned_articles"
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    head = models.ForeignKey(
        "articles.Revision", models.RESTRICT, null=True, blank=True, related_name="+", editable=False
    )
    source_id = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "-id"]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="articles_article_recent"),
            models.Index(fields=["slug"], name="articles_article_slug"),
        ]
        permissions = [
            ("publish_article", "Can publish, schedule and withdraw articles"),
            ("override_checks", "Can publish despite error findings, with a reason"),
            ("change_any_article", "Can edit the articles of other people"),
            ("review_article", "Can approve articles and send them back"),
        ]

    def __str__(self) -> str:
        return self.title

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete with everything that is of this article. Locked first: a save meanwhile would be left behind."""
        with transaction.atomic():
            Article.objects.select_for_update().filter(pk=self.pk).first()
            return super().delete(*args, **kwargs)


class Revision(models.Model):
    """One saved state of the working copy. Never changed, never deleted while its article lives."""

    class Kind(models.TextChoices):
        AUTOSAVE = "autosave", "Autosave"
        SAVE = "save", "Save"
        IMPORT = "import", "Import"
        RESTORE = "restore", "Restore"

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SAVE)
    text = models.TextField(blank=True)
    front_matter = models.JSONField(default=dict, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="articles_revision_number_once")
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A revision is history; save a new one instead.")
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        return str(self.front_matter.get("title", ""))


class SlugClaim(models.Model):
    """An address that an article has had. Taken at schedule or publish and never freed: it is the redirect table."""

    slug = models.SlugField(max_length=120, unique=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="slug_claims")
    claimed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
