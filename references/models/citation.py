from __future__ import annotations

from django.db import models


class Citation(models.Model):
    """One place where an edition cites a work. Written when the edition is published."""

    class Mode(models.TextChoices):
        NORMAL = "normal", "In brackets"
        AUTHOR_IN_TEXT = "author_in_text", "Author in the sentence"
        SUPPRESS_AUTHOR = "suppress_author", "Without the author"

    edition = models.ForeignKey(
        "articles.Edition", models.CASCADE, related_name="citations", db_constraint=False
    )
    reference = models.ForeignKey("references.Reference", models.CASCADE, related_name="citations")
    position = models.PositiveIntegerField(help_text="Which use of the work in this edition, from 1.")
    number = models.PositiveIntegerField(help_text="The number that readers see.")
    locator = models.CharField(max_length=100, blank=True)
    prefix = models.CharField(max_length=300, blank=True)
    suffix = models.CharField(max_length=300, blank=True)
    mode = models.CharField(max_length=16, choices=Mode, default=Mode.NORMAL)
    block_key = models.CharField(max_length=24, blank=True)
    block_index = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["edition", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "reference", "position"], name="references_citation_use_once"
            )
        ]

    def __str__(self) -> str:
        return f"[{self.number}]"
