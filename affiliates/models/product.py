from __future__ import annotations

from django.db import models

from affiliates.models.link import AffiliateLink


class Product(models.Model):
    """A product shown in boxes and comparisons. It has no price: hand-typed prices are wrong the next day."""

    slug = models.SlugField(max_length=64, unique=True, help_text="Written ::product{slug} in the text.")
    name = models.CharField(max_length=120, help_text="The name on the label.")
    brand = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=80, blank=True, help_text="For example capsules, powder or drops.")
    amount_per_serving = models.CharField(
        max_length=160, blank=True, help_text="The active amount, for example 100 mg of elemental magnesium."
    )
    facts = models.JSONField(
        default=list, blank=True, help_text="Short facts that a reader can check on the label, one a line."
    )
    image = models.ForeignKey(
        "articles.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        help_text="A picture of the library, shown in the box. Take your own: shops forbid to copy theirs.",
    )
    link = models.ForeignKey(
        AffiliateLink,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="products",
        help_text="Where it can be bought. A recalled link takes the product out of every article.",
    )
    is_recalled = models.BooleanField(
        default=False, editable=False, help_text="Taken out of every article, whatever its link says."
    )
    recall_reason = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
