"""What a row of the audit log keeps besides its reason, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import AuditEvent

MAX_DIGITS = 18  # of a number that every database can look for

Record = Mapping[str, Any]


def plain(event: AuditEvent) -> str:
    """Return the details for a file: records with their keys, which stay when a name changes."""
    return "; ".join(_parts(event, lambda record: f"{_name(record)} ({record.get('key', '')})"))


def linked(event: AuditEvent, addresses: Mapping[str, str]) -> SafeString:
    """Return the details for a page: records that still exist lead to their own page."""

    def show(record: Record) -> str:
        address = addresses.get(str(record.get("key", "")))
        if address is None:
            return _name(record)
        return format_html('<a class="text-link underline" href="{}">{}</a>', address, _name(record))

    return format_html(
        "<span>{}</span>", format_html_join("; ", "{}", ((part,) for part in _parts(event, show)))
    )


def addresses_of(events: Iterable[AuditEvent], request: HttpRequest) -> dict[str, str]:
    """Return the pages of the records that exist and that this person may see: one query for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in events:
        for record in _records(event):
            kind, _, number = str(record.get("key", "")).partition(":")
            if number.isdecimal() and len(number) <= MAX_DIGITS:
                wanted[kind].add(int(number))
    found = {}
    for model, model_admin in admin.site._registry.items():
        kind = getattr(model_admin, "audit_kind", "")
        if kind in wanted and model_admin.has_view_permission(request):
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            existing = model._default_manager.filter(pk__in=wanted[kind]).values_list("pk", flat=True)
            found.update({f"{kind}:{pk}": reverse(name, args=[pk]) for pk in existing})
    return found


def _parts(event: AuditEvent, show: Callable[[Record], str]) -> list[str]:
    parts = [show(record) for record in _records(event)]
    for name, value in event.data.items():
        if name == "findings":
            parts += [f"{one['id']}: {one['message']}" for one in value]
        elif name == "from" and event.kind == AuditEvent.Kind.RECOMPILED:
            parts.append(f"edition {value} was shown before")
        elif name == "from":
            parts.append(f"from {_words(value)}")
        elif name != "records":
            parts.append(f"{name}: {_words(value)}")
    return parts


def _records(event: AuditEvent) -> list[Record]:
    return list(event.data.get("records") or [])


def _name(record: Record) -> str:
    return str(record.get("name") or record.get("key") or "a record")


def _words(value: Any) -> str:
    """Say whatever JSON can hold."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_words(one)}" for name, one in value.items()) or "nothing"
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "nothing"
    return _moment(str(value))


def _moment(text: str) -> str:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return text
    if moment is None or timezone.is_naive(moment):
        return text
    return date_format(timezone.localtime(moment), "j M Y, H:i")
