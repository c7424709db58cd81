"""Merge: choose the other one, see both side by side, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles.admin.pages import actor
from references import merging, refreshing
from references.admin.forms import MergeForm
from references.models import Reference
from references.verification import titles

MOST_ALIKE = 10


def view(request: HttpRequest, object_id: str) -> HttpResponse:
    from references.admin.pages import page, reference_of

    kept = reference_of(request, object_id)
    if not request.user.has_perm("references.delete_reference"):
        raise PermissionDenied
    sent = request.POST or request.GET
    form = MergeForm(kept, sent if "other" in sent else None)
    context: dict[str, Any] = {"kept": kept, "form": form, "rows": [], "dropped": None}
    if form.is_valid():
        dropped = form.cleaned_data["other"]
        try:
            merging.refuse(kept, dropped)
            if request.method == "POST" and "merge" in request.POST:
                merging.merge(kept, dropped, by=actor(request))
                messages.success(request, f"Merged. [@{dropped.citekey}] goes on to work.")
                return redirect("admin:references_reference_change", kept.pk)
        except merging.CannotMerge as error:
            form.add_error("other", str(error))
        else:
            likeness = titles.compare(kept.title, dropped.title).likeness
            context |= {
                "dropped": dropped,
                "rows": _rows(kept, dropped),
                "titles_differ": likeness in {"different", "unsure"},
            }
    context["alike"] = [] if context["dropped"] else alike(kept)
    return page(request, "merge", "Merge", context)


def alike(reference: Reference) -> list[Reference]:
    """Return works that may be the same one: same first author and year, or the same beginning of the title."""
    found = Reference.objects.exclude(pk=reference.pk)
    near = found.filter(title__istartswith=reference.title[:30]) if reference.title else found.none()
    if reference.first_author and reference.year:
        near = near | found.filter(first_author__iexact=reference.first_author, year=reference.year)
    return list(near.order_by("citekey")[:MOST_ALIKE])


def _rows(kept: Reference, dropped: Reference) -> list[dict[str, str]]:
    """Return what both say, field by field; `stays` is what remains."""
    rows = []
    for name, label in refreshing.LABELS.items():
        ours = refreshing.shown(kept.csl.get(name), name)
        theirs = refreshing.shown(dropped.csl.get(name), name)
        if ours or theirs:
            rows.append({"label": label, "ours": ours, "theirs": theirs, "stays": ours or theirs})
    return rows
