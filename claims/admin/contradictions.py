"""Where live articles contradict each other: both quotes side by side, let pass with a reason and a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin

from articles.admin.pages import actor
from articles.front_matter import clean_text
from claims.admin.limits import limits_page
from claims.contradictions import store
from claims.contradictions.elsewhere import say
from claims.doses import wording
from claims.models import Contradiction, Dismissal, DoseStatement

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two statements, with what it says in our words."""

    row: DoseStatement
    says: str


@dataclass(frozen=True, slots=True)
class Pair:
    contradiction: Contradiction
    sides: tuple[Side, Side]
    dismissal: Dismissal | None
    is_one_article: bool


@admin.register(Contradiction)
class ContradictionAdmin(ModelAdmin):
    """Written when articles are published; a person corrects an article or lets the contradiction pass."""

    nav_icon = "compare_arrows"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Contradiction | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Contradiction | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return cast("URLPattern", path(route, self.admin_site.admin_view(view), name=f"claims_{name}"))

        return [
            at("limits/", limits_page, "limits"),
            at("<int:pk>/dismiss/", require_POST(dismiss), "contradiction_dismiss"),
            at("<int:pk>/reopen/", require_POST(reopen), "contradiction_reopen"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return report(request)


def report(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("claims.view_contradiction"):
        raise PermissionDenied
    shows_passed = request.GET.get("show") == "passed"
    nutrient = clean_text(request.GET.get("nutrient", ""))
    found = Contradiction.objects.live().let_pass(shows_passed)
    nutrients = list(
        found.order_by("first__nutrient")
        .values_list("first__nutrient")
        .annotate(Count("pk"))
        .values_list("first__nutrient", "pk__count")
    )
    if nutrient:
        found = found.filter(first__nutrient=nutrient)
    page = Paginator(
        found.select_related("first__edition", "second__edition").order_by("-found_at", "-pk"), PER_PAGE
    ).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "opts": Contradiction._meta,
        "title": "Contradictions",
        "pairs": _pairs(page),
        "page": page,
        "nutrients": [(name, wording.nutrient(name), count) for name, count in nutrients],
        "nutrient": nutrient,
        "nutrient_name": wording.nutrient(nutrient) if nutrient else "",
        "shows_passed": shows_passed,
        "statement_count": DoseStatement.objects.live().count(),
        "may_dismiss": request.user.has_perm("claims.add_dismissal"),
    }
    return render(request, "claims/admin/contradictions.html", context)


def _pairs(page: Page[Contradiction]) -> list[Pair]:
    rows: Iterable[Contradiction] = page.object_list
    found = list(rows)
    dismissals = {one.key: one for one in Dismissal.objects.filter(key__in=[row.key for row in found])}
    return [
        Pair(
            row,
            (_side(row.first), _side(row.second)),
            dismissals.get(row.key),
            row.first.article_id == row.second.article_id,
        )
        for row in found
    ]


def _side(row: DoseStatement) -> Side:
    return Side(row, say(store.statement_of(row)))


def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("claims.add_dismissal"):
        raise PermissionDenied
    contradiction = get_object_or_404(Contradiction, pk=pk)
    try:
        store.dismiss(contradiction, by=actor(request), reason=clean_text(request.POST.get("reason", "")))
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, "The contradiction may stand. It opens again when either article says something else."
        )
    return redirect(reverse("admin:claims_contradiction_changelist"))


def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("claims.delete_dismissal"):
        raise PermissionDenied
    store.reopen(get_object_or_404(Contradiction, pk=pk), by=actor(request))
    messages.success(request, "The contradiction is open again.")
    return redirect(reverse("admin:claims_contradiction_changelist"))
