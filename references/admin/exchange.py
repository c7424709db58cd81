"""Import and export of the library in the admin: a file, then every entry with what becomes of it, then one button."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from articles.admin.pages import actor, posted
from references import formats, importing
from references.models import Reference

ACCEPTED = ".bib,.bibtex,.ris,.nbib,.json,.txt,.xml,.enw"
MAX_BYTES = 5_000_000
EXPORTED = ("bibtex", "ris", "csl-json", "nbib")


class ImportForm(forms.Form):
    """A file on the first page; its bytes, as they were shown, on the second."""

    file = forms.FileField(
        label="File",
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="From Zotero, Mendeley, EndNote, JabRef, PubMed, Web of Science, Crossref …, up to 5 MB.",
    )
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    sent = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if file := values.get("file"):
            if file.size > MAX_BYTES:
                raise ValidationError("The file is larger than 5 MB. Split it up.")
            values["data"], values["name"] = file.read(), file.name[:200]
        elif sent := values.get("sent"):
            values["data"] = _unpacked(sent)
        else:
            raise ValidationError("Choose a file.")
        try:
            values["plan"] = importing.make_plan(values["data"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return values


def _packed(data: bytes) -> str:
    """Return the file as a form field: Django takes 2.5 MB of these, and bibliographies shrink to a quarter."""
    return base64.b64encode(zlib.compress(data)).decode()


def _unpacked(sent: str) -> bytes:
    try:
        return zlib.decompressobj().decompress(base64.b64decode(sent, validate=True), MAX_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise ValidationError("The file was not sent as it was shown. Choose it again.") from error


class ExchangePages:
    """Mixed into the admin class of the library."""

    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        wrapped = self.admin_site.admin_view(import_view)
        page = cast("URLPattern", path("import/", wrapped, name="references_reference_import"))
        return [page, *super().get_urls()]  # type: ignore[misc]  # a mixin: the class beside it has the method

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = super().get_actions(request)  # type: ignore[misc]  # a mixin: the class beside it has the method
        for kind in EXPORTED:
            name = f"export_{kind.replace('-', '_')}"
            found[name] = (_exporter(kind), name, f"Export as {formats.FORMATS[kind].label}")
        return found


def import_view(request: HttpRequest) -> HttpResponse:
    """Show what a file would change; with `confirm`, change it."""
    if not (
        request.user.has_perm("references.add_reference")
        and request.user.has_perm("references.change_reference")
    ):
        raise PermissionDenied
    form = ImportForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        plan, name = form.cleaned_data["plan"], form.cleaned_data["name"]
        if "confirm" in request.POST:
            done = importing.apply(plan, by=actor(request), name=name)
            messages.success(request, _summary(done, plan.counts))
            return redirect("admin:references_reference_changelist")
        context |= {
            "plan": plan,
            "counts": plan.counts,
            "format": formats.FORMATS[plan.kind],
            "name": name,
            "sent": _packed(form.cleaned_data["data"]),
        }
    shared = {**site.each_context(request), "opts": Reference._meta, "title": "Import references"}
    return render(request, "references/admin/import.html", {**shared, **context})


def _summary(done: Any, planned: Any) -> str:
    words = (
        f"{done['create']} new, {done['fill']} completed, {planned['keep'] + planned['twin']} as they were"
    )
    return words + (f", {planned['error']} left out." if planned["error"] else ".")


def _exporter(kind: str) -> Callable[[Any, HttpRequest, QuerySet[Reference]], HttpResponse]:
    def export(model_admin: Any, request: HttpRequest, chosen: QuerySet[Reference]) -> HttpResponse:
        return as_file(chosen, kind)

    return export


def as_file(chosen: QuerySet[Reference], kind: str) -> HttpResponse:
    found = formats.FORMATS[kind]
    name = f"references-{timezone.localdate():%Y-%m-%d}.{found.extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    works = list(chosen.order_by("citekey"))
    return HttpResponse(
        importing.export(works, kind), content_type=f"{found.content_type}; charset=utf-8", headers=headers
    )
