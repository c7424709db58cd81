"""Affiliate links: paste an address, see whose it is, see where it stands and what it brings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import action, display

from affiliates import services
from affiliates.admin.base import ListAdmin
from affiliates.admin.exchange_pages import ExchangeMixin, as_file
from affiliates.admin.recall_pages import RecallMixin, person, switch_for
from affiliates.admin.targets import DestinationInline, HistoryInline
from affiliates.counts import DAYS, ROUTING, clicks_in_words, with_clicks
from affiliates.forms import LinkForm
from affiliates.models import AffiliateLink, Network, Placement
from articles.admin.record_history import RecordHistoryAdmin
from articles.meanwhile import MeanwhileAdmin

SHOWN_PLACEMENTS = 100
Status = AffiliateLink.Status


@admin.register(AffiliateLink)
class LinkAdmin(MeanwhileAdmin, ExchangeMixin, RecallMixin, RecordHistoryAdmin, ListAdmin):  # type: ignore[misc]  # the bases declare one hook differently
    form = LinkForm
    inlines = [DestinationInline, HistoryInline]
    nav_icon = "add_link"
    audit_kind = "link"  # its keys in the audit log begin so
    empty_hint = (
        "A link of your own is written aff:slug in an article. Add one by pasting the address that your affiliate "
        "network gave you: network, shop and routing are recognised by themselves."
    )
    list_display = ["show_title", "show_status", "show_network", "show_clicks", "show_warning"]
    list_filter = ["status", "network", "is_opaque"]
    list_select_related = ["network", "program"]
    search_fields = ["title", "slug", "store_name", "targets__url"]
    search_help_text = "Title, slug, shop or a part of the address."
    autocomplete_fields = ["program", "fallback_article"]
    readonly_fields = ["where_used", "written_as", "recall_switch"]
    warn_unsaved_form = True
    actions = ["set_live", "pause", "recall", "reinstate", "export_chosen"]
    actions_list: Any = ("import_links", "export_all")
    fieldsets = (
        (None, {"fields": ("target_url", "allow_http", "title", "status", "written_as")}),
        ("Recognised from the address", {"fields": ("network", "program", "store_name", "slug")}),
        (
            "When it is not live",
            {"fields": ("expires_at", "fallback_article", "fallback_url", "recall_switch")},
        ),
        ("Where it is used", {"fields": ("where_used", "notes")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[AffiliateLink]:
        found: QuerySet[AffiliateLink] = with_clicks(super().get_queryset(request), "link")
        return found

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Load the placements along: the page asks for every read-only field several times."""
        found: Any = super().get_object(request, object_id, from_field)
        if found is not None:
            placements = Placement.objects.filter(link=found).select_related("article", *ROUTING)
            counted = with_clicks(placements, "placement").order_by("-is_active", "pk")
            found.places = [
                (placement, *clicks_in_words(placement)) for placement in counted[:SHOWN_PLACEMENTS]
            ]
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, "slug"] if obj else list(self.readonly_fields)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Leave `target_url` to the form: it is no column."""
        readonly = self.get_readonly_fields(request, obj)
        kwargs["fields"] = [name for name in LinkForm.Meta.fields if name not in readonly]
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        is_shown = change and services.SHOWN_FIELDS.intersection(form.changed_data)
        if is_shown:
            services.mark_changed(obj)
        super().save_model(request, obj, form, change)  # type: ignore[no-untyped-call]  # the library is not typed
        services.set_target(
            obj,
            form.cleaned_data["target_url"],
            by=person(request),
            allow_http=form.cleaned_data["allow_http"],
        )
        if is_shown:
            services.announce(obj)
        routing = Network.Routing(obj.routing).label.partition(":")[0].lower()
        messages.info(
            request, f"Recognised as {obj.network}, {routing}. Write it as [words](aff:{obj.slug})."
        )
        for warning in form.warnings:
            messages.warning(request, warning)

    @admin.action(description="Set live", permissions=["change"])
    def set_live(self, request: HttpRequest, queryset: QuerySet[AffiliateLink]) -> None:
        self._set_status(request, queryset, Status.LIVE)

    @admin.action(description="Pause", permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[AffiliateLink]) -> None:
        self._set_status(request, queryset, Status.PAUSED)

    @admin.action(description="Recall: take it out of every article…", permissions=["change"])
    def recall(self, request: HttpRequest, queryset: QuerySet[AffiliateLink]) -> HttpResponse | None:
        return self.to_page(request, "recall", queryset)

    @admin.action(description="Reinstate what was recalled…", permissions=["change"])
    def reinstate(self, request: HttpRequest, queryset: QuerySet[AffiliateLink]) -> HttpResponse | None:
        return self.to_page(request, "reinstate", queryset)

    @admin.action(description="Export as CSV", permissions=["view"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[AffiliateLink]) -> HttpResponse:
        return as_file(AffiliateLink.objects.filter(pk__in=queryset.values("pk")))

    @action(description="Import…", url_path="to-import", permissions=["add", "change"])  # type: ignore[operator]  # Unfold's decorator is typed for functions without arguments
    def import_links(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:affiliates_affiliatelink_import")

    @action(description="Export all", url_path="to-export", permissions=["view"])  # type: ignore[operator]  # Unfold's decorator is typed for functions without arguments
    def export_all(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:affiliates_affiliatelink_export")

    def _set_status(self, request: HttpRequest, queryset: QuerySet[AffiliateLink], status: Status) -> None:
        recalled = queryset.filter(status=Status.RECALLED)
        if recalled.exists():
            words = "What was recalled needs a reason to come back: use “Reinstate”."
            self.message_user(request, words, messages.WARNING)
        others = queryset.exclude(status=Status.RECALLED)
        changed = [link for link in others if services.set_status(link, status, by=person(request))]
        self.message_user(request, f"{len(changed)} set to “{status.label}”. Articles that show them follow.")

    @display(description="Link", ordering="title", header=True)
    def show_title(self, obj: AffiliateLink) -> list[str]:
        return [obj.title, f"aff:{obj.slug}"]

    @display(
        description="Status",
        ordering="status",
        label={Status.LIVE.label: "success", Status.PAUSED.label: "warning", Status.RECALLED.label: "danger"},
    )
    def show_status(self, obj: AffiliateLink) -> str:
        return obj.get_status_display()

    @display(description="Shop", ordering="store_name", header=True)
    def show_network(self, obj: AffiliateLink) -> list[str]:
        return [obj.store_name, str(obj.network)]

    @display(description=f"Clicks, {DAYS} days", ordering="human_clicks", header=True)
    def show_clicks(self, obj: AffiliateLink) -> list[str]:
        return clicks_in_words(obj)

    @display(description="To do")
    def show_warning(self, obj: AffiliateLink) -> str:
        if not obj.network.is_open:
            return "This network has closed: find a new address."
        return "Short link: replace it by the full product URL with your tag." if obj.is_opaque else ""

    @display(description="In an article")
    def written_as(self, obj: AffiliateLink | None) -> SafeString | str:
        if obj is None or not obj.pk:
            return "Save the link to see how to write it."
        return format_html("<code>[words](aff:{})</code>", obj.slug)

    @display(description="Recall")
    def recall_switch(self, obj: AffiliateLink | None) -> SafeString | str:
        return switch_for(obj)

    @display(description="Places")
    def where_used(self, obj: Any) -> SafeString | str:
        if not getattr(obj, "places", None):
            return "In no published article yet."
        return render_to_string("affiliates/admin/where_used.html", {"placements": obj.places, "days": DAYS})
