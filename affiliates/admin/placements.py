from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from affiliates.admin.base import ReadOnlyAdmin
from affiliates.counts import DAYS, ROUTING, clicks_in_words, with_clicks
from affiliates.models import Placement


@admin.register(Placement)
class PlacementAdmin(ReadOnlyAdmin):
    nav_icon = "pin_drop"
    empty_hint = "Every use of a link in a published article appears here by itself, with its clicks."
    list_display = ["show_article", "link", "show_clicks", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["article", *ROUTING]
    search_fields = ["public_id", "article__title", "link__title", "link__slug"]
    fields = [
        "article", "link", "where", "public_id", "first_edition", "last_edition", "is_active", "all_clicks",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        found: QuerySet[Placement] = with_clicks(super().get_queryset(request), "placement")
        return found

    @display(description="Place", header=True)
    def show_article(self, obj: Placement) -> list[str]:
        return [obj.article.title if obj.article else "A deleted article", obj.where]

    @display(description=f"Clicks, {DAYS} days", ordering="human_clicks", header=True)
    def show_clicks(self, obj: Any) -> list[str]:
        return clicks_in_words(obj)

    @display(description=f"Clicks, {DAYS} days")
    def all_clicks(self, obj: Any) -> str:
        return ", ".join(filter(None, clicks_in_words(obj)))
