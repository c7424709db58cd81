"""Add by number: look, then take."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles.admin.pages import actor, posted
from references import adding
from references.admin.forms import AddForm
from references.formatting import format_reference
from references.lookup_views import title_of


def view(request: HttpRequest) -> HttpResponse:
    from references.admin.pages import page

    if not request.user.has_perm("references.add_reference"):
        raise PermissionDenied
    form = AddForm(posted(request))
    context = {"form": form, "found": [], "why": "", "what": ""}
    if form.is_valid():
        what = form.cleaned_data["what"]
        if "take" in request.POST and (reference := adding.add(what, by=actor(request))):
            messages.success(request, f"Added as [@{reference.citekey}].")
            return redirect("admin:references_reference_change", reference.pk)
        found = adding.find(what)
        rows = [(one, title_of(one), format_reference(one.incoming.item)) for one in found.candidates]
        context |= {"found": rows, "why": found.why, "what": what}
    return page(request, "by_number", "Add by number", context)
