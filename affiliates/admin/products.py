from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import display

from affiliates import services
from affiliates.admin.base import ListAdmin
from affiliates.forms import ProductForm
from affiliates.models import Product


@admin.register(Product)
class ProductAdmin(ListAdmin):
    form = ProductForm
    nav_icon = "nutrition"
    empty_hint = (
        "A product is shown in a box with ::product{slug}, or side by side with ::compare{slug slug}. It has no price: "
        "a price that is typed by hand is wrong the next day."
    )
    list_display = ["show_name", "form", "amount_per_serving", "link"]
    list_filter = ["link__status", "link__network"]
    list_select_related = ["link"]
    search_fields = ["name", "brand", "slug"]
    autocomplete_fields = ["link"]
    readonly_fields = ["written_as"]
    fieldsets = (
        (None, {"fields": ("name", "brand", "slug", "written_as")}),
        ("On the label", {"fields": ("form", "amount_per_serving", "facts")}),
        ("Where to buy it", {"fields": ("link",)}),
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

    @display(description="Product", ordering="name", header=True)
    def show_name(self, obj: Product) -> list[str]:
        return [obj.name, obj.brand]

    @display(description="In an article")
    def written_as(self, obj: Product | None) -> SafeString | str:
        if obj is None or not obj.pk:
            return "Save the product to see how to write it."
        return format_html("<code>::product{{{}}}</code>", obj.slug)
