"""Words that may become a link, wherever an editor agrees."""

from __future__ import annotations

from django.db import models

from affiliates.models.link import AffiliateLink


class Keyword(models.Model):
    """Phrases that are offered as places for a link. Nothing is linked until an editor accepts it."""

    link = models.ForeignKey(AffiliateLink, models.CASCADE, related_name="keywords")
    phrases = models.JSONField(
        default=list, help_text="Words as they stand in articles, one phrase a line: magnesium glycinate."
    )
    cap = models.PositiveSmallIntegerField(
        "most per article", default=1, help_text="How many links to this address an article may have."
    )
    matches_case = models.BooleanField(
        "same capitals", default=False, help_text="Tick for names that are also ordinary words."
    )
    is_active = models.BooleanField("offered", default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(self.phrases)
