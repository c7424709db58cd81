"""What is known about where links really lead: hosts, and where a shop has moved a page. No other address is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

ALERT_AFTER = 2  # failing checks in a row: one bad answer may be a shop's bad night


class State(models.TextChoices):
    OK = "ok", "OK"
    MOVED = "moved", "Moved"
    OPAQUE = "opaque", "Hidden"
    GONE = "gone", "Gone"
    SOFT_GONE = "soft_gone", "Gone, but says OK"
    WRONG_MERCHANT = "wrong_merchant", "Wrong shop"
    TAG_LOST = "tag_lost", "Tag lost"
    BLOCKED = "blocked", "Checker refused"
    UNREACHABLE = "unreachable", "No answer"


TROUBLE = (State.GONE, State.SOFT_GONE, State.WRONG_MERCHANT, State.TAG_LOST)
UNKNOWN = (State.BLOCKED, State.UNREACHABLE)  # never a verdict


class LinkHealthQuerySet(models.QuerySet["LinkHealth"]):
    def in_use(self) -> Self:
        """Targets that a live link leads to now."""
        return self.filter(target__is_active=True, target__link__status="live")

    def due(self, now: datetime) -> Self:
        return self.in_use().filter(next_check_at__lte=now)

    def alerts(self) -> Self:
        """What somebody should look at: failed often enough, and nobody has accepted it as it stands."""
        accepted = Q(accepted_at__isnull=False, accepted_state=F("state"), accepted_host=F("final_host"))
        return self.in_use().filter(state__in=TROUBLE, trouble_count__gte=ALERT_AFTER).exclude(accepted)

    def with_link(self) -> Self:
        return self.select_related("target__link__network", "target__link__program")


class LinkHealth(models.Model):
    """The present state of one target. A check that learns nothing leaves a trouble standing."""

    target = models.OneToOneField(
        "affiliates.LinkTarget", models.CASCADE, related_name="health", primary_key=True
    )
    state = models.CharField(
        max_length=16, choices=State, blank=True, help_text="Empty until the first check."
    )
    detail = models.CharField(max_length=200, blank=True)
    final_host = models.CharField(max_length=253, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    moved_to = models.TextField(
        blank=True,
        default="",
        help_text="The target's address with the page where the shop has moved it for good.",
    )
    next_check_at = models.DateTimeField(default=timezone.now, db_index=True)
    trouble_count = models.PositiveIntegerField(default=0, help_text="Failing checks in a row.")
    trouble_since = models.DateTimeField(null=True)
    unknown_count = models.PositiveIntegerField(default=0, help_text="Checks in a row that learned nothing.")
    reported_at = models.DateTimeField(null=True, help_text="When the mail about it went out.")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    accepted_state = models.CharField(max_length=16, blank=True)
    accepted_host = models.CharField(max_length=253, blank=True)

    objects = LinkHealthQuerySet.as_manager()

    class Meta:
        ordering = ["target"]
        verbose_name = verbose_name_plural = "link health"

    def __str__(self) -> str:
        return str(self.target.link)

    @property
    def is_trouble(self) -> bool:
        return self.state in TROUBLE

    @property
    def is_accepted(self) -> bool:
        same = (self.accepted_state, self.accepted_host) == (self.state, self.final_host)
        return self.accepted_at is not None and same

    @property
    def is_alert(self) -> bool:
        return self.is_trouble and self.trouble_count >= ALERT_AFTER and not self.is_accepted


class LinkCheck(models.Model):
    """One check of one target: history, deleted after a while."""

    target = models.ForeignKey("affiliates.LinkTarget", models.CASCADE, related_name="checks")
    checked_at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(max_length=16, choices=State)
    detail = models.CharField(max_length=200, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    hosts = models.JSONField(default=list, help_text="The hosts that it went through, in order.")
    final_host = models.CharField(max_length=253, blank=True)
    has_tag = models.BooleanField(null=True, help_text="Empty where the network keeps no tag in the address.")
    asked_shop = models.BooleanField(
        default=False, help_text="The shop was asked directly, without the network in between."
    )
    next_check_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return self.get_state_display()


class CheckRun(models.Model):
    """One run of the checker: its progress, and the lock that keeps a second one from asking the same hosts."""

    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    is_running = models.BooleanField(default=True)
    total_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_running"],
                condition=Q(is_running=True),
                name="affiliates_checkrun_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.done_count} of {self.total_count}"


class LinkReplacement(models.Model):
    """Who replaced what by what, where, and why. The row that undoing starts from."""

    link = models.ForeignKey("affiliates.AffiliateLink", models.CASCADE, related_name="replacements")
    new_link = models.ForeignKey(
        "affiliates.AffiliateLink", models.CASCADE, null=True, related_name="+",
        help_text="Empty when the link stayed and its address changed.",
    )  # fmt: skip
    old_url = models.TextField(blank=True)
    new_url = models.TextField(blank=True)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    made_at = models.DateTimeField(default=timezone.now)
    changes = models.JSONField(default=list, help_text="Per article: the revisions before and after.")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link} replaced"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and set(kwargs.get("update_fields") or ()) - {"undone_at", "undone_by"}:
            raise TypeError("What was replaced is history; undo it instead.")
        super().save(*args, **kwargs)
