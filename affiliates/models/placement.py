"""Where in which article a link stands. Placements join clicks and earnings to positions."""

from __future__ import annotations

from django.db import models


class Placement(models.Model):
    """One use of one link at one place of one article; it lives as long as (block, link) does."""

    class Kind(models.TextChoices):
        INLINE = "inline", "In the text"
        BUTTON = "button", "Button"
        PRODUCT = "product", "Product box"
        COMPARISON = "comparison", "Comparison"
        END_CALL = "end_call", "End of the article"

    public_id = models.CharField(max_length=6, unique=True, help_text="Random; stands in links and sub-IDs.")
    article = models.ForeignKey(
        "articles.Article",
        models.SET_NULL,
        null=True,
        db_constraint=False,
        related_name="affiliate_placements",
        help_text="Empty when the article was deleted; its clicks stay counted.",
    )
    link = models.ForeignKey("affiliates.AffiliateLink", models.PROTECT, related_name="placements")
    kind = models.CharField(max_length=12, choices=Kind)
    block_key = models.CharField(max_length=40)
    block_index = models.PositiveIntegerField(
        help_text="Which block of the text it stands in, counted from 0."
    )
    ordinal = models.PositiveSmallIntegerField(
        help_text="Which use of this link in the block, counted from 1."
    )
    first_edition = models.PositiveIntegerField()
    last_edition = models.PositiveIntegerField()
    is_active = models.BooleanField(
        default=True, help_text="It stands in the edition that was published last."
    )

    class Meta:
        ordering = ["article", "block_index", "ordinal"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def where(self) -> str:
        """Say where in the article it stands, for an editor."""
        kind = self.get_kind_display()
        if self.kind == self.Kind.END_CALL:
            return kind
        use = f", use {self.ordinal}" if self.ordinal > 1 else ""
        return f"{kind}, block {self.block_index + 1}{use}"


class Layout(models.Model):
    """The blocks of an article as last published, so that a rewritten paragraph is recognised by its neighbours."""

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, db_constraint=False, related_name="+", primary_key=True
    )
    block_keys = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"Layout of article {self.pk}"
