from __future__ import annotations

from django.db import models
from django.utils import timezone

MOST_PATH = 400  # an entry of an index ends at 2,700 bytes in PostgreSQL


class OldAddress(models.Model):
    """An address outside /articles/ that an article had before it came here. Readers are sent on, as by SlugClaim.

    `path` is decoded, begins with a slash and does not end with one; see articles.addresses.
    """

    path = models.CharField(max_length=MOST_PATH, unique=True)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="old_addresses")
    claimed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(path__startswith="/") & ~models.Q(path__startswith="//"),
                name="articles_oldaddress_is_a_path",
            )
        ]

    def __str__(self) -> str:
        return self.path
