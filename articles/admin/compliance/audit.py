"""The audit log: who did what to what readers see. Nobody can change it here."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.decorators import display

from articles.admin.compliance import audit_words
from articles.models import AuditEvent

COLUMNS = ("at", "what", "article", "edition", "by", "reason", "details")


class Echo:
    """A file that hands every line on as it is written."""

    def write(self, value: str) -> str:
        return value


@admin.register(AuditEvent)
class AuditEventAdmin(ModelAdmin):
    nav_icon = "history_edu"
    change_list_template = "articles/admin/compliance/audit.html"
    list_display = ("when", "kind", "article", "who", "reason", "details")
    list_display_links = None
    empty_value_display = ""
    list_filter = ("kind", ("at", RangeDateFilter))
    list_filter_submit = True
    list_select_related = ("article", "edition")
    list_per_page = 100
    search_fields = ("article__title", "actor_name", "reason")
    search_help_text = "Search articles, names and reasons"
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        return False

    @display(description="When", ordering="at")
    def when(self, event: AuditEvent) -> str:
        return date_format(timezone.localtime(event.at), "j M Y, H:i")

    @display(description="Who")
    def who(self, event: AuditEvent) -> str:
        return event.actor_name or "Chelate"

    @display(description="Details")
    def details(self, event: Any) -> SafeString:
        return audit_words.linked(event, event.addresses)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Look up at once what all the rows of the page name."""
        response: Any = super().changelist_view(request, extra_context)
        if changelist := (getattr(response, "context_data", None) or {}).get("cl"):
            addresses = audit_words.addresses_of(changelist.result_list, request)
            for event in changelist.result_list:
                event.addresses = addresses
        return response

    def get_urls(self) -> list[URLPattern]:
        view = path("export/", self.admin_site.admin_view(self.export), name="articles_audit_export")
        return [view, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The rows of the list, with its filters, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found: QuerySet[AuditEvent] = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseBadRequest("There is no such filter. Go back to the log and choose again.")
        response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate()}.csv"'
        return response


def _lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for event in events.select_related("article", "edition").iterator(chunk_size=500):
        yield writer.writerow([_safe(value) for value in _row(event)])


def _row(event: AuditEvent) -> tuple[Any, ...]:
    moment: datetime = event.at
    return (
        moment.isoformat(timespec="seconds"),
        event.get_kind_display(),
        event.article.title if event.article else "",
        event.edition.number if event.edition else "",
        event.actor_name or "Chelate",
        event.reason,
        audit_words.plain(event),
    )


def _safe(value: Any) -> Any:
    """A cell that begins like a formula would be one in a spreadsheet."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
