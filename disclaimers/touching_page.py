"""The page that says which articles an edited rule would touch. It opens beside the form, which stays unsaved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from disclaimers import touching
from disclaimers.conditions import summary
from disclaimers.forms import DisclaimerForm
from disclaimers.models import Disclaimer
from disclaimers.rules import Record

SHOWN = 100


@require_POST
def touches(
    request: HttpRequest, admin: ModelAdmin[Disclaimer], object_id: str | None = None
) -> HttpResponse:
    """Answer the form as it stands. Raises Http404, PermissionDenied."""
    if not request.user.has_perm("disclaimers.change_disclaimer"):
        raise PermissionDenied
    disclaimer = _saved(object_id) if object_id is not None else None
    before = disclaimer.as_record() if disclaimer and disclaimer.current else None
    form_class = admin.get_form(request, disclaimer, change=disclaimer is not None)
    form = cast("DisclaimerForm", form_class(request.POST, instance=disclaimer))
    context: dict[str, Any] = {"title": "What this rule would touch", "form": form, "original": disclaimer}
    if form.is_valid():
        context["rule"] = summary(form.instance.when)
        context["touched"] = touching.touched_by(before, _edited(form, before))
        context["shown"] = SHOWN
    shared = {**admin.admin_site.each_context(request), "opts": Disclaimer._meta}
    status = 200 if form.is_valid() else 400
    return render(request, "disclaimers/admin/touches.html", {**shared, **context}, status=status)


def _saved(object_id: str) -> Disclaimer:
    found = Disclaimer.objects.select_related("current")
    disclaimer = (
        found.filter(pk=int(object_id)).first() if object_id.isdecimal() and len(object_id) < 19 else None
    )
    if disclaimer is None:
        raise Http404("There is no such disclaimer.")
    return disclaimer


def _edited(form: DisclaimerForm, before: Record | None) -> Record:
    """Return the record as it would be after saving."""
    heading, text, _ = form.wording
    now: Disclaimer = form.instance
    blank = before or Record(id=0, slug=now.slug, version=0, family=now.family, kind=now.kind, text=text)
    return replace(
        blank,
        family=now.family,
        kind=now.kind,
        heading=heading,
        text=text,
        jurisdictions=tuple(now.jurisdictions),
        locale=now.locale,
        when=now.when,
        slot=now.slot,
        priority=now.priority,
        is_active=now.is_active,
    )
