"""Clicks, their day sums and what was discarded: to read, never to change."""

from __future__ import annotations

from django.contrib import admin
from unfold.decorators import display

from affiliates.admin.base import ReadOnlyAdmin
from affiliates.models import Click, ClickClass, ClickDay, DropDay, Placement

CLASS_COLOURS = {
    ClickClass.HUMAN.label: "success",
    ClickClass.SUSPECT.label: "warning",
    ClickClass.BOT.label: "info",
}


def place_of(placement: Placement | None) -> list[str]:
    if placement is None:
        return ["Without a place", "the address was used as it stands"]
    return [placement.article.title if placement.article else "A deleted article", placement.where]


@admin.register(Click)
class ClickAdmin(ReadOnlyAdmin):
    nav_icon = "ads_click"
    empty_hint = (
        "Clicks on published links appear here at once. No address, browser or cookie is kept: a visitor is "
        "recognised within one day by a number whose key is destroyed, and not at all if the browser asks for it."
    )
    list_display = [
        "time", "show_class", "link", "show_place", "show_visitor", "device", "country", "show_origin",
    ]  # fmt: skip
    list_filter = ["click_class", "channel", "device", "reason", "is_first_of_day"]
    list_select_related = ["link", "placement__article"]
    date_hierarchy = "time"
    fields = [
        "time", "link", "target", "placement", "click_class", "reason", "channel", "is_first_of_day", "is_repeat",
        "referrer_host", "device", "country",
    ]  # fmt: skip

    @display(description="Class", ordering="click_class", label=CLASS_COLOURS)
    def show_class(self, obj: Click) -> str:
        return obj.get_click_class_display()

    @display(description="Place", header=True)
    def show_place(self, obj: Click) -> list[str]:
        return place_of(obj.placement)

    @display(description="Visitor")
    def show_visitor(self, obj: Click) -> str:
        if obj.click_class not in (ClickClass.HUMAN, ClickClass.SUSPECT):
            return ""
        if obj.day_visitor is None:
            return "not recognised"
        if obj.is_first_of_day:
            return "first today"
        return "repeat" if obj.is_repeat else "again today"

    @display(description="Came from", ordering="referrer_host")
    def show_origin(self, obj: Click) -> str:
        return obj.referrer_host


@admin.register(ClickDay)
class ClickDayAdmin(ReadOnlyAdmin):
    nav_icon = "calendar_month"
    empty_hint = "One line a day, link, place and class. These sums stay when the single clicks are deleted."
    list_display = [
        "day", "show_class", "link", "show_place", "raw_count", "unique_count", "unmeasured_count",
    ]  # fmt: skip
    list_filter = ["click_class", "link__network"]
    list_select_related = ["link", "placement__article"]
    search_fields = ["link__title", "link__slug", "placement__article__title"]
    date_hierarchy = "day"

    @display(description="Class", ordering="click_class", label=CLASS_COLOURS)
    def show_class(self, obj: ClickDay) -> str:
        return obj.get_click_class_display()

    @display(description="Place", header=True)
    def show_place(self, obj: ClickDay) -> list[str]:
        return place_of(obj.placement)


@admin.register(DropDay)
class DropDayAdmin(ReadOnlyAdmin):
    nav_icon = "filter_alt_off"
    empty_hint = (
        "Browsers that looked ahead, and beacons from other sites: counted by reason, never as clicks."
    )
    list_display = ["day", "reason", "link", "count"]
    list_filter = ["reason"]
    list_select_related = ["link"]
    date_hierarchy = "day"
