from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import display

from articles.admin.pages import actor
from articles.admin.record_history import RecordHistoryAdmin
from articles.meanwhile import MeanwhileAdmin
from references import library, refreshing
from references.admin.exchange import ExchangePages
from references.admin.filters import DoubtFilter, NumberFilter, UsedFilter
from references.admin.pages import SourcePages
from references.formatting import format_reference
from references.forms import ReferenceForm, kind_label
from references.models import Reference, VerificationState

SHOWN_USES = 100
NOWHERE = "No article that readers see or will see."
LOUD = {
    Reference.EditorialStatus.CURRENT.label: "success",
    Reference.EditorialStatus.CONCERN.label: "warning",
    Reference.EditorialStatus.RETRACTED.label: "danger",
    Reference.EditorialStatus.WITHDRAWN.label: "danger",
}
ACCEPTED = "Accepted"
CHECKED = {
    VerificationState.MATCHED.label: "success",
    ACCEPTED: "success",
    VerificationState.TRUNCATED.label: "warning",
    VerificationState.RESOLVED.label: "warning",
    VerificationState.NOT_FOUND.label: "warning",
    VerificationState.MISMATCH.label: "danger",
}


@admin.register(Reference)
class ReferenceAdmin(MeanwhileAdmin, ExchangePages, SourcePages, RecordHistoryAdmin, ModelAdmin):  # type: ignore[misc]  # the bases declare one hook differently
    form = ReferenceForm
    nav_icon = "menu_book"
    list_display = ["show_title", "year", "show_kind", "show_verification", "show_status", "show_used"]
    list_filter = [
        "verification",
        "editorial_status",
        "is_accepted",
        DoubtFilter,
        UsedFilter,
        NumberFilter,
        "study_type",
    ]
    list_before_template: Any = "references/admin/list_ways.html"
    ordering = ["-updated_at", "-pk"]
    search_fields = ["title"]  # get_search_results searches more
    search_help_text = "Title, author, year, journal, key, or a DOI or PMID in any spelling."
    show_full_result_count = False
    list_per_page = 50
    view_on_site = False
    warn_unsaved_form = True
    readonly_fields = ["preview", "standing", "where_used"]
    fieldsets = (
        (None, {"fields": ("paste", "preview", "standing")}),
        (
            "The work",
            {
                "fields": (
                    ("type", "year"),
                    "title",
                    "authors",
                    "container_title",
                    ("volume", "issue"),
                    ("page", "edition"),
                    "publisher",
                    "editors",
                )
            },
        ),
        (
            "Where it is found",
            {"fields": ("doi", ("pmid", "pmcid"), ("nbk", "arxiv"), "isbn", "url", "accessed")},
        ),
        (
            "In our articles",
            {"fields": ("citekey", "study_type", "editorial_status", "where_used", "editor_note")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        found: QuerySet[Reference] = super().get_queryset(request)
        return found.with_used_in()  # type: ignore[attr-defined, no-any-return]  # a queryset of ours, typed by Django as a plain one

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Take only these from the model; every other field of the page belongs to the form."""
        readonly = self.get_readonly_fields(request, obj)
        kwargs["fields"] = [name for name in ReferenceForm.Meta.fields if name not in readonly]
        return super().get_form(request, obj, change=change, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Reference], bool]:
        return (queryset.search(search_term) if search_term.strip() else queryset), False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, "citekey"] if obj else list(self.readonly_fields)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._history_user = request.user
        if change:
            before = Reference.objects.filter(pk=obj.pk).values_list("csl", flat=True).first()
            refreshing.lock_changed(obj, before or {})
        else:
            obj.created_by = actor(request)
        library.store(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse, on Django's own confirmation page, what readers see or will see."""
        deletable, counts, missing, protected = super().get_deleted_objects(objs, request)
        kept = [
            format_html(
                "{} is shown by {}. Take it out of the text and publish again first.",
                reference.citekey,
                articles,
            )
            for reference in objs
            if (articles := _articles(reference))
        ]
        return deletable, counts, missing, [*protected, *kept]

    @display(description="Work", ordering="title", header=True)
    def show_title(self, obj: Reference) -> list[str]:
        return [obj.title or obj.citekey, " · ".join(filter(None, [obj.first_author, f"@{obj.citekey}"]))]

    @display(description="Kind", ordering="type")
    def show_kind(self, obj: Reference) -> str:
        return obj.get_study_type_display() or kind_label(obj.type)

    @display(description="Check", ordering="verification", label=CHECKED)
    def show_verification(self, obj: Reference) -> str:
        return ACCEPTED if obj.is_accepted else obj.get_verification_display()

    @display(description="Status", ordering="editorial_status", label=LOUD)
    def show_status(self, obj: Reference) -> str:
        return obj.get_editorial_status_display()

    @display(description="Articles", ordering="used_in")
    def show_used(self, obj: Any) -> int:
        return int(obj.used_in)

    @display(description="As readers see it")
    def preview(self, obj: Reference | None) -> SafeString | str:
        return (
            format_reference(obj.csl) if obj and obj.pk else "Save it to see the entry of the reference list."
        )

    @display(description="Sources")
    def standing(self, obj: Reference | None) -> SafeString | str:
        if obj is None or obj.pk is None:
            return "Crossref and PubMed are asked after it has been saved."
        return render_to_string("references/admin/standing.html", {"reference": obj})

    @display(description="Used in")
    def where_used(self, obj: Any) -> SafeString | str:
        if obj is None or obj.pk is None:
            return NOWHERE
        if not hasattr(obj, "shown_in"):  # the page asks for it several times
            obj.shown_in = _articles(obj) or NOWHERE
        return obj.shown_in  # type: ignore[no-any-return]  # an annotation of the list


def _articles(reference: Reference) -> SafeString | str:
    """Return links to the articles that show it, "" if there are none."""
    own = Count("citations", filter=Q(citations__reference=reference))
    editions = (
        reference.editions().annotate(uses=own).order_by("title").only("title", "article_id", "live_from")
    )
    now = timezone.now()
    rows = [
        (
            reverse("admin:articles_article_change", args=[edition.article_id]),
            edition.title,
            f"cited {uses} time{'' if uses == 1 else 's'}" if (uses := edition.uses) else "listed",
            ", scheduled" if edition.live_from > now else "",
        )
        for edition in editions[:SHOWN_USES]
    ]
    return (
        format_html_join(", ", '<a class="text-link underline" href="{}">{}</a> ({}{})', rows) if rows else ""
    )
