"""The reports in the admin: an overview, a table for each dimension, files, saved views."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from affiliates.admin.base import ReadOnlyAdmin
from affiliates.models import Report
from affiliates.reports import files, saved, screens
from affiliates.reports.answer import answer
from affiliates.reports.columns import file_rows
from affiliates.reports.pages import OVERVIEW, PAGES, Page
from affiliates.reports.question import Question, ask
from articles.front_matter import clean_text


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    nav_icon = "monitoring"

    def get_urls(self) -> list[Any]:
        own = [
            path("see/<slug:key>/", self.admin_site.admin_view(self.table), name="affiliates_report_page"),
            path("file/<slug:key>/", self.admin_site.admin_view(self.file), name="affiliates_report_file"),
            path("keep/", self.admin_site.admin_view(require_POST(self.keep)), name="affiliates_report_keep"),
            path(
                "<int:pk>/drop/",
                self.admin_site.admin_view(require_POST(self.drop)),
                name="affiliates_report_drop",
            ),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show the overview; there is no list of rows."""
        question = self._question(request, OVERVIEW)
        context = screens.overview(question, sees_money=sees_money(request))
        return self._render(request, "overview", question, context)

    def table(self, request: HttpRequest, key: str) -> HttpResponse:
        question = self._question(request, _page(key))
        build = screens.reconciliation if key == "reconcile" else screens.table
        return self._render(request, key, question, build(question, sees_money=sees_money(request)))

    def file(self, request: HttpRequest, key: str) -> StreamingHttpResponse:
        question = self._question(request, OVERVIEW if key == OVERVIEW.key else _page(key))
        if key == "reconcile":
            rows = screens.reconciliation_rows(question)
        else:
            rows = file_rows(answer(question, sees_money=sees_money(request), names_all=True))
        period = question.period
        return files.csv_response(rows, f"{key}-{period.start.isoformat()}-{period.end.isoformat()}")

    def keep(self, request: HttpRequest) -> HttpResponse:
        """Save a view under a name; the same name of the same person is replaced."""
        page = request.POST.get("page", "")
        if page != OVERVIEW.key:
            _page(page)
        self._question(request, OVERVIEW)
        made = saved.keep(
            owner=request.user,
            name=clean_text(request.POST.get("name", "")),
            page=page,
            query=request.POST.get("query", ""),
            is_shared=bool(request.POST.get("is_shared")),
        )
        if made is None:
            messages.error(request, "Give the view a name of up to 80 characters.")
            return redirect(address(page))
        messages.success(request, f"“{made.name}” is kept among the saved views.")
        return redirect(address(page, made.query))

    def drop(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._question(request, OVERVIEW)
        if not saved.drop(owner=request.user, pk=pk):
            raise Http404("There is no such view of yours.")
        return redirect(address(OVERVIEW.key))

    def _question(self, request: HttpRequest, page: Page) -> Question:
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.now().date()
        return ask(page, request.GET.dict(), today, sees_money=sees_money(request))

    def _render(
        self, request: HttpRequest, key: str, question: Question, context: dict[str, Any]
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Reports",
            "page": question.page,
            "pages": [(address(page.key, question.query), page) for page in PAGES.values()],
            "overview_url": address(OVERVIEW.key, question.query),
            "file_url": reverse("admin:affiliates_report_file", args=[key]) + f"?{question.link()}",
            "question": question,
            "saved": saved.listed(request.user, address),
            "sees_money": sees_money(request),
        }
        name = "reconcile" if key == "reconcile" else "overview" if key == OVERVIEW.key else "table"
        return render(request, f"affiliates/admin/reports/{name}.html", {**shared, **context})


def address(key: str, query: str = "") -> str:
    """Return where a report stands."""
    if key == OVERVIEW.key:
        found = reverse("admin:affiliates_report_changelist")
    else:
        found = reverse("admin:affiliates_report_page", args=[key])
    return f"{found}?{query}" if query else found


def sees_money(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("affiliates.see_money"))


def _page(key: str) -> Page:
    if key not in PAGES:
        raise Http404("There is no such report.")
    return PAGES[key]
