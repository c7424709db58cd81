"""Clicks and their day sums. No column can hold an IP address, a user agent or a cookie: a test reads the schema."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ClickClass(models.TextChoices):
    """Who or what made a request. Prefetches and previews of browsers have no Click row: DropDay counts them."""

    HUMAN = "human", "Human"
    BOT = "bot", "Bot"
    PREFETCH = "prefetch", "Prefetch"
    PREVIEW = "preview", "Preview"
    SELF = "self", "Our own preview"
    SUSPECT = "suspect", "Suspect"


class Channel(models.TextChoices):
    REDIRECT = "redirect", "Redirect"
    BEACON = "beacon", "Direct link"


class Click(models.Model):
    """One counted click."""

    class Device(models.TextChoices):
        DESKTOP = "desktop", "Desktop"
        PHONE = "phone", "Phone"
        TABLET = "tablet", "Tablet"
        UNKNOWN = "unknown", "Unknown"

    time = models.DateTimeField(help_text="UTC, to the second.")
    link = models.ForeignKey(
        "affiliates.AffiliateLink", models.PROTECT, related_name="clicks", db_index=False
    )
    target = models.ForeignKey(
        "affiliates.LinkTarget", models.PROTECT, null=True, related_name="+", db_index=False
    )
    placement = models.ForeignKey(
        "affiliates.Placement", models.PROTECT, null=True, related_name="clicks", db_index=False
    )
    click_class = models.CharField("class", max_length=8, choices=ClickClass)
    reason = models.CharField(max_length=24, blank=True, help_text="Why it is in this class.")
    channel = models.CharField(max_length=8, choices=Channel)
    day_visitor = models.BigIntegerField(
        null=True,
        editable=False,
        help_text="Keyed hash of the day; its key is destroyed, empty when not measured.",
    )
    is_first_of_day = models.BooleanField("unique", default=False)
    is_repeat = models.BooleanField(
        "repeat", default=False, help_text="Within 10 seconds of the same visitor's last."
    )
    referrer_host = models.CharField(
        max_length=100, blank=True, help_text="Another site's name, never a full address."
    )
    device = models.CharField(max_length=8, choices=Device, default=Device.UNKNOWN)
    country = models.CharField(max_length=2, blank=True)
    click_token = models.CharField(
        max_length=8,
        null=True,
        editable=False,
        help_text="A random number told to the network with this click, where that is switched on.",
    )
    language = models.CharField(
        max_length=3, blank=True, db_default="", help_text="What the browser prefers."
    )

    class Meta:
        ordering = ["-time", "-pk"]
        # Each index costs every click; what a click is to its visitor's others is judged a day at a time.
        indexes = [models.Index(fields=["time"], name="affiliates_click_time")]
        constraints = [
            # Partial, so that clicks without a token, which are nearly all, pay nothing for it.
            models.UniqueConstraint(
                fields=["click_token", "placement"],
                condition=Q(click_token__isnull=False),
                name="affiliates_click_token_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.time:%Y-%m-%d %H:%M:%S} {self.click_class}"


class ClickDay(models.Model):
    """Clicks of one day, link, placement and class: what every report reads. Kept when the clicks are deleted."""

    day = models.DateField()
    link = models.ForeignKey("affiliates.AffiliateLink", models.PROTECT, related_name="days")
    placement = models.ForeignKey("affiliates.Placement", models.PROTECT, null=True, related_name="days")
    click_class = models.CharField("class", max_length=8, choices=ClickClass)
    raw_count = models.PositiveIntegerField("clicks", default=0)
    unique_count = models.PositiveIntegerField("unique", default=0)
    unmeasured_count = models.PositiveIntegerField(
        "uniqueness not measured",
        default=0,
        help_text="Clicks that asked not to be recognised, so never unique.",
    )

    class Meta:
        ordering = ["-day", "link", "placement"]
        verbose_name = "day sum"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "link", "click_class", "placement"],
                condition=Q(placement__isnull=False),
                name="affiliates_clickday_once",
            ),
            models.UniqueConstraint(
                fields=["day", "link", "click_class"],
                condition=Q(placement__isnull=True),
                name="affiliates_clickday_once_without_placement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.click_class}: {self.raw_count}"


class DropDay(models.Model):
    """Requests of one day that were not counted as clicks, by reason."""

    day = models.DateField()
    reason = models.CharField(max_length=24)
    link = models.ForeignKey("affiliates.AffiliateLink", models.PROTECT, null=True, related_name="+")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "reason"]
        verbose_name = "discarded request"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "reason", "link"],
                condition=Q(link__isnull=False),
                name="affiliates_dropday_once",
            ),
            models.UniqueConstraint(
                fields=["day", "reason"],
                condition=Q(link__isnull=True),
                name="affiliates_dropday_once_without_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}: {self.count}"


class VisitorSalt(models.Model):
    """The random key of one day's visitor hashes. Deleted as soon as the day is over, never exported."""

    day = models.DateField(unique=True)
    salt = models.BinaryField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.day)
