from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest


class YesFilter(SimpleListFilter):
    """A filter with one choice."""

    choice = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("yes", self.choice)]


class UsedFilter(SimpleListFilter):
    title = "use"
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("yes", "Shown in an article"), ("no", "In no article")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.filter(used_in__gt=0)
        return queryset.filter(used_in=0) if self.value() == "no" else queryset


class DoubtFilter(YesFilter):
    title = "doubt"
    parameter_name = "doubt"
    choice = "One source speaks of a retraction"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.exclude(doubt="") if self.value() == "yes" else queryset


class NumberFilter(YesFilter):
    title = "identifier"
    parameter_name = "number"
    choice = "Has no DOI, PMID, PMC or Bookshelf number"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(doi="", pmid="", pmcid="", nbk="", arxiv="")
