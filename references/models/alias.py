from __future__ import annotations

from django.db import models

from references import citekeys


class CitekeyAlias(models.Model):
    """A key that a work had before it was merged into another. Texts that cite it go on to work; it is never reused."""

    alias = models.CharField(max_length=citekeys.MAX_LENGTH, unique=True)
    reference = models.ForeignKey("references.Reference", models.CASCADE, related_name="aliases")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "citekey aliases"
        ordering = ["alias"]

    def __str__(self) -> str:
        return self.alias
