from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class Evidence(models.Model):
    """A row that is written once: what somebody said, or what a check found."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"A {self._meta.verbose_name} is evidence; add a new one instead.")
        super().save(*args, **kwargs)


class SourceRecord(Evidence):
    """What somebody else said about a work. Append-only; the newest of one source and `source_id` counts.

    An item that says what it said before is not applied again: importing an unchanged folder cannot undo what an
    editor has corrected since, and two files that disagree do not overwrite each other on every run.
    """

    class Source(models.TextChoices):
        FRONT_MATTER = "front_matter", "Front matter"
        CROSSREF = "crossref", "Crossref"
        PUBMED = "pubmed", "PubMed"
        BOOKSHELF = "bookshelf", "NCBI Bookshelf"
        EUROPE_PMC = "europepmc", "Europe PMC"
        OPENALEX = "openalex", "OpenAlex"
        BIBTEX = "bibtex", "BibTeX"
        RIS = "ris", "RIS"
        NBIB = "nbib", "NBIB"
        CSL_JSON = "csl_json", "CSL-JSON"
        MANUAL = "manual", "Typed by hand"

    reference = models.ForeignKey("references.Reference", models.CASCADE, related_name="sources")
    source = models.CharField(max_length=16, choices=Source)
    source_id = models.CharField(
        max_length=200, blank=True, help_text="Which article or record of that source."
    )
    raw = models.JSONField(help_text="What was sent: the JSON as it came, XML as text.")
    sha256 = models.CharField(max_length=64)
    parser_version = models.PositiveSmallIntegerField(default=1)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    fetched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-fetched_at", "-id"]
        indexes = [
            models.Index(fields=["reference", "source", "source_id"], name="references_sourcerecord_latest")
        ]

    def __str__(self) -> str:
        return self.get_source_display()


class CitationCount(models.Model):
    """How often others cite a work, as one source counts. A source that does not count has no row: that is not 0."""

    reference = models.ForeignKey("references.Reference", models.CASCADE, related_name="citation_counts")
    source = models.CharField(max_length=16, choices=SourceRecord.Source)
    count = models.PositiveIntegerField()
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-counted_at"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "source"], name="references_count_once_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.count} ({self.get_source_display()})"
