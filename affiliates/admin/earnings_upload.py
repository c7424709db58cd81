"""The first two steps of an import: the file, then what its columns mean where that is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from affiliates.admin.earnings_pages import allow, earnings_page, import_for, person, start_check
from affiliates.earnings import runs, services, uploads
from affiliates.earnings.errors import ReportError, UnknownHeader
from affiliates.earnings.forms import ColumnsForm, UploadForm, guess, initial_of
from affiliates.earnings.rules import signature
from affiliates.earnings.samples import sample_of
from affiliates.earnings.tables import Head
from affiliates.models import EarningsMapping, ImportFile

KEPT_RULES = ("kinds", "follow_status", "second", "delimiter")  # of a preset; the form does not show them


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a report and read it as far as it can be told how."""
    allow(request, "affiliates.add_importfile")
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["report"]
        record = ImportFile(
            network=form.cleaned_data["network"], name=file.name[:200], imported_by=person(request)
        )
        try:
            head = services.head_of(file)
        except ReportError as error:
            form.add_error("report", str(error))
        else:
            given = [one for one in (file, form.cleaned_data["second"]) if one]
            if begun := runs.same_file(record.network, given):
                return _go_on(request, begun, given)
            return _keep(record, head, given)
    return earnings_page(request, "earnings_upload", "Import a report", {"form": form})


def _keep(record: ImportFile, head: Head, files: Sequence[Any]) -> HttpResponse:
    try:
        services.recognise(record, head)
        is_known = True
    except UnknownHeader:
        is_known = False
    record.save()
    _store(record, files)
    record.save()
    if not is_known:
        return redirect("admin:affiliates_importfile_columns", record.pk)
    start_check(record)
    return redirect("admin:affiliates_importfile_change", record.pk)


def _go_on(request: HttpRequest, begun: ImportFile, files: Sequence[Any]) -> HttpResponse:
    """Lead to the import of this file that has begun; if it broke off and its file is gone, it has the file again."""
    if begun.is_broken_off and not begun.chunks.exists():
        _store(begun, files)
    messages.info(request, "This file is half written already. Here you see how far it is.")
    return redirect("admin:affiliates_importfile_change", begun.pk)


def _store(record: ImportFile, files: Sequence[Any]) -> None:
    record.size_bytes = 0
    for part, file in enumerate(files):
        file.seek(0)
        record.size_bytes += uploads.keep(record, file.chunks(), part)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the person say what the columns mean, and show at once how the first lines are then read."""
    allow(request, "affiliates.add_importfile")
    record = import_for(pk)
    may_change = record.state in (
        ImportFile.State.UPLOADED,
        ImportFile.State.CHECKED,
        ImportFile.State.FAILED,
    )
    if not may_change or record.position or not record.chunks.exists():
        return redirect("admin:affiliates_importfile_change", record.pk)
    sample = sample_of(record)
    header = sample.header
    initial = initial_of(record.mapping, header) if record.mapping else guess(header, sample.lines)
    form = ColumnsForm(request.POST or None, header=header, examples=sample.examples, initial=initial)
    read: list[Any] = []
    if form.is_valid() and form.rules:
        read = sample.read(form.rules)
        if "check" in request.POST:
            _remember(record, form, header, request)
            start_check(record)
            return redirect("admin:affiliates_importfile_change", record.pk)
    context = {"form": form, "record": record, "sample": sample, "read": read}
    return earnings_page(request, "earnings_columns", "What the columns mean", context)


def _remember(record: ImportFile, form: ColumnsForm, header: Sequence[str], request: HttpRequest) -> None:
    entry: dict[str, Any] = form.entry()
    kept: Mapping[str, Any] = record.mapping if record.mapping.get("mode") == entry["mode"] else {}
    entry |= {name: kept[name] for name in KEPT_RULES if name in kept}
    services.use_mapping(record, entry)
    record.message = ""
    record.save()
    if name := form.cleaned_data["name"]:
        EarningsMapping.objects.update_or_create(
            network=record.network,
            name=name,
            defaults={
                "rules": entry,
                "report_kind": record.report_kind,
                "header_signature": signature(header),
                "saved_by": person(request),
            },
        )
        messages.success(request, f"Files with these columns are now read as “{name}”.")
