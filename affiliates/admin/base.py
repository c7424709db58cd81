from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin


class ListAdmin(ModelAdmin):
    """A list that says what to do while it is empty, and never counts the whole table for its heading."""

    empty_hint = ""
    list_before_template: Any = "affiliates/admin/empty_hint.html"
    show_full_result_count = False
    list_per_page = 50


class ReadOnlyAdmin(ListAdmin):
    """Records that the site writes itself."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
