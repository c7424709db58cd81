"""The compliance page: findings by severity and check, trend, worst pages, due reviews, and a run over everything."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST
from unfold.admin import ModelAdmin

from articles.admin.compliance.page import compliance_page
from articles.admin.compliance.seen import seen
from articles.admin.pages import actor
from articles.compliance import chart, overview
from articles.compliance.findings import start_run
from articles.models import ArticleFinding
from cms import plugins

PER_PAGE = 100


@admin.register(ArticleFinding)
class ComplianceAdmin(ModelAdmin):
    """Findings are written by the checks; a person only reads them."""

    nav_icon = "verified_user"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ArticleFinding | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ArticleFinding | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return cast(
                "URLPattern",
                path(route, self.admin_site.admin_view(view), name=f"articles_compliance_{name}"),
            )

        return [
            at("run/", run_checks, "run"),
            at("seen/", seen, "seen"),
            at("check/<slug:check_id>/", one_check, "check"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        return compliance(request)


def _require_view(request: HttpRequest) -> None:
    if not request.user.has_perm("articles.view_articlefinding"):
        raise PermissionDenied


def compliance(request: HttpRequest) -> TemplateResponse:
    _require_view(request)
    newest = overview.last_run()
    context = {
        "counts": overview.counts(),
        "checks": overview.by_check(),
        "worst": overview.worst_articles(),
        "chart": chart.chart(overview.trend()),
        "due": overview.due_reviews(),
        "run": newest,
        "is_running": newest is not None and newest.finished_at is None,
        "may_run": request.user.has_perm("articles.publish_article"),
    }
    return compliance_page(request, "overview", "Compliance", context)


@require_GET
def one_check(request: HttpRequest, check_id: str) -> TemplateResponse:
    """Every finding of one check on live pages."""
    _require_view(request)
    found = Paginator(overview.findings_of(check_id), PER_PAGE).get_page(request.GET.get("page"))
    context = {"check": plugins.registry().checks.get(check_id), "check_id": check_id, "found": found}
    return compliance_page(request, "check", check_id, context)


@require_POST
def run_checks(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.publish_article"):
        raise PermissionDenied
    start_run(reason="Started by hand", by=actor(request))
    messages.success(request, "Every page is being checked. This page shows how far it is.")
    return redirect("admin:articles_articlefinding_changelist")
