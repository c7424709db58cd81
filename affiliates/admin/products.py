from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import display

from affiliates import services
from affiliates.admin.base import ListAdmin
from affiliates.admin.recall_pages import RecallMixin, switch_for
from affiliates.forms import ProductForm
from affiliates.models import AffiliateLink, Product
from articles.meanwhile import MeanwhileAdmin
from articles.renditions.markup import Picture


@admin.register(Product)
class ProductAdmin(MeanwhileAdmin, RecallMixin, ListAdmin):  # type: ignore[misc]  # the bases declare one hook differently
    form = ProductForm
    nav_icon = "nutrition"
    audit_kind = "product"  # its keys in the audit log begin so
    empty_hint = (
        "A product is shown in a box with ::product{slug}, or side by side with ::compare{slug slug}. It has no price: "
        "a price that is typed by hand is wrong the next day."
    )
    list_display = ["show_picture", "show_name", "form", "amount_per_serving", "link", "show_state"]
    list_display_links = ["show_name"]
    list_filter = ["is_recalled", "link__status", "link__network"]
    list_select_related = ["link", "image"]
    search_fields = ["name", "brand", "slug"]
    search_help_text = "Name, brand or slug."
    autocomplete_fields = ["link", "image"]
    readonly_fields = ["written_as", "recall_switch"]
    warn_unsaved_form = True
    actions = ["recall", "reinstate"]
    fieldsets = (
        (None, {"fields": ("name", "brand", "slug", "written_as")}),
        ("On the label", {"fields": ("form", "amount_per_serving", "facts")}),
        ("Picture", {"fields": ("image",)}),
        ("Where to buy it", {"fields": ("link", "recall_switch")}),
    )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ("brand", "name")}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, "slug"] if obj else list(self.readonly_fields)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and form.changed_data:
            services.mark_changed(obj)
        super().save_model(request, obj, form, change)
        services.announce(obj)

    @admin.action(description="Recall: take it out of every article…", permissions=["change"])
    def recall(self, request: HttpRequest, queryset: QuerySet[Product]) -> HttpResponse | None:
        return self.to_page(request, "recall", queryset)

    @admin.action(description="Reinstate what was recalled…", permissions=["change"])
    def reinstate(self, request: HttpRequest, queryset: QuerySet[Product]) -> HttpResponse | None:
        return self.to_page(request, "reinstate", queryset)

    @display(description="")
    def show_picture(self, obj: Product) -> SafeString | str:
        if obj.image is None:
            return ""
        return format_html('<img class="thumb" src="{}" alt="">', Picture.of(obj.image).smallest.url)

    @display(description="State", label={"Recalled": "danger", "Shown": "success", "No link": "warning"})
    def show_state(self, obj: Product) -> str:
        if obj.is_recalled or (obj.link and obj.link.status == AffiliateLink.Status.RECALLED):
            return "Recalled"
        return "Shown" if obj.link and obj.link.status == AffiliateLink.Status.LIVE else "No link"

    @display(description="Recall")
    def recall_switch(self, obj: Product | None) -> SafeString | str:
        return switch_for(obj)

    @display(description="Product", ordering="name", header=True)
    def show_name(self, obj: Product) -> list[str]:
        return [obj.name, obj.brand]

    @display(description="In an article")
    def written_as(self, obj: Product | None) -> SafeString | str:
        if obj is None or not obj.pk:
            return "Save the product to see how to write it."
        box = format_html("<code>::product{{{}}}</code>", obj.slug)
        return format_html("{} or, side by side, <code>::compare{{{} other}}</code>", box, obj.slug)
