"""The ledger to read, and the tracking IDs that join it to articles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from affiliates.admin.base import ListAdmin, ReadOnlyAdmin
from affiliates.admin.clicks import place_of
from affiliates.admin.ledger_file import lines_of
from affiliates.earnings.services import overlapping
from affiliates.earnings.tags import follow
from affiliates.models import Attribution, Conversion, EarningsDay, Method, NetworkClickDay, Status, TagPool
from affiliates.reports.files import csv_response

KINDS = {
    Conversion.Kind.SALE.label: "success",
    Conversion.Kind.REVERSAL.label: "danger",
    Conversion.Kind.CORRECTION.label: "warning",
}
STATUSES = {
    Status.PENDING.label: "warning",
    Status.APPROVED.label: "success",
    Status.PAID.label: "info",
    Status.DECLINED.label: "danger",
}


MINUS, NO_BREAK = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


def money(amount: Decimal, currency: str) -> str:
    """Return an amount as people write it; fractions of a cent only where there are some."""
    text = f"{amount:,.2f}" if amount == amount.quantize(Decimal("0.01")) else f"{amount.normalize():,f}"
    return f"{text}{NO_BREAK}{currency}".replace("-", MINUS)


class MethodFilter(admin.SimpleListFilter):
    title = "joined by"
    parameter_name = "method"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(method.value, str(method.label)) for method in Method]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Conversion]) -> QuerySet[Conversion]:
        if self.value() not in Method.values:
            return queryset
        shares = Attribution.objects.filter(conversion=OuterRef("pk"), method=self.value())
        return queryset.filter(Exists(shares))


class CurrencyFilter(admin.SimpleListFilter):
    """Offers the currencies of the day sums: looking through the whole ledger for them would take long."""

    title = "currency"
    parameter_name = "currency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        found = EarningsDay.objects.order_by("currency").values_list("currency", flat=True).distinct()
        return [(currency, currency) for currency in found]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(currency=self.value()) if self.value() else queryset


@admin.register(Conversion)
class ConversionAdmin(ReadOnlyAdmin):
    nav_icon = "receipt_long"
    empty_hint = (
        "What the networks reported, row by row. Rows are never changed: a correction or a reversal is a further row. "
        "Import the first report under Imports."
    )
    list_display = [
        "show_moment", "show_conversion", "show_kind", "show_status", "show_commission", "show_sale", "show_place",
    ]  # fmt: skip
    list_filter = ["network", "kind", "status", CurrencyFilter, MethodFilter]
    list_select_related = ["network", "placement__article"]
    search_fields = ["external_id", "sub_id", "tracking_id", "merchant", "sku"]
    search_help_text = "Number of the conversion, sub-ID, tracking ID, merchant or product number."
    date_hierarchy = "event_at"
    change_list_template = "affiliates/admin/ledger.html"
    fieldsets = (
        (None, {"fields": ("network", "external_id", "sequence", "kind", "status")}),
        ("Money", {"fields": ("show_commission", "show_sale", "quantity", "conversion_count")}),
        ("Whose it is", {"fields": ("show_shares", "sub_id", "tracking_id", "placement", "click")}),
        ("When", {"fields": ("event_at", "click_at", "posted_at")}),
        ("Where it was read", {"fields": ("merchant", "sku", "part", "import_file", "row_hash")}),
        ("The same conversion", {"fields": ("show_others",)}),
    )  # fmt: skip
    readonly_fields = ["show_commission", "show_sale", "show_shares", "show_others"]

    def get_urls(self) -> list[Any]:
        view = path("file/", self.admin_site.admin_view(self.file), name="affiliates_conversion_file")
        return [view, *super().get_urls()]

    def file(self, request: HttpRequest) -> HttpResponseBase:
        """Hand out the rows of the list, with its filters, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found: QuerySet[Conversion] = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseBadRequest("There is no such filter. Go back to the ledger and choose again.")
        return csv_response(lines_of(found.prefetch_related(None)), f"ledger-{timezone.localdate()}")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversion]:
        found: QuerySet[Conversion] = super().get_queryset(request)
        return found.prefetch_related("attributions__article")

    @display(description="Sold", ordering="event_at")
    def show_moment(self, obj: Conversion) -> str:
        return date_format(timezone.localtime(obj.event_at), "j M Y, H:i").replace(" ", NO_BREAK)

    @display(description="Conversion", ordering="external_id", header=True)
    def show_conversion(self, obj: Conversion) -> list[str]:
        return [obj.external_id, " · ".join(filter(None, [str(obj.network), obj.merchant]))]

    @display(description="Row", ordering="kind", label=KINDS)
    def show_kind(self, obj: Conversion) -> str:
        return obj.get_kind_display()

    @display(description="Status", ordering="status", label=STATUSES)
    def show_status(self, obj: Conversion) -> str:
        return obj.get_status_display()

    @display(description="Commission", ordering="commission")
    def show_commission(self, obj: Conversion) -> str:
        return money(obj.commission, obj.currency)

    @display(description="Sale", ordering="sale_amount")
    def show_sale(self, obj: Conversion) -> str:
        return money(obj.sale_amount, obj.currency)

    @display(description="Belongs to", header=True)
    def show_place(self, obj: Conversion) -> list[str]:
        shares = list(obj.attributions.all())
        if obj.placement:
            return [place_of(obj.placement)[0], f"{obj.placement.where}, by {_by(shares)}"]
        titles = [share.article.title for share in shares if share.article]
        if titles:
            return [", ".join(titles), f"by {_by(shares)}"]
        known = shares and shares[0].method == Method.TAG_POOL
        return [
            "No article",
            "the tracking ID is not an article's" if known else "nothing in the report tells",
        ]

    @display(description="Shares")
    def show_shares(self, obj: Conversion) -> SafeString:
        lines = (
            (
                share.article.title if share.article else "No article",
                money(share.commission, obj.currency),
                share.get_method_display(),
                f"{share.confidence:.0%}",
            )
            for share in obj.attributions.all()
        )
        return format_html_join("", "<p>{}: {} ({}, {} sure)</p>", lines)

    @display(description="All its rows")
    def show_others(self, obj: Conversion) -> SafeString:
        rows = Conversion.objects.filter(network=obj.network_id, external_id=obj.external_id).order_by(
            "sequence"
        )
        lines = (
            (
                row.sequence,
                row.get_kind_display(),
                row.get_status_display(),
                money(row.commission, row.currency),
            )
            for row in rows[:50]
        )
        return format_html_join("", "<p>{}. {}, {}: {}</p>", lines)


