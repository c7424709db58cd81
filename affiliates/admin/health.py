"""Link health: where links really lead, since when, which articles show them, and what can be done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from unfold.decorators import display

from affiliates.admin import health_pages, replace_pages
from affiliates.admin.base import ReadOnlyAdmin
from affiliates.models import CheckRun, LinkHealth, Placement
from affiliates.models.health import ALERT_AFTER, State

COLOURS = {
    State.OK.label: "success",
    State.MOVED.label: "info",
    State.GONE.label: "danger",
    State.SOFT_GONE.label: "danger",
    State.WRONG_MERCHANT.label: "danger",
    State.TAG_LOST.label: "danger",
    State.BLOCKED.label: "warning",
    State.UNREACHABLE.label: "warning",
}


class AttentionFilter(admin.SimpleListFilter):
    title = "attention"
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("yes", "Needs you"),
            ("unknown", "Nobody answered"),
            ("moved", "Moved by the shop"),
            ("accepted", "Accepted as it is"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "yes":
            return queryset.alerts()
        if self.value() == "unknown":
            return queryset.filter(state__in=(State.BLOCKED, State.UNREACHABLE))
        if self.value() == "moved":
            return queryset.exclude(moved_to="")
        return queryset.filter(accepted_at__isnull=False) if self.value() == "accepted" else queryset


@admin.register(LinkHealth)
class LinkHealthAdmin(ReadOnlyAdmin):
    nav_icon = "ecg_heart"
    empty_hint = (
        "Every live link appears here by itself. The worker asks each one where it leads: good ones once a week, those "
        "in trouble once a day."
    )
    list_before_template: Any = "affiliates/admin/health_list_top.html"
    list_display = ["show_link", "show_state", "show_detail", "show_articles", "show_checked"]
    list_filter = [AttentionFilter, "state", "target__link__network"]
    list_select_related = ["target__link__network"]
    search_fields = ["target__link__title", "target__link__slug", "target__link__store_name", "final_host"]
    search_help_text = "Title, slug, shop, or the host where it ends."
    ordering = ["-trouble_count", "target__link__title", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[LinkHealth]:
        places = (
            Placement.objects.filter(link=OuterRef("target__link"), is_active=True).order_by().values("link")
        )
        counted = places.annotate(number=Count("article", distinct=True)).values("number")
        articles = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        found: QuerySet[LinkHealth] = LinkHealth.objects.in_use().annotate(article_count=articles)
        return found.order_by(*self.ordering)

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            return path(route, self.admin_site.admin_view(view), name=f"affiliates_linkhealth_{name}")

        own = [
            page("check-all/", health_pages.check_all, "check_all"),
            page("<int:target_id>/check/", health_pages.check_now, "check"),
            page("<int:target_id>/accept/", health_pages.accept, "accept"),
            page("<int:target_id>/take-over/", replace_pages.take_over, "take_over"),
            page("<int:target_id>/address/", replace_pages.address, "address"),
            page("<int:target_id>/replace/", replace_pages.link, "replace"),
            page("undo/<int:pk>/", replace_pages.undo, "undo"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return health_pages.detail(request, object_id)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        in_use = LinkHealth.objects.in_use()
        alerts = in_use.alerts()
        counts = in_use.aggregate(
            all=Count("pk"),
            fine=Count("pk", filter=Q(state__in=(State.OK, State.MOVED, State.OPAQUE))),
            unknown=Count("pk", filter=Q(state__in=(State.BLOCKED, State.UNREACHABLE))),
            waiting=Count("pk", filter=Q(state="")),
            moved=Count("pk", filter=~Q(moved_to="")),
        )
        top = {
            "counts": {**counts, "alerts": alerts.count()},
            "run": CheckRun.objects.filter(is_running=True).first(),
            "may_check": request.user.has_perm("affiliates.change_linkhealth"),
        }
        context: Any = {"health": top, **(extra_context or {})}
        return super().changelist_view(request, context)

    @display(description="Link", ordering="target__link__title", header=True)
    def show_link(self, obj: LinkHealth) -> list[str]:
        link = obj.target.link
        return [link.title, f"{link.store_name} · {link.network}"]

    @display(description="State", ordering="state", label=COLOURS)
    def show_state(self, obj: LinkHealth) -> str:
        return obj.get_state_display() or "Not checked yet"

    @display(description="What was found")
    def show_detail(self, obj: LinkHealth) -> SafeString | str:
        if obj.is_accepted:
            return f"Accepted as it is. {obj.detail}"
        if obj.is_trouble and obj.trouble_count < ALERT_AFTER:
            return f"{obj.detail} Asked again tomorrow before it counts."
        if obj.is_alert and obj.trouble_since:
            return format_html(
                "<span>{} <b>For {}.</b></span>", obj.detail, timesince(obj.trouble_since, depth=1)
            )
        return obj.detail or (obj.final_host and f"Ends at {obj.final_host}") or ""

    @display(description="Articles", ordering="article_count")
    def show_articles(self, obj: Any) -> int:
        return int(obj.article_count)

    @display(description="Checked", ordering="checked_at", header=True)
    def show_checked(self, obj: LinkHealth) -> list[str]:
        if obj.checked_at is None:
            return ["never", "due now"]
        due = obj.next_check_at <= timezone.now()
        return [
            f"{timesince(obj.checked_at, depth=1)} ago",
            "due now" if due else f"next in\N{NO-BREAK SPACE}{timeuntil(obj.next_check_at, depth=1)}",
        ]
