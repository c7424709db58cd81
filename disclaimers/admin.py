from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from articles.admin.record_history import RecordHistoryAdmin
from articles.meanwhile import MeanwhileAdmin
from disclaimers import placing, services, usage
from disclaimers.conditions import summary
from disclaimers.forms import DisclaimerForm
from disclaimers.kinds import KINDS
from disclaimers.models import Disclaimer, DisclaimerVersion
from disclaimers.touching_page import touches


class JurisdictionFilter(admin.SimpleListFilter):
    title = "jurisdiction"
    parameter_name = "jurisdiction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        lists = Disclaimer.objects.values_list("jurisdictions", flat=True)
        codes = sorted({code for codes in lists for code in codes})
        return [(code, "Everywhere" if code == "*" else code) for code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Disclaimer]) -> QuerySet[Disclaimer]:
        code = self.value()
        if code is None:
            return queryset
        # SQLite cannot look into a JSON list, and there are a few dozen records at most.
        rows = Disclaimer.objects.values_list("pk", "jurisdictions")
        return queryset.filter(pk__in=[pk for pk, codes in rows if code in codes])


class VersionInline(TabularInline):
    model = DisclaimerVersion
    fk_name = "disclaimer"
    verbose_name_plural = "Every wording that readers have seen"
    fields = readonly_fields = ("number", "heading", "text", "created_at", "created_by")
    extra = 0
    can_delete = False
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[DisclaimerVersion]:
        versions: QuerySet[DisclaimerVersion] = super().get_queryset(request)
        return versions.select_related("created_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Disclaimer)
class DisclaimerAdmin(MeanwhileAdmin, RecordHistoryAdmin, ModelAdmin):  # type: ignore[misc]  # the bases declare one hook differently
    form = DisclaimerForm
    inlines = [VersionInline]
    list_display = ["title", "show_kind", "show_places", "show_rule", "is_active", "show_used"]
    list_filter = ["family", JurisdictionFilter, "kind", "is_active", "is_verbatim", "origin"]
    list_select_related = ["current"]
    search_fields = ["title", "slug", "kind", "current__text"]
    show_full_result_count = False
    warn_unsaved_form = True
    fieldsets = (
        (None, {"fields": ("title", "heading", "text", "text_short", "preview")}),
        (
            "Where it is shown",
            {
                "fields": (
                    "is_active",
                    "conditions",
                    "supplements",
                    ("dose_of", "group"),
                    "jurisdictions",
                    "locale",
                    "slot",
                    "priority",
                    "touches",
                    "where_used",
                )
            },
        ),
        ("What it is", {"fields": ("slug", "family", "kind", "is_verbatim", "origin")}),
        ("Where it comes from", {"fields": ("source", "source_status", "notes")}),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(touches, admin=self))
        name = "disclaimers_disclaimer_touches"
        own = [path("touches/", view, name=f"{name}_new"), path("<path:object_id>/touches/", view, name=name)]
        return [*own, *super().get_urls()]  # type: ignore[no-untyped-call]  # the library is not typed

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the question what a change would touch to those who can change something."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.has_perm("disclaimers.change_disclaimer"):
            return fieldsets
        return [
            (name, {**options, "fields": tuple(field for field in options["fields"] if field != "touches")})
            for name, options in fieldsets
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Disclaimer]:
        return usage.with_used_count(super().get_queryset(request).select_related("current"))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Load the uses along: the page asks for every read-only field several times."""
        found: Any = super().get_object(request, object_id, from_field)
        if found is not None:
            found.usage = usage.usage_of(found)
        return found

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and obj.why_kept():
            context["show_delete"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Disclaimer | None = None) -> list[str]:
        shown = ["preview", "touches", "where_used", "origin"]
        if obj is not None:
            shown.append("slug")  # articles name it
        if obj is not None and obj.origin == Disclaimer.Origin.SHIPPED:
            shown.append("is_verbatim")
        return shown

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {"slug": ("title",)} if obj is None else {}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        heading, text, text_short = form.wording
        by = request.user if isinstance(request.user, User) else None
        if not change or set(form.changed_data) - {"heading", "text", "text_short"}:
            services.save_rule(obj, by)
        services.change_text(obj, text, by, heading=heading, text_short=text_short)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name, on Django's own confirmation page, what must stay and why; it then offers no button."""
        deletable, counts, missing, protected = super().get_deleted_objects(objs, request)
        reasons = [f"{disclaimer}: {reason}" for disclaimer in objs if (reason := disclaimer.why_kept())]
        return deletable, counts, missing, [*protected, *reasons]

    @display(description="Kind", ordering="kind", header=True)
    def show_kind(self, obj: Disclaimer) -> list[str]:
        return [KINDS.get(obj.kind, obj.kind), obj.get_family_display().split(":")[0]]

    @display(description="Applies in", header=True)
    def show_places(self, obj: Disclaimer) -> list[str]:
        places = "everywhere" if "*" in obj.jurisdictions else ", ".join(obj.jurisdictions)
        return [places, f"in “{obj.locale}”"]

    @display(description="Shown where the page")
    def show_rule(self, obj: Disclaimer) -> str:
        return summary(obj.when)

    @display(description="Used in", ordering="used_count")
    def show_used(self, obj: Any) -> str:
        return f"{obj.used_count} article{'' if obj.used_count == 1 else 's'}"

    @display(description="How it looks")
    def preview(self, obj: Disclaimer | None) -> SafeString | str:
        """Show the saved text in the public site's own style, in a frame that shares nothing with the admin's."""
        if obj is None or obj.current is None:
            return "Save the text to see it as readers will."
        page = (
            f'<!doctype html><link rel="stylesheet" href="{static("cms/css/site.css")}">'
            f'<body class="shell"><div class="prose">{placing.record_html(obj.as_record())}</div></body>'
        )
        return format_html('<iframe title="Preview" srcdoc="{}" width="100%" height="190"></iframe>', page)

    @display(description="Before you save")
    def touches(self, obj: Disclaimer | None) -> SafeString:
        """A button that sends the form, as it stands, to a page of its own. The address refuses readers."""
        name = "admin:disclaimers_disclaimer_touches"
        address = reverse(name, args=[obj.pk]) if obj and obj.pk else reverse(f"{name}_new")
        attrs = {"formaction": address, "formtarget": "_blank", "formnovalidate": "formnovalidate"}
        return render_to_string("disclaimers/parts/touches_button.html", {"attrs": attrs})

    @display(description="Where it is used")
    def where_used(self, obj: Any) -> SafeString | str:
        if not hasattr(obj, "usage"):
            return "Nowhere yet."
        return render_to_string("disclaimers/parts/where_used.html", {"usage": obj.usage})
