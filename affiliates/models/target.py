"""Where a link leads, to whom, and where it has led before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, Value, When
from django.utils import timezone

from affiliates.targets import MAX_URL_LENGTH, url_hash

# What a click is judged by; a change of any of them makes a new row.
CONDITIONS = ("countries", "devices", "languages", "starts_at", "ends_at")
FROZEN = ("url", "allows_http", "weight", "priority", *CONDITIONS)


EVERYONE = dict.fromkeys(CONDITIONS[:3], "") | dict.fromkeys(CONDITIONS[3:])


class LinkTargetQuerySet(models.QuerySet["LinkTarget"]):
    def for_everyone(self) -> Self:
        return self.filter(**EVERYONE)

    def shown(self) -> Self:
        """Active ones, first the one that a page shows of a direct link: it must hold for every reader."""
        return (
            self.filter(is_active=True)
            .annotate(is_narrow=Case(When(**EVERYONE, then=Value(0)), default=Value(1)))
            .order_by("is_narrow", "-priority", "-weight", "pk")
        )


class LinkTarget(models.Model):
    """One address of a link. Rows are history: a change is a new row and the old one goes inactive.

    Several active ones are told apart by country, device, language and time. Of those that fit a reader the highest
    priority wins, then those with a condition, then chance by weight.
    """

    link = models.ForeignKey("affiliates.AffiliateLink", models.CASCADE, related_name="targets")
    url = models.TextField("address", max_length=MAX_URL_LENGTH)
    url_hash = models.CharField(max_length=64, editable=False, db_index=True)
    allows_http = models.BooleanField(
        "allow http", default=False, help_text="Only for a shop that has no https. Browsers may warn readers."
    )
    countries = models.CharField(
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z]{2}( [A-Z]{2})*\Z", "Two-letter codes such as US CA.")],
        help_text="Two-letter codes, such as US CA. Empty: everywhere. Needs a proxy that names the country.",
    )
    devices = models.CharField(
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                r"\A(desktop|phone|tablet)( (desktop|phone|tablet))*\Z", "Use desktop, phone and tablet."
            )
        ],
        help_text="desktop, phone or tablet. Empty: all.",
    )
    languages = models.CharField(
        max_length=80,
        blank=True,
        validators=[RegexValidator(r"\A[a-z]{2,3}( [a-z]{2,3})*\Z", "Language codes such as de fr.")],
        help_text="What the browser prefers, such as de fr. Empty: all.",
    )
    starts_at = models.DateTimeField("from", null=True, blank=True)
    ends_at = models.DateTimeField("until", null=True, blank=True)
    weight = models.PositiveSmallIntegerField(default=1, help_text="How often it is chosen among several.")
    priority = models.PositiveSmallIntegerField(default=0, help_text="Higher ones win.")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_constraint=False,
    )
    approved_at = models.DateTimeField(
        null=True, editable=False, help_text="When a person agreed to it; empty when it came with an import."
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_constraint=False,
    )

    objects = LinkTargetQuerySet.as_manager()

    class Meta:
        ordering = ["-is_active", "-priority", "-weight", "pk"]

    def __str__(self) -> str:
        return self.url

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and self._frozen() != getattr(self, "_stored", self._frozen()):
            raise TypeError("A target is history; add a new one instead.")
        self.url_hash = url_hash(self.url)
        super().save(*args, **kwargs)
        self._stored: Sequence[Any] = self._frozen()

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        found = super().from_db(*args, **kwargs)
        found._stored = found._frozen()
        return found

    def _frozen(self) -> tuple[Any, ...]:
        return tuple(self.__dict__.get(name) for name in FROZEN)

    @property
    def is_conditional(self) -> bool:
        return any(getattr(self, name) for name in CONDITIONS)

    @property
    def for_whom(self) -> str:
        """Say who is sent there, for an editor."""
        words = [
            self.countries.replace(" ", ", "),
            self.devices.replace(" ", ", "),
            f"browsers in {self.languages.replace(' ', ', ')}" if self.languages else "",
            f"from {self.starts_at:%Y-%m-%d %H:%M}" if self.starts_at else "",
            f"until {self.ends_at:%Y-%m-%d %H:%M}" if self.ends_at else "",
        ]
        return "; ".join(filter(None, words)) or "everyone"
