"""The history of references, links and disclaimers: simple-history's pages."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin


class RecordHistoryAdmin(SimpleHistoryAdmin):
    """An address without the number of a record is not found; simple-history would fail."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        response: HttpResponse = super().history_view(  # type: ignore[no-untyped-call]  # the library is not typed
            request, number(object_id), extra_context
        )
        return response

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        response: HttpResponse = super().history_form_view(  # type: ignore[no-untyped-call]  # the library is not typed
            request, number(object_id), number(version_id), extra_context
        )
        return response


def number(written: str) -> str:
    """Return a number that a database column holds. Raises Http404."""
    plain = unquote(written)
    if not plain.isdecimal() or len(plain) > 18:
        raise Http404("There is no such record.")
    return plain
