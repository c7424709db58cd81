from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest
from unfold.admin import ModelAdmin

MAX_DIGITS = 18  # of a number that every database can look for


class NumberSelect(AutocompleteSelect):
    """Django looks for whatever was sent when it shows a form again, and fails at what is no number."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        numbers = [
            one for one in value if one == "" or (str(one).isdecimal() and len(str(one)) <= MAX_DIGITS)
        ]
        return super().optgroups(name, numbers, attrs)


class ListAdmin(ModelAdmin):
    """A list that says what to do while it is empty, and never counts the whole table for its heading."""

    empty_hint = ""
    list_before_template: Any = "affiliates/admin/empty_hint.html"
    show_full_result_count = False
    list_per_page = 50

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = NumberSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Find nothing under what is no number, or one that no database can hold."""
        if not object_id.isdecimal() or len(object_id) > MAX_DIGITS:
            return None
        return super().get_object(request, object_id, from_field)


class ReadOnlyAdmin(ListAdmin):
    """Records that the site writes itself."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
