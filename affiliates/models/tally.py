"""What the reports read: sums of days, weeks and four weeks by one dimension at a time; and how far they reach."""

from __future__ import annotations

from django.db import models


class Dimension(models.TextChoices):
    TOTAL = "total", "Everything"
    ARTICLE = "article", "Article"
    PLACEMENT = "placement", "Placement"
    POSITION = "position", "Position"
    LINK = "link", "Link"
    NETWORK = "network", "Network"
    COUNTRY = "country", "Country"
    DEVICE = "device", "Device"
    LANGUAGE = "language", "Language"
    REFERRER = "referrer", "Referrer"
    REASON = "reason", "Reason"


class Tally(models.Model):
    """Sums of `span` days from `start` on, for one value of one dimension. Kept when the clicks are deleted.

    `clicks` are people's. Bots and the like have columns of their own, so that no report can add them up by mistake.
    """

    dimension = models.CharField(max_length=10, choices=Dimension)
    span = models.PositiveSmallIntegerField(help_text="1, 7 or 28 days; longer ones begin on a Monday.")
    start = models.DateField()
    key = models.CharField(
        max_length=100, blank=True, help_text="A record's number, a code or a name of another site."
    )
    clicks = models.PositiveIntegerField(default=0)
    unique_clicks = models.PositiveIntegerField(default=0)
    unmeasured = models.PositiveIntegerField(default=0)
    bots = models.PositiveIntegerField(default=0)
    suspects = models.PositiveIntegerField(default=0)
    own = models.PositiveIntegerField(default=0)
    views = models.PositiveIntegerField(default=0)
    impressions = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["dimension", "-start", "key"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "span", "start", "key"], name="affiliates_tally_once"
            ),
        ]
        # A settled day is written anew as a whole.
        indexes = [models.Index(fields=["start", "span"], name="affiliates_tally_start")]

    def __str__(self) -> str:
        return f"{self.start} +{self.span} {self.dimension} {self.key}: {self.clicks}"


class EarningsTally(models.Model):
    """Earnings of `span` days from `start` on, for one record of one dimension and one currency: sums of EarningsDay.

    Money is in ten-thousandths, the last digit of the ledger: whole numbers are exact and quick to add up on every
    database. An article that is deleted keeps its sums under its number, as it keeps its clicks.
    """

    dimension = models.CharField(max_length=10, choices=Dimension)
    span = models.PositiveSmallIntegerField(help_text="1, 7 or 28 days; longer ones begin on a Monday.")
    start = models.DateField()
    record = models.BigIntegerField(default=0, help_text="Its number; 0 for none, and for everything.")
    currency = models.CharField(max_length=3)
    is_placed = models.BooleanField(help_text="Whether it is known to come from an article.")
    commission = models.BigIntegerField(default=0)
    pending = models.BigIntegerField(default=0)
    conversions = models.IntegerField(default=0)
    squares = models.FloatField(
        default=0, help_text="Of single sales, for the interval: a day's n count as equal."
    )
    largest = models.FloatField(default=0, help_text="The largest single sale.")

    class Meta:
        ordering = ["dimension", "-start", "record"]
        verbose_name_plural = "earnings tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "span", "start", "record", "currency", "is_placed"],
                name="affiliates_earningstally_once",
            ),
        ]
        # A rebuilt day is written anew as a whole.
        indexes = [models.Index(fields=["start", "span"], name="affiliates_earningstally_start")]

    def __str__(self) -> str:
        amount = f"{self.commission / 10_000:.2f} {self.currency}"
        return f"{self.start} +{self.span} {self.dimension} {self.record}: {amount}"


class CountedDay(models.Model):
    """A day with numbers. Until it is settled, its sums are those of a running count."""

    day = models.DateField(unique=True)
    settled_at = models.DateTimeField(
        null=True, help_text="When it was counted again from its clicks, after it was over."
    )

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


class CountMark(models.Model):
    """The one row that says up to which click has been counted. Whoever counts holds its lock."""

    last_click = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last_click)


class SeenToday(models.Model):
    """A visitor's clicks on one link in a day that is not settled; deleted when it is.

    It answers "is this the first?" without reading the day's clicks again.
    """

    day = models.DateField()
    link_id = models.BigIntegerField()
    day_visitor = models.BigIntegerField(editable=False)
    recent = models.JSONField(default=list, help_text="The latest clicks: second of the day and placement.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "day_visitor", "link_id"], name="affiliates_seentoday_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {len(self.recent)}"


class ViewDay(models.Model):
    """How often an article was opened on a day, or one of its paid links came into sight. Nobody is recognised."""

    day = models.DateField()
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, null=True, db_constraint=False, related_name="+"
    )
    placement = models.ForeignKey(
        "affiliates.Placement",
        models.CASCADE,
        null=True,
        related_name="views",
        help_text="Empty: the article.",
    )
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "article", "placement"]
        verbose_name = "views of a day"
        verbose_name_plural = "views by day"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "placement"],
                condition=models.Q(placement__isnull=False),
                name="affiliates_viewday_once_a_placement",
            ),
            models.UniqueConstraint(
                fields=["day", "article"],
                condition=models.Q(placement__isnull=True),
                name="affiliates_viewday_once_an_article",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
