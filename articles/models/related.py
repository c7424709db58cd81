""" "You may also like": what editors pinned and what the engine found."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Pin(models.Model):
    """An editor's choice for an article's block. Without `target` it waits for an article of that title."""

    source = models.ForeignKey("articles.Article", models.CASCADE, related_name="pins")
    target = models.ForeignKey(
        "articles.Article", models.CASCADE, null=True, blank=True, related_name="pinned_in"
    )
    wanted = models.CharField(max_length=200, help_text="The slug or title that the editor wrote.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["source", "position"]
        constraints = [models.UniqueConstraint(fields=["source", "wanted"], name="articles_pin_once")]

    def __str__(self) -> str:
        return self.wanted


class RelatedEdge(models.Model):
    """One stored recommendation. Pins are edges too, ranked first, so that a page needs one query."""

    source = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_edges")
    target = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_to")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField(default=0)
    is_pin = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    algorithm = models.CharField(max_length=20, default="")
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["source", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="articles_related_once"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="articles_related_not_self"
            ),
        ]
        indexes = [models.Index(fields=["source", "rank"], name="articles_related_rank")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class RelatedDue(models.Model):
    """An article whose recommendations wait for the next refresh; one refresh takes all that wait."""

    article_id = models.BigIntegerField(help_text="No foreign key: the article may be deleted by then.")

    def __str__(self) -> str:
        return str(self.article_id)
