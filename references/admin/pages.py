"""Pages of one work: what the sources say, what follows, and what an editor makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import site
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from articles.admin.access import access_to
from articles.admin.pages import actor
from articles.models import Article
from references import acknowledging, lookup_views, refreshing
from references.admin import adding_page, merging_page
from references.admin.forms import AcceptForm, AcknowledgeForm
from references.models import Acknowledgement, EditorialStatus, Reference, Verification, VerificationState
from references.verification import service

State = VerificationState
QUESTIONABLE = {State.MISMATCH, State.RESOLVED, State.TRUNCATED}
SHOWN = 12


class SourcePages:
    """Mixed into the admin class of the library."""

    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return cast(
                "URLPattern",
                path(route, self.admin_site.admin_view(view), name=f"references_reference_{name}"),
            )

        return [
            at("look-up/", lookup_views.look_up, "look_up"),
            at("take/", lookup_views.take, "take"),
            at("add-by-number/", adding_page.view, "by_number"),
            at("<path:object_id>/sources/", sources, "sources"),
            at("<path:object_id>/merge/", merging_page.view, "merge"),
            *super().get_urls(),  # type: ignore[misc]  # a mixin: the class beside it has the method
        ]


def reference_of(request: HttpRequest, object_id: str, right: str = "change") -> Reference:
    if not request.user.has_perm(f"references.{right}_reference"):
        raise PermissionDenied
    plain = unquote(object_id)
    found = Reference.objects.filter(pk=int(plain)).first() if plain.isdecimal() and len(plain) < 19 else None
    if found is None:
        raise Http404("There is no such reference.")
    return found


def page(request: HttpRequest, name: str, title: str, context: Mapping[str, Any]) -> HttpResponse:
    shared = {**site.each_context(request), "opts": Reference._meta, "title": title}
    return render(request, f"references/admin/{name}.html", {**shared, **context})


def sources(request: HttpRequest, object_id: str) -> HttpResponse:
    """Show what the sources say of a work; do one of DOINGS."""
    reference = reference_of(request, object_id, "change" if request.method == "POST" else "view")
    forms = {
        "accept": AcceptForm(prefix="accept"),
        "acknowledge": AcknowledgeForm(reference, prefix="acknowledge"),
    }
    if request.method == "POST":
        doing = DOINGS.get(request.POST.get("do", ""))
        if doing is None:
            raise Http404("There is nothing to do.")
        refused = doing(request, reference)
        if refused is None:
            return redirect("admin:references_reference_sources", reference.pk)
        forms[request.POST["do"]] = refused
    return page(request, "sources", "What the sources say", _context(request, reference, forms))


def _context(request: HttpRequest, reference: Reference, forms: Mapping[str, Any]) -> dict[str, Any]:
    found = refreshing.fields(reference)
    return {
        "reference": reference,
        "may_change": request.user.has_perm("references.change_reference"),
        "may_excuse": access_to(request.user, None).override,
        "is_questionable": reference.verification in QUESTIONABLE and not reference.is_accepted,
        "needs_reason": acknowledging.needs_reason(reference),
        "fields": found,
        "changes": refreshing.changes(found),
        "ticked": refreshing.ticked(reference, found),
        "notices": reference.notices.all(),
        "counts": reference.citation_counts.all(),
        "checks": reference.verifications.select_related("reviewed_by")[:SHOWN],
        "acknowledgements": reference.acknowledgements.select_related("article", "by"),
        "forms": forms,
        "is_current": reference.editorial_status == EditorialStatus.CURRENT,
        "accepted": Verification.objects.filter(reference=reference, result=Verification.ACCEPTED).first()
        if reference.is_accepted
        else None,
    }


def _check(request: HttpRequest, reference: Reference) -> None:
    outcome = service.verify(reference)
    if outcome.state == State.UNREACHABLE:
        messages.warning(request, f"No answer; nothing follows from that. {outcome.why}")
    else:
        messages.success(request, f"Checked: {State(outcome.state).label.lower()}.")
    if outcome.is_newly_flagged:
        label = EditorialStatus(outcome.status).label.lower()
        messages.error(request, f"It is now marked: {label}. Articles that show it follow.")


def _accept(request: HttpRequest, reference: Reference) -> AcceptForm | None:
    form = AcceptForm(request.POST, prefix="accept")
    if not form.is_valid():
        return form
    service.accept(reference, by=actor(request), note=form.cleaned_data["note"])
    messages.success(request, "Accepted. It holds until the record says something else.")
    return None


def _refresh(request: HttpRequest, reference: Reference) -> None:
    taken = refreshing.apply(reference, request.POST.getlist("field"), by=actor(request))
    messages.success(request, f"Taken over: {', '.join(taken)}." if taken else "Nothing was chosen.")


def _acknowledge(request: HttpRequest, reference: Reference) -> AcknowledgeForm | None:
    form = AcknowledgeForm(reference, request.POST, prefix="acknowledge")
    if not form.is_valid():
        return form
    article = form.cleaned_data["article"]
    _require_override(request, article)
    acknowledging.acknowledge(reference, article, reason=form.cleaned_data["reason"], by=actor(request))
    messages.success(request, f"“{article.title}” may cite it.")
    return None


def _take_back(request: HttpRequest, reference: Reference) -> None:
    given = reference.acknowledgements.filter(pk=_number(request.POST.get("given", ""))).first()
    if isinstance(given, Acknowledgement):
        _require_override(request, given.article)
        acknowledging.take_back(given, by=actor(request))
        messages.success(request, "Taken back. The article needs another study or another reason.")


def _require_override(request: HttpRequest, article: Article) -> None:
    """Excusing an article lets it be published despite a finding: whoever may do that may do this."""
    access = access_to(request.user, article)
    if not (access.edit and access.override):
        raise PermissionDenied


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


DOINGS: Mapping[str, Callable[[HttpRequest, Reference], Any]] = {
    "check": _check,
    "accept": _accept,
    "refresh": _refresh,
    "acknowledge": _acknowledge,
    "take_back": _take_back,
}
