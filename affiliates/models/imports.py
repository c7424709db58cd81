"""Reports of networks on their way into the ledger, how their columns are read, and which tracking ID stands where."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from affiliates.models.ledger import Conversion

# A run speaks up every half second and after each batch, so one that is silent for so long was killed.
SILENT = timedelta(minutes=2)


class ReportKind(models.TextChoices):
    EARNINGS = "earnings", "Sales and commissions"
    CLICKS = "clicks", "Clicks by day"


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    def broken_off(self) -> Self:
        """Imports that stopped in the middle and wait for somebody to say whether to go on or to undo."""
        silent = Q(state__in=ImportFile.BUSY, seen_at__lt=timezone.now() - SILENT)
        return self.filter(silent | Q(state=ImportFile.State.FAILED) & ~Q(position=""))

    def half_written(self) -> Self:
        """Those of them that have some of their rows in the ledger."""
        rows = Conversion.objects.filter(import_file=OuterRef("pk"))
        return self.broken_off().filter(~Q(position="") | Exists(rows))


class ImportFile(models.Model):
    """One report file, from its upload to its undoing. Its ledger rows name it."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked"
        WRITING = "writing", "Being written"
        DONE = "done", "Imported"
        FAILED = "failed", "Failed"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"

    BUSY = (State.CHECKING, State.WRITING, State.UNDOING)

    network = models.ForeignKey("affiliates.Network", models.PROTECT, related_name="import_files")
    name = models.CharField("file", max_length=200)
    report_kind = models.CharField("report", max_length=10, choices=ReportKind, default=ReportKind.EARNINGS)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    mapping = models.JSONField(default=dict, help_text="How the columns were read.")
    mapping_name = models.CharField(max_length=80, blank=True)
    header_signature = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    rows_digest = models.CharField(
        max_length=64, blank=True, help_text="The same for the same rows in any order."
    )
    size_bytes = models.PositiveBigIntegerField(default=0)
    bytes_read = models.PositiveBigIntegerField(default=0, help_text="How far a running import is.")
    seen_at = models.DateTimeField(
        null=True, editable=False, help_text="When the run last spoke up. Empty: it has not begun."
    )
    attempt = models.PositiveIntegerField(
        default=0, editable=False, help_text="Which run holds it; an older one that wakes up again stops."
    )
    position = models.CharField(
        max_length=120, blank=True, editable=False, help_text="The last conversion that is settled."
    )
    progress = models.JSONField(
        default=dict, editable=False, help_text="What was found up to there, kept with every batch."
    )
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    read_count = models.PositiveIntegerField("rows read", default=0)
    new_count = models.PositiveIntegerField("new", default=0)
    corrected_count = models.PositiveIntegerField("corrected", default=0)
    duplicate_count = models.PositiveIntegerField("known already", default=0)
    rejected_count = models.PositiveIntegerField("rejected", default=0)
    rejected = models.JSONField(default=list, help_text="The first rejected rows: line, reason, text.")
    totals = models.JSONField(default=dict, help_text="By currency: what the file adds to the ledger.")
    message = models.TextField(blank=True, help_text="Why it failed.")
    importer_version = models.PositiveSmallIntegerField(default=0)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    created_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "import"

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Return whether the worker is yet to begin."""
        return self.state in self.BUSY and self.seen_at is None

    @property
    def is_broken_off(self) -> bool:
        """Return whether it stopped in the middle: a killed process says nothing, so its silence tells."""
        if self.state == self.State.FAILED:
            return bool(self.position)
        return self.state in self.BUSY and self.seen_at is not None and self.seen_at < timezone.now() - SILENT


class FileChunk(models.Model):
    """A compressed piece of an uploaded file. Kept in the database, where web process and worker both reach it, and
    nowhere a web server could hand it out. Deleted as soon as the file is imported or given up."""

    import_file = models.ForeignKey(ImportFile, models.CASCADE, related_name="chunks")
    part = models.PositiveSmallIntegerField(
        default=0, help_text="Which of the files of a report in two files."
    )
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["part", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_file", "part", "number"], name="affiliates_filechunk_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.import_file_id}: {self.part}.{self.number}"


class EarningsMapping(models.Model):
    """How the columns of one report are read, saved to be chosen by itself next time."""

    network = models.ForeignKey("affiliates.Network", models.CASCADE, related_name="earnings_mappings")
    name = models.CharField(max_length=80)
    report_kind = models.CharField("report", max_length=10, choices=ReportKind, default=ReportKind.EARNINGS)
    header_signature = models.CharField(
        max_length=64, blank=True, editable=False, help_text="A file with the same columns is read this way."
    )
    rules = models.JSONField(
        default=dict, help_text="The same shape as a preset of affiliates/data/earnings.yaml."
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,
    )
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["network", "name"]
        verbose_name = "column mapping"
        constraints = [
            models.UniqueConstraint(fields=["network", "name"], name="affiliates_earningsmapping_name")
        ]

    def __str__(self) -> str:
        return self.name


class TagPool(models.Model):
    """One tracking ID of a network without sub-IDs, and what it stands for in a span of days.

    With an article it tells that article's earnings; with a topic, or with neither (the whole site), it only keeps
    those earnings apart. The most exact assignment of a day wins; two articles with the same ID on the same day share.
    """

    network = models.ForeignKey("affiliates.Network", models.PROTECT, related_name="tags")
    tracking_id = models.CharField(
        "tracking ID",
        max_length=80,
        help_text="As the network's account page shows it, for example chelate-mg-20.",
    )
    marketplace = models.CharField(
        max_length=80, blank=True, help_text="The shop it belongs to, for example amazon.de. Empty: any."
    )
    article = models.ForeignKey(
        "articles.Article",
        models.SET_NULL,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        help_text="Direct links of this article carry the tracking ID, too.",
    )
    topic = models.ForeignKey(
        "articles.Topic",
        models.SET_NULL,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        help_text="Every article of this topic that has no tracking ID of its own.",
    )
    valid_from = models.DateField("from", null=True, blank=True, help_text="The first day. Empty: always.")
    valid_until = models.DateField("until", null=True, blank=True, help_text="The last day. Empty: still.")
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["network", "marketplace", "tracking_id", "valid_from"]
        verbose_name = "tracking ID"

    def __str__(self) -> str:
        return self.tracking_id

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def clean(self) -> None:
        if self.article_id and self.topic_id:
            raise ValidationError("Assign it to an article or to a topic, not to both.")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "The last day is before the first."})