def _by(shares: list[Attribution]) -> str:
    method = str(shares[0].get_method_display()) if shares else "report"
    return method[0].lower() + method[1:]


@admin.register(NetworkClickDay)
class NetworkClickDayAdmin(ReadOnlyAdmin):
    nav_icon = "compare_arrows"
    empty_hint = (
        "Clicks by day as a network counted them, from its click report; reports compare ours with them."
    )
    list_display = ["day", "network", "click_count", "import_file"]
    list_filter = ["network"]
    list_select_related = ["network", "import_file"]
    date_hierarchy = "day"


@admin.register(TagPool)
class TagPoolAdmin(ListAdmin):
    nav_icon = "sell"
    empty_hint = (
        "Amazon knows no sub-IDs. Make tracking IDs in your Amazon account, at best one for each important article, "
        "and assign them here: Amazon's reports then tell what that article earned."
    )
    list_display = ["tracking_id", "marketplace", "show_assigned", "valid_from", "valid_until"]
    ordering = ["tracking_id"]
    empty_value_display = ""
    list_filter = ["network", "marketplace"]
    list_select_related = ["network", "article", "topic"]
    search_fields = ["tracking_id", "article__title", "topic__name", "notes"]
    autocomplete_fields = ["article", "topic"]
    fieldsets = (
        (None, {"fields": ("network", "tracking_id", "marketplace")}),
        ("Stands for", {"fields": ("article", "topic", "valid_from", "valid_until", "notes")}),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        from affiliates.models import Network

        pools = Network.objects.filter(sub_id_carrier=Network.SubIdCarrier.TAG_POOL).values_list(
            "pk", flat=True
        )
        return {"network": next(iter(pools), None), **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Earnings that are in already follow the tracking ID, its old name and articles included."""
        before = TagPool.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        follow(obj, *([before] if before else []))
        if shared := overlapping(obj):
            titles = ", ".join(f"“{tag.article}”" for tag in shared)
            messages.warning(
                request,
                f"{titles} has the same tracking ID in these days: their earnings are shared equally.",
            )

    def delete_model(self, request: HttpRequest, obj: TagPool) -> None:
        super().delete_model(request, obj)
        follow(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TagPool]) -> None:
        tags = list(queryset)
        super().delete_queryset(request, queryset)
        follow(*tags)

    @display(description="Stands for", header=True)
    def show_assigned(self, obj: TagPool) -> list[str]:
        if obj.article:
            return [str(obj.article), "one article"]
        return [str(obj.topic), "the articles of a topic"] if obj.topic else ["The whole site", ""]
