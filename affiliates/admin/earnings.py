"""Imports of what networks paid: the list, the pages of one import, and the saved column mappings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from unfold.decorators import display

from affiliates.admin import earnings_pages, earnings_upload
from affiliates.admin.base import ListAdmin, ReadOnlyAdmin
from affiliates.admin.ledger import money
from affiliates.models import EarningsMapping, ImportFile

BROKEN_OFF = "Broken off"
STATES = {
    ImportFile.State.DONE.label: "success",
    ImportFile.State.CHECKED.label: "info",
    ImportFile.State.UPLOADED.label: "info",
    ImportFile.State.CHECKING.label: "warning",
    ImportFile.State.WRITING.label: "warning",
    ImportFile.State.UNDOING.label: "warning",
    ImportFile.State.FAILED.label: "danger",
    BROKEN_OFF: "danger",
}


@admin.register(ImportFile)
class ImportFileAdmin(ReadOnlyAdmin):
    nav_icon = "upload_file"
    empty_hint = (
        "Download the transaction report of a network as CSV and import it here. You first see what it says, and every "
        "import can be undone."
    )
    list_display = ["show_file", "show_state", "show_period", "show_rows", "show_totals", "show_when"]
    list_filter = ["network", "state", "report_kind"]
    list_select_related = ["network", "imported_by"]
    search_fields = ["name", "sha256"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("affiliates.add_importfile"))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return earnings_upload.upload(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return earnings_pages.detail(request, object_id)

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            return path(route, self.admin_site.admin_view(view), name=f"affiliates_importfile_{name}")

        own = [
            page("<int:pk>/columns/", earnings_upload.columns, "columns"),
            page("<int:pk>/write/", earnings_pages.write, "write"),
            page("<int:pk>/discard/", earnings_pages.discard, "discard"),
            page("<int:pk>/undo/", earnings_pages.undo, "undo"),
            page("<int:pk>/resume/", earnings_pages.resume, "resume"),
            page("<int:pk>/rejected.csv", earnings_pages.rejected, "rejected"),
        ]
        return [*own, *super().get_urls()]

    @display(description="Report", ordering="name", header=True)
    def show_file(self, obj: ImportFile) -> list[str]:
        return [obj.name, " · ".join(filter(None, [str(obj.network), obj.mapping_name]))]

    @display(description="State", ordering="state", label=STATES)
    def show_state(self, obj: ImportFile) -> str:
        return BROKEN_OFF if obj.is_broken_off else obj.get_state_display()

    @display(description="Period", ordering="period_from")
    def show_period(self, obj: ImportFile) -> str:
        if not obj.period_from or not obj.period_until:
            return ""
        days = dict.fromkeys(date_format(day, "j M Y") for day in (obj.period_from, obj.period_until))
        return " to ".join(days)

    @display(description="Rows", header=True)
    def show_rows(self, obj: ImportFile) -> list[str]:
        counts = [
            (obj.new_count, "new"),
            (obj.corrected_count, "corrected"),
            (obj.duplicate_count, "known"),
            (obj.rejected_count, "rejected"),
        ]
        return [f"{obj.read_count:,}", ", ".join(f"{count:,} {word}" for count, word in counts if count)]

    @display(description="Added to the ledger")
    def show_totals(self, obj: ImportFile) -> str:
        if obj.state not in (ImportFile.State.DONE, ImportFile.State.UNDOING):
            return ""
        return ", ".join(
            money(Decimal(found["commission"]), currency) for currency, found in obj.totals.items()
        )

    @display(description="Imported", ordering="created_at", header=True)
    def show_when(self, obj: ImportFile) -> list[str]:
        person = str(obj.imported_by) if obj.imported_by else "from the command line"
        return [date_format(timezone.localtime(obj.imported_at or obj.created_at), "j M Y"), person]


@admin.register(EarningsMapping)
class EarningsMappingAdmin(ListAdmin):
    nav_icon = "view_column"
    empty_hint = (
        "How the columns of a report are read. Mappings are saved while importing, and files with the same columns "
        "then use them by themselves. Reports of the large networks need none."
    )
    list_display = ["name", "network", "report_kind", "show_columns", "saved_at"]
    ordering = ["name"]
    empty_value_display = ""
    list_filter = ["network", "report_kind"]
    list_select_related = ["network"]
    search_fields = ["name"]
    fields = ["name", "network", "report_kind", "show_columns"]
    readonly_fields = ["network", "report_kind", "show_columns"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @display(description="Columns")
    def show_columns(self, obj: EarningsMapping) -> str:
        columns = obj.rules.get("columns", {})
        return ", ".join(str(name[0] if isinstance(name, list) else name) for name in columns.values())
