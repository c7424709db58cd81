"""Filters of the article list. None of them reads a whole table of people or articles."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, Edition


class ReadersFilter(SimpleListFilter):
    """What readers see of an article now."""

    title = "readers"
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("live", "Live"),
            ("scheduled", "Scheduled"),
            ("never", "Never published"),
            ("ended", "Taken down"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        editions = Edition.objects.filter(article=OuterRef("pk"))
        live = Exists(Edition.objects.live().filter(article=OuterRef("pk")))
        upcoming = Edition.objects.live_or_scheduled().filter(
            article=OuterRef("pk"), live_from__gt=timezone.now()
        )
        match self.value():
            case "live":
                return queryset.filter(live)
            case "scheduled":
                return queryset.filter(Exists(upcoming))
            case "never":
                return queryset.exclude(Exists(editions))
            case "ended":
                return queryset.filter(Exists(editions)).exclude(live).exclude(Exists(upcoming))
            case _:
                return queryset


class OwnerFilter(SimpleListFilter):
    """Mine or everybody's: a list of all logins would grow with the team."""

    title = "owner"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Mine"), ("nobody", "Without owner")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "yes":
            return queryset.filter(owner=request.user.pk)
        return queryset.filter(owner=None) if self.value() == "nobody" else queryset
