"""One managed link."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from simple_history.models import HistoricalRecords

from affiliates.models.network import Network, Program, approved_hosts, routing_of, sub_id_rule
from affiliates.models.target import LinkTarget
from affiliates.subids import SubIdRule

RESERVED_SLUGS = frozenset({"beacon", "seen"})  # /go/beacon/ counts direct links, /go/seen/ views
SLUG = r"[a-z0-9-]{2,64}"


def validate_not_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError("This address belongs to Chelate itself. Choose another one.")


class AffiliateLinkQuerySet(models.QuerySet["AffiliateLink"]):
    def with_target(self) -> Self:
        """Annotate `target_id` and `target_url`: the address that a direct link shows."""
        first = LinkTarget.objects.shown().filter(link=OuterRef("pk"))
        return self.annotate(
            target_id=Subquery(first.values("pk")[:1]), target_url=Subquery(first.values("url")[:1])
        )


class AffiliateLink(models.Model):
    """What `[text](aff:slug)` means. Its `rel`, label and routing follow from the network and cannot be edited."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        PAUSED = "paused", "Paused"
        EXPIRED = "expired", "Expired"
        RECALLED = "recalled", "Recalled"

    slug = models.CharField(
        max_length=64,
        unique=True,
        validators=[
            RegexValidator(rf"\A{SLUG}\Z", "Use 2 to 64 lower-case letters, digits and hyphens."),
            validate_not_reserved,
        ],
        help_text="Written aff:slug in the text and seen by readers in /go/slug/. It cannot change once it is used.",
    )
    network = models.ForeignKey(Network, models.PROTECT, related_name="links")
    program = models.ForeignKey(Program, models.PROTECT, null=True, blank=True, related_name="links")
    title = models.CharField(max_length=120, help_text="What the link leads to; readers see it in boxes.")
    store_name = models.CharField(max_length=80, help_text="The shop as readers know it, for example Amazon.")
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.LIVE,
        help_text="Only live links are shown. Recall takes a product out of every article at once.",
    )
    fallback_url = models.TextField(
        blank=True,
        help_text="Where readers go when the link is paused, expired or recalled; a page of the same shop.",
    )
    fallback_article = models.ForeignKey(
        "articles.Article",
        models.SET_NULL,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        help_text="The article that readers are sent to instead; it wins over the fallback address.",
    )
    expires_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the offer ends. Readers are then sent to the fallback, or told that it has ended.",
    )
    replacement = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The link that the page “this offer has ended” names when this one is recalled.",
    )
    recall_reason = models.CharField(max_length=300, blank=True, editable=False)
    is_opaque = models.BooleanField(
        default=False,
        editable=False,
        help_text="A short link of the network: destination and tag are unknown.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    notes = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    target_id: int | None  # set by with_target()
    target_url: str | None
    history: ClassVar[Any] = HistoricalRecords(user_db_constraint=False)
    objects = AffiliateLinkQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return f"{self.title} at {self.store_name}"

    def clean(self) -> None:
        if (
            self.program_id
            and self.network_id
            and self.program
            and self.program.network_id != self.network_id
        ):
            raise ValidationError({"program": "This program belongs to another network."})

    @property
    def routing(self) -> str:
        return routing_of(self.network, self.program)

    @property
    def approved_hosts(self) -> tuple[str, ...]:
        return tuple(approved_hosts(self.network, self.program))

    @property
    def sub_id_rule(self) -> SubIdRule:
        return sub_id_rule(self.network, self.program)
