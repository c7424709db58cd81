"""Import and export of links in the admin: a file, then every row with what becomes of it, then one button."""

from __future__ import annotations

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
from unfold.widgets import UnfoldAdminFileFieldWidget

from affiliates.admin.recall_pages import person
from affiliates.exchange.dump import dump
from affiliates.exchange.formats import MAX_BYTES, FormatError, read
from affiliates.exchange.plan import apply, make_plan
from affiliates.models import AffiliateLink


class ImportForm(forms.Form):
    """A file on the first page; its text, as it was shown, on the second."""

    file = forms.FileField(
        label="File",
        required=False,
        widget=UnfoldAdminFileFieldWidget(
            attrs={"accept": ".csv,text/csv,text/plain"}
        ),  # its script wants it
        help_text="A CSV file of Chelate, or the export of Pretty Links or ThirstyAffiliates, up to 1 MB.",
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if file := values.get("file"):
            values["text"] = _decoded(file)
        if not values.get("text"):
            raise ValidationError("Choose a file.")
        try:
            values["format"], values["rows"] = read(values["text"])
        except FormatError as error:
            raise ValidationError(str(error)) from error
        return values


def _decoded(file: Any) -> str:
    if file.size > MAX_BYTES:
        raise ValidationError("The file is larger than 1 MB. Split it.")
    data: bytes = file.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what spreadsheets on Windows write


class ExchangeMixin:
    """Pages for files of an admin class of links."""

    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            wrapped = self.admin_site.admin_view(view)
            return cast("URLPattern", path(route, wrapped, name=f"affiliates_affiliatelink_{name}"))

        return [
            at("import/", import_view, "import"),
            at("export/", export_view, "export"),
            *super().get_urls(),  # type: ignore[misc]  # a mixin: the class beside it has the method
        ]


def import_view(request: HttpRequest) -> HttpResponse:
    """Show what a file would change; with `confirm`, change it."""
    if not request.user.has_perms(["affiliates.add_affiliatelink", "affiliates.change_affiliatelink"]):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        plan = make_plan(form.cleaned_data["rows"])
        if "confirm" in request.POST:
            counts = apply(plan, by=person(request))
            messages.success(request, _summary(counts))
            return redirect("admin:affiliates_affiliatelink_changelist")
        context |= {
            "plan": plan,
            "counts": plan.counts,
            "format": form.cleaned_data["format"],
            "text": form.cleaned_data["text"],
        }
    shared = {**site.each_context(request), "opts": AffiliateLink._meta, "title": "Import links"}
    return render(request, "affiliates/admin/import.html", {**shared, **context})


def _summary(counts: dict[str, int]) -> str:
    words = f"{counts['create']} new, {counts['update']} changed, {counts['unchanged']} as they were"
    return words + (f", {counts['error']} left out." if counts["error"] else ".")


def export_view(request: HttpRequest) -> HttpResponse:
    """Send every link."""
    if not request.user.has_perm("affiliates.view_affiliatelink"):
        raise PermissionDenied
    return as_file(AffiliateLink.objects.all())


def as_file(links: QuerySet[AffiliateLink]) -> HttpResponse:
    name = f"links-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(dump(links), content_type="text/csv; charset=utf-8", headers=headers)
