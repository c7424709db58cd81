"""Networks and programs: facts that decide what a link may be and how it goes out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from affiliates.admin.base import ListAdmin
from affiliates.forms import NetworkForm, ProgramForm
from affiliates.models import AffiliateLink, Network, Program
from articles.meanwhile import MeanwhileAdmin
from articles.recompile import dependency_changed

GROUPS = {
    "links": "Hosts and shape of links",
    "sub_id": "Sub-IDs",
    "routing": "Redirects",
    "sentence": "Required sentence",
    "price_rule": "Prices",
    "is_open": "Open or closed",
}


def links_follow(**filters: Any) -> None:
    """Recompile the pages of links whose routing, hosts or names may have changed."""
    keys = [f"link:{pk}" for pk in AffiliateLink.objects.filter(**filters).values_list("pk", flat=True)]
    if keys:
        dependency_changed(*keys)


@admin.register(Network)
class NetworkAdmin(MeanwhileAdmin, ListAdmin):  # type: ignore[misc]  # the bases declare one hook differently
    form = NetworkForm
    nav_icon = "hub"
    empty_hint = "The known networks are loaded by manage.py migrate."
    list_display = ["name", "routing", "sub_id_parameter", "show_links", "checked_on", "is_open"]
    list_filter = ["routing", "is_open"]
    search_fields = ["name", "key"]
    readonly_fields = ["is_customised", "show_sources"]
    fieldsets = (
        (None, {"fields": ("name", "key", "store_name", "routing", "is_open")}),
        (
            "How its links look",
            {
                "fields": (
                    "hosts", "short_hosts", "path_pattern", "marker_parameter", "account_parameter", "account_pattern",
                    "destination_parameter",
                )
            },
        ),
        (
            "Sub-IDs",
            {
                "fields": (
                    "sub_id_carrier", "sub_id_parameter", "sub_id_max_length", "sub_id_alphabet", "sends_click_token",
                )
            },
        ),
        ("Terms", {"fields": ("required_sentence", "price_rule", "notes")}),
        ("Where this was read", {"fields": ("show_sources", "source", "checked_on", "is_customised")}),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(link_count=Count("links"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, "key"] if obj else list(self.readonly_fields)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.is_customised = True
        super().save_model(request, obj, form, change)
        links_follow(network=obj)

    @display(description="Links", ordering="link_count")
    def show_links(self, obj: Any) -> int:
        return int(obj.link_count)

    @display(description="Each fact")
    def show_sources(self, obj: Network | None) -> SafeString | str:
        rows = [
            (GROUPS.get(group, group), found.get("source", ""), found.get("checked_on", ""))
            for group, found in (obj.sources if obj else {}).items()
        ]
        return format_html_join("", "<p><b>{}</b>: {} <small>({})</small></p>", rows) or "Nothing was noted."


@admin.register(Program)
class ProgramAdmin(MeanwhileAdmin, ListAdmin):  # type: ignore[misc]  # the bases declare one hook differently
    form = ProgramForm
    nav_icon = "handshake"
    empty_hint = (
        "A program is your account with one merchant or network. Add one for your tag or tracking ID, so that a link "
        "with somebody else's is refused, and for every shop with a programme of its own."
    )
    list_display = ["merchant", "network", "account", "show_links", "forbids_redirect"]
    list_filter = ["network", "forbids_redirect"]
    list_select_related = ["network"]
    search_fields = ["merchant", "store_name", "slug", "account"]
    prepopulated_fields = {"slug": ("merchant",)}
    fieldsets = (
        (None, {"fields": ("network", "merchant", "store_name", "slug")}),
        ("Links", {"fields": ("account", "domains", "sub_id_parameter", "forbids_redirect")}),
        ("Terms", {"fields": ("currency", "credit_days", "starts_on", "ends_on", "notes")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(link_count=Count("links"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        links_follow(program=obj)

    @display(description="Links", ordering="link_count")
    def show_links(self, obj: Any) -> int:
        return int(obj.link_count)
