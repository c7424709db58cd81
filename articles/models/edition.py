"""What readers saw: immutable editions with a window of visibility, and what each of them depends on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.addresses import address

if TYPE_CHECKING:
    from articles.models.taxonomy import Author


class EditionQuerySet(models.QuerySet["Edition"]):
    def at(self, moment: datetime) -> Self:
        """Editions that readers saw at `moment`; windows of one article never overlap."""
        return self.filter(Q(live_until__isnull=True) | Q(live_until__gt=moment), live_from__lte=moment)

    def live(self) -> Self:
        """Editions a reader may see now. Public code starts here and nowhere else."""
        return self.at(timezone.now())

    def live_or_scheduled(self) -> Self:
        """Editions that readers see now or will see."""
        upcoming = Q(live_until__isnull=True) | Q(live_until__gt=timezone.now())
        return self.filter(upcoming).exclude(live_until=models.F("live_from"))

    def for_page(self) -> Self:
        """What one article page renders, in one query; what only checks and search read stays behind.

        Unsorted: an address has at most one live edition. Its authors are a query of their own: a prefetch of one
        edition does the same with twice the work.
        """
        unread = ("text", "source_text", "front_matter", "findings")
        return self.select_related("topic", "image", "reviewer").defer(*unread).order_by()

    def for_cards(self) -> Self:
        """What lists show; the article text stays in the database."""
        return self.select_related("topic", "image").defer(
            "html", "text", "source_text", "front_matter", "toc", "findings", "structured_data"
        )


class Edition(models.Model):
    """One published version. All columns but `live_until` are immutable."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey("articles.Revision", models.RESTRICT, related_name="editions")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")

    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, default="en")
    canonical_url = models.URLField(blank=True)
    topic = models.ForeignKey(
        "articles.Topic", models.PROTECT, null=True, blank=True, related_name="editions"
    )
    authors = models.ManyToManyField("articles.Author", blank=True, related_name="editions")
    tags = models.ManyToManyField("articles.Tag", blank=True, related_name="editions")
    reviewer = models.ForeignKey(
        "articles.Author", models.SET_NULL, null=True, blank=True, related_name="reviewed_editions"
    )
    reviewed_on = models.DateField(null=True, blank=True)
    image = models.ForeignKey(
        "articles.Image", models.SET_NULL, null=True, blank=True, related_name="editions"
    )

    html = models.TextField()
    byline_html = models.TextField(blank=True)
    toc = models.JSONField(default=list)
    text = models.TextField(blank=True)
    word_count = models.PositiveIntegerField(default=0)
    has_paid_links = models.BooleanField(default=False)
    structured_data = models.JSONField(default=list)
    source_text = models.TextField(blank=True)
    front_matter = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)

    published_at = models.DateTimeField(help_text="When the article first went live.")
    updated_at = models.DateTimeField(help_text="When readers last got a substantive change.")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-live_from", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="articles_edition_number_once"),
            models.CheckConstraint(
                condition=Q(live_until__isnull=True) | Q(live_until__gte=models.F("live_from")),
                name="articles_edition_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["slug", "live_from"], name="articles_edition_slug"),
            models.Index(fields=["-published_at", "-id"], name="articles_edition_recent"),
            models.Index(fields=["topic", "-published_at", "-id"], name="articles_edition_topic"),
            # The next edge (articles/cdn.py). Only in part, or SQLite sorts a whole list by way of them.
            models.Index(
                fields=["live_from"],
                name="articles_edition_starts",
                condition=Q(live_from__gt=F("created_at")),
            ),
            models.Index(
                fields=["live_until"], name="articles_edition_ends", condition=Q(live_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and set(kwargs.get("update_fields") or ["*"]) != {"live_until"}:
            raise TypeError("An edition is what readers saw; only live_until may change.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("articles:detail", self.slug)

    @property
    def reading_minutes(self) -> int:
        """Minutes at 230 words a minute, at least one (Brysbaert 2019: 238 wpm for non-fiction)."""
        return max(1, round(self.word_count / 230))


def bylines(editions: Sequence[Edition]) -> Mapping[int, list[Author]]:
    """Return the authors of each edition in the order in which its text names them, in one query."""
    rows = Edition.authors.through.objects.filter(edition__in=editions).select_related("author")
    found: defaultdict[int, list[Author]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.edition_id].append(row.author)
    return found


class EditionDependency(models.Model):
    """What an edition shows of other records; the one index for where-used, recompilation and purging."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="dependencies")
    key = models.CharField(max_length=200)  # "slug:" and an address of up to 120 characters
    version = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="articles_dependency_once")]
        indexes = [models.Index(fields=["key", "edition"], name="articles_dependency_key")]

    def __str__(self) -> str:
        return self.key
