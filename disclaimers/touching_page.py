"""The page that says which articles an edited rule would touch. It opens beside the form, which stays unsaved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from articles.models import Edition
from disclaimers import touching
from disclaimers.conditions import summary
from disclaimers.forms import DisclaimerForm
from disclaimers.models import Disclaimer
from disclaimers.rules import Record
from disclaimers.touching import Touched

SHOWN = 100
MOST = 1_000_000
CSRF = "csrfmiddlewaretoken"
CARRIED = PLACED, TAKEN, KEPT, LOOKED_AT = "_placed", "_taken", "_kept", "_looked_at"


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
        touched = touching.touched_by(before, _edited(form, before), so_far=_so_far(request.POST))
        context |= {"touched": touched, "shown": SHOWN, "again": _again(request.POST, touched)}
    shared = {**admin.admin_site.each_context(request), "opts": Disclaimer._meta}
    status = 200 if form.is_valid() else 400
    return render(request, "disclaimers/admin/touches.html", {**shared, **context}, status=status)


def _so_far(sent: QueryDict) -> Touched:
    """Return what the page before has found; numbers that are none are left out."""
    numbers = {
        name: [int(one) for one in sent.getlist(name) if one.isdecimal() and len(one) < 19]
        for name in CARRIED
    }
    live = Edition.objects.live().only("article_id", "title").in_bulk({*numbers[PLACED], *numbers[TAKEN]})
    return Touched(
        placed=[live[one] for one in numbers[PLACED] if one in live],
        taken=[live[one] for one in numbers[TAKEN] if one in live],
        kept_count=sum(numbers[KEPT][:1]),
        looked_at_count=min(sum(numbers[LOOKED_AT][:1]), MOST),
    )


def _again(sent: QueryDict, touched: Touched) -> list[tuple[str, Any]]:
    """Return the form as it was sent and what was found by now, as hidden fields of the next question."""
    form = [
        (name, value) for name, values in sent.lists() if name not in {*CARRIED, CSRF} for value in values
    ]
    return [
        *form,
        *((PLACED, edition.pk) for edition in touched.placed),
        *((TAKEN, edition.pk) for edition in touched.taken),
        (KEPT, touched.kept_count),
        (LOOKED_AT, touched.looked_at_count),
    ]


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
