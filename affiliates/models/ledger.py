"""Money: the append-only ledger of what networks reported, what it belongs to, and its day sums.

`Conversion` rows are signed deltas and are never changed or deleted: whatever a network says later is a further row, so
every total is a plain sum. A delta counts towards the status it was written under: when 10.00 moves from pending to
approved, two rows follow, -10.00 pending and +10.00 approved, and SUM(commission) of one status is its balance today.
All rows of one conversion keep the `event_at` of its first: a correction in March of a sale in January changes January.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

MONEY: dict[str, Any] = {"max_digits": 16, "decimal_places": 4, "default": Decimal(0)}


class Status(models.TextChoices):
    PENDING = "pending", "Pending"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    PAID = "paid", "Paid"


class Conversion(models.Model):
    """One row of the ledger: a sale, or what changed about one."""

    class Kind(models.TextChoices):
        SALE = "sale", "Sale"
        LEAD = "lead", "Lead"
        BONUS = "bonus", "Bonus"
        REVERSAL = "reversal", "Reversal"
        CORRECTION = "correction", "Correction"

    network = models.ForeignKey(
        "affiliates.Network", models.PROTECT, related_name="conversions", db_index=False
    )
    external_id = models.CharField(
        "conversion",
        max_length=120,
        help_text="The network's own number of the conversion; made up from the row, with ~ in front, if it has none.",
    )
    sequence = models.PositiveIntegerField(help_text="Which row about this conversion, counted from 1.")
    part = models.CharField(max_length=64, blank=True, help_text="Which item or event of the conversion.")
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=8, choices=Status)
    event_at = models.DateTimeField(
        "sold", help_text="When it was sold. Noon UTC if the report names only the day."
    )
    click_at = models.DateTimeField("clicked", null=True)
    posted_at = models.DateTimeField(
        "posted", null=True, help_text="When the network wrote or last changed it, if it says so."
    )
    sale_amount = models.DecimalField(**MONEY)
    commission = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    quantity = models.IntegerField(default=0)
    conversion_count = models.SmallIntegerField(
        default=0, help_text="1, -1 or 0, so that its sum is the number of conversions that stand."
    )
    sub_id = models.CharField("sub-ID", max_length=255, blank=True, help_text="As the report has it.")
    tracking_id = models.CharField(
        "tracking ID",
        max_length=80,
        blank=True,
        help_text="For networks that report by tracking ID, as Amazon.",
    )
    placement = models.ForeignKey(
        "affiliates.Placement", models.PROTECT, null=True, related_name="conversions"
    )
    click = models.ForeignKey(
        "affiliates.Click",
        models.SET_NULL,
        null=True,
        db_constraint=False,
        related_name="conversions",
        help_text="Empty again when the click is deleted.",
    )
    merchant = models.CharField(max_length=120, blank=True)
    sku = models.CharField("SKU", max_length=120, blank=True)
    row_hash = models.CharField(
        max_length=64, blank=True, help_text="Of the row in the file, as it was read."
    )
    import_file = models.ForeignKey("affiliates.ImportFile", models.PROTECT, related_name="conversions")

    class Meta:
        ordering = ["-event_at", "-pk"]
        verbose_name = "ledger row"
        constraints = [
            models.UniqueConstraint(
                fields=["network", "external_id", "sequence"], name="affiliates_conversion_sequence"
            ),
            models.CheckConstraint(
                condition=Q(conversion_count__in=[-1, 0, 1]), name="affiliates_conversion_counts_one"
            ),
        ]
        indexes = [
            models.Index(fields=["event_at"], name="affiliates_conversion_event"),
            models.Index(
                fields=["network", "tracking_id", "event_at"],
                condition=~Q(tracking_id=""),
                name="affiliates_conversion_tag",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_id}, row {self.sequence}: {self.commission:.2f} {self.currency}"


class Method(models.TextChoices):
    """How a conversion was joined to a place of an article, the surest first."""

    CLICK_TOKEN = "click_token", "Click"
    PLACEMENT_SUB_ID = "placement_sub_id", "Placement's sub-ID"
    TAG_POOL = "tag_pool", "Tracking ID"
    REFERRING_URL = "referring_url", "Referring page"
    UNATTRIBUTED = "unattributed", "Not attributed"


class Attribution(models.Model):
    """The share of one ledger row that belongs to one place. Every row has one or more; their shares sum to it exactly.

    Unlike the ledger these are worked out, so they may be worked out again, for example for a tracking ID that was
    assigned after the import.
    """

    conversion = models.ForeignKey(Conversion, models.CASCADE, related_name="attributions")
    method = models.CharField(max_length=16, choices=Method)
    article = models.ForeignKey(
        "articles.Article", models.SET_NULL, null=True, db_constraint=False, related_name="+"
    )
    placement = models.ForeignKey(
        "affiliates.Placement", models.PROTECT, null=True, related_name="+", db_index=False
    )
    link = models.ForeignKey(
        "affiliates.AffiliateLink", models.PROTECT, null=True, related_name="+", db_index=False
    )
    weight = models.DecimalField(max_digits=7, decimal_places=6, default=Decimal(1))
    confidence = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal(1), help_text="How sure the method is, 0 to 1."
    )
    sale_amount = models.DecimalField(**MONEY)
    commission = models.DecimalField(**MONEY)
    conversion_count = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["conversion", "-weight", "pk"]

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.commission}"


class EarningsDay(models.Model):
    """Earnings of one day (UTC, of the sale) and place: what every report reads. Rebuilt from the ledger by day.

    `article`, `placement` and `link` are empty as far as the method cannot tell: a tracking ID knows the article only.
    `commission` is all that is not declined; `pending_commission` is the part of it that the network may still decline.
    """

    key = models.CharField(
        max_length=120, unique=True, editable=False, help_text="The columns below in one, for upserts."
    )
    day = models.DateField()
    network = models.ForeignKey("affiliates.Network", models.PROTECT, related_name="earnings", db_index=False)
    article = models.ForeignKey(
        "articles.Article", models.SET_NULL, null=True, db_constraint=False, related_name="+", db_index=False
    )
    placement = models.ForeignKey(
        "affiliates.Placement", models.PROTECT, null=True, related_name="+", db_index=False
    )
    link = models.ForeignKey(
        "affiliates.AffiliateLink", models.PROTECT, null=True, related_name="earnings", db_index=False
    )
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=16, choices=Method)
    commission = models.DecimalField(**MONEY)
    pending_commission = models.DecimalField(**MONEY)
    sale_amount = models.DecimalField(**MONEY)
    conversion_count = models.IntegerField("conversions", default=0)

    class Meta:
        ordering = ["-day", "pk"]
        verbose_name = "earnings of a day"
        verbose_name_plural = "earnings by day"
        indexes = [
            models.Index(fields=["day", "network"], name="affiliates_earnings_day"),
            models.Index(fields=["article", "day"], name="affiliates_earnings_article"),
            models.Index(fields=["link", "day"], name="affiliates_earnings_link"),
            models.Index(fields=["placement", "day"], name="affiliates_earnings_place"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.commission} {self.currency}"


class NetworkClickDay(models.Model):
    """The network's own count of the clicks we sent it, to compare ours with."""

    network = models.ForeignKey("affiliates.Network", models.PROTECT, related_name="reported_clicks")
    day = models.DateField()
    click_count = models.PositiveIntegerField("clicks")
    import_file = models.ForeignKey("affiliates.ImportFile", models.PROTECT, related_name="click_days")

    class Meta:
        ordering = ["-day", "network"]
        verbose_name = "network's click count"
        constraints = [
            models.UniqueConstraint(fields=["network", "day"], name="affiliates_networkclickday_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.network}: {self.click_count}"
