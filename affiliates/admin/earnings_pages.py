"""The page of one import: what was found, writing it, giving it up, taking it back."""

from __future__ import annotations

import csv
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from affiliates.earnings import runs, services, uploads
from affiliates.earnings.errors import ReportError
from affiliates.earnings.rules import load
from affiliates.earnings.samples import sample_of
from affiliates.earnings.tasks import check_import, undo_import, write_import
from affiliates.models import ImportFile

State = ImportFile.State
INLINE_BYTES = 1_000_000  # about 8,000 rows, two seconds; more is the worker's
INLINE_ROWS = 5_000
SHOWN_REJECTED = 25


def allow(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def import_for(pk: str | int) -> ImportFile:
    """Return an import with its network. Raises Http404."""
    key = str(pk)
    found = ImportFile.objects.select_related("network", "imported_by", "undone_by")
    record = found.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if record is None:
        raise Http404("There is no such import.")
    return record


def earnings_page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    """Render affiliates/admin/<name>.html inside the admin."""
    shared = {
        **site.each_context(request),
        "opts": ImportFile._meta,
        "title": title,
        "may_import": request.user.has_perm("affiliates.add_importfile"),
        "may_change": request.user.has_perm("affiliates.change_importfile"),
    }
    return render(request, f"affiliates/admin/{name}.html", {**shared, **context})


def start_check(record: ImportFile) -> None:
    """Check a small file at once and leave a large one to the worker."""
    if record.size_bytes <= INLINE_BYTES:
        try:
            services.check(record, uploads.files_of(record))
        except ReportError:
            return  # its record says why
    else:
        record.state, record.bytes_read, record.seen_at = State.CHECKING, 0, None
        with transaction.atomic():
            record.save()
            check_import.enqueue(record.pk)


def detail(request: HttpRequest, object_id: str) -> HttpResponse:
    allow(request, "affiliates.view_importfile")
    record = import_for(object_id)
    if record.state == State.UPLOADED and record.chunks.exists():
        return redirect("admin:affiliates_importfile_columns", record.pk)
    is_checked = record.state == State.CHECKED
    context = {
        "record": record,
        "read": sample_of(record).read(load(record.mapping)) if is_checked else [],
        "totals": [
            {
                "currency": currency,
                **{name: Decimal(value) for name, value in found.items()},
                "share": _share(found),
            }
            for currency, found in record.totals.items()
        ],
        "adds_nothing": not (record.new_count or record.corrected_count),
        "is_busy": record.state in record.BUSY and not record.is_broken_off,
        "is_broken_off": record.is_broken_off,
        "ahead": runs.ahead_of(record) if is_checked else None,
        "has_file": record.chunks.exists(),
        "has_rows": may_be_undone(record),
        "shown_rejected": record.rejected[:SHOWN_REJECTED],
        "progress": min(100, 100 * record.bytes_read // max(1, record.size_bytes)),
    }
    return earnings_page(request, "earnings_detail", record.name, context)


def _share(found: dict[str, str]) -> int | None:
    """Return how much of the commission is joined to articles, in percent; None where that means nothing."""
    commission, attributed = Decimal(found["commission"]), Decimal(found["attributed"])
    return round(100 * attributed / commission) if commission > 0 and 0 <= attributed <= commission else None


def may_be_undone(record: ImportFile) -> bool:
    """Return whether an import, perhaps a broken-off one, has written anything."""
    return record.conversions.exists() or record.click_days.exists()


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a checked file to the ledger; a second click on the button finds it taken."""
    allow(request, "affiliates.add_importfile")
    record = import_for(pk)
    if other := runs.ahead_of(record):
        messages.error(request, f"First end the import of “{other}”, which broke off in the middle.")
    elif not start_write(request, record):
        messages.info(request, "This import is already under way.")
    return redirect("admin:affiliates_importfile_change", record.pk)


def start_write(request: HttpRequest, record: ImportFile) -> bool:
    """Write a small file at once and leave a large one to the worker. Return False if another has taken it."""
    own = ImportFile.objects.filter(pk=record.pk, state=record.state, attempt=record.attempt)
    if record.state != State.CHECKED and not record.is_broken_off:
        return False
    with transaction.atomic():
        if not own.update(state=State.WRITING, bytes_read=0, seen_at=None):
            return False
        is_small = record.size_bytes <= INLINE_BYTES
        if not is_small:
            write_import.enqueue(record.pk)
    if is_small:
        record.refresh_from_db()
        try:
            services.write(record, uploads.files_of(record))
        except (ReportError, runs.TakenOver):
            return True  # its record says why; another run has it
        messages.success(request, "Written to the ledger. The reports show it now.")
    return True


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a file that was not written."""
    allow(request, "affiliates.add_importfile")
    record = import_for(pk)
    is_idle = record.state in (State.UPLOADED, State.CHECKED, State.FAILED) or record.is_broken_off
    if is_idle and not may_be_undone(record):
        record.delete()
        messages.success(request, "The file is forgotten. Nothing was written.")
        return redirect("admin:affiliates_importfile_changelist")
    messages.error(request, "It is being read or was written; it can be undone, not forgotten.")
    return redirect("admin:affiliates_importfile_change", record.pk)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what taking an import back means, then do it."""
    allow(request, "affiliates.change_importfile")
    record = import_for(pk)
    if record.state not in (State.DONE, State.FAILED) and not record.is_broken_off:
        return redirect("admin:affiliates_importfile_change", record.pk)
    later = services.later_imports(record)
    if request.method == "POST" and not later:
        start_undo(request, record)
        return redirect("admin:affiliates_importfile_change", record.pk)
    context = {
        "record": record,
        "later": later,
        "row_count": record.conversions.count(),
        "totals": [(currency, Decimal(found["commission"])) for currency, found in record.totals.items()],
    }
    return earnings_page(request, "earnings_undo", "Undo", context)


def start_undo(request: HttpRequest, record: ImportFile) -> None:
    """Take a small import back at once and leave a large one to the worker."""
    user = person(request)
    if record.conversions.count() <= INLINE_ROWS:
        with suppress(runs.TakenOver):  # somebody else's click was later
            services.undo(record, by=user)
            messages.success(request, "Taken back. The ledger shows both, what was written and its opposite.")
        return
    with transaction.atomic():
        ImportFile.objects.filter(pk=record.pk).update(state=State.UNDOING, bytes_read=0, seen_at=None)
        undo_import.enqueue(record.pk, user.pk if user else None)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what broke off: the checking, the writing or the undoing."""
    allow(request, "affiliates.add_importfile")
    record = import_for(pk)
    if not record.is_broken_off:
        messages.info(request, "This import is already under way.")
    elif record.state == State.UNDOING:
        allow(request, "affiliates.change_importfile")
        start_undo(request, record)
    elif not record.chunks.exists():
        messages.error(request, "Its file is not kept here. Import the same file again, and it goes on.")
        return redirect("admin:affiliates_importfile_add")
    elif record.state == State.CHECKING:
        start_check(record)
    else:
        start_write(request, record)
    return redirect("admin:affiliates_importfile_change", record.pk)


def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the rejected lines with their reasons."""
    allow(request, "affiliates.view_importfile")
    record = import_for(pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-{record.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow(["line", "reason", "text"])
    for entry in record.rejected:
        # A leading quote keeps a spreadsheet from taking the text of a stranger for a formula.
        text = str(entry["text"])
        writer.writerow(
            [entry["line"], entry["reason"], f"'{text}" if text[:1] in "=+-@\t\r" and text else text]
        )
    return response
