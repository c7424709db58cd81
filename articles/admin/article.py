"""The list of articles, and the addresses of everything one can do with one of them."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from articles.admin import change, history, live, passing, publish, review
from articles.admin.access import access_to
from articles.admin.badges import mark, state_badge
from articles.admin.columns import fill, plugin_columns
from articles.admin.compliance import seen
from articles.admin.filters import OwnerFilter, ReadersFilter
from articles.models import Article, Edition


@admin.register(Article)
class ArticleAdmin(ModelAdmin):
    list_display = ("title_and_address", "state_badge", "readers", "topic", "owner", "updated")
    list_display_links = ("title_and_address",)
    list_filter = ("state", ReadersFilter, "topic", OwnerFilter)
    list_filter_submit = False
    list_select_related = ("topic", "owner")
    list_per_page = 50
    search_fields = ("title", "slug")
    search_help_text = "Search titles and addresses"
    show_full_result_count = False
    actions = None
    nav_icon = "article"

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*self.list_display, *plugin_columns(request.user)]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Fill the plugins' columns for the rows of this page, all at once."""
        found: Any = super().get_changelist_instance(request)
        fill(found.result_list, found.list_display)
        return found

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        mine = Edition.objects.filter(article=OuterRef("pk"))
        now = timezone.now()
        articles: QuerySet[Article] = super().get_queryset(request)
        return articles.annotate(
            live_slug=Subquery(Edition.objects.live().filter(article=OuterRef("pk")).values("slug")[:1]),
            goes_live_at=Subquery(
                Edition.objects.live_or_scheduled()
                .filter(article=OuterRef("pk"), live_from__gt=now)
                .order_by("live_from")
                .values("live_from")[:1]
            ),
            edition_number=Subquery(mine.order_by("-number").values("number")[:1]),
            is_head_live=Exists(Edition.objects.live().filter(revision=OuterRef("head"))),
            is_head_upcoming=Exists(Edition.objects.live_or_scheduled().filter(revision=OuterRef("head"))),
        )

    @display(description="Title", ordering="title")
    def title_and_address(self, article: Article) -> str:
        return format_html(
            '<span class="row-title">{}</span><span class="row-note">{}</span>', article.title, article.slug
        )

    @display(description="Working copy", ordering="state")
    def state_badge(self, article: Any) -> str:
        return state_badge(article, is_live=article.is_head_live, is_scheduled=article.is_head_upcoming)

    @display(description="Readers see")
    def readers(self, article: Any) -> str:
        marks = []
        if article.live_slug:
            marks.append(mark("flag flag--live", "Live"))
        elif article.edition_number and not article.goes_live_at:
            marks.append(mark("flag flag--ended", "Taken down"))
        if article.goes_live_at:
            moment = date_format(timezone.localtime(article.goes_live_at), "j M, H:i")
            marks.append(mark("flag flag--scheduled", moment))
        return (
            format_html_join("", "{}", ((html,) for html in marks)) if marks else mark("flag", "Nothing yet")
        )

    @display(description="Updated", ordering="updated_at")
    def updated(self, article: Article) -> str:
        return date_format(timezone.localtime(article.updated_at), "j M Y, H:i")

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return cast(
                "URLPattern", path(route, self.admin_site.admin_view(view), name=f"articles_article_{name}")
            )

        return [
            at("preview-frame/", live.preview_frame, "preview_frame"),
            at("picker/", live.picker, "picker"),
            at("choices/", live.choices, "choices"),
            at("upload/", live.upload, "upload"),
            at("token/", live.token, "token"),
            at("<path:object_id>/preview/", live.preview, "preview"),
            at("<path:object_id>/save/", live.save, "save"),
            at("<path:object_id>/review/", review.review, "review"),
            at("<path:object_id>/publish/", publish.publish, "publish"),
            at("<path:object_id>/publish/pass/", passing.pass_finding, "pass_finding"),
            at(
                "<path:object_id>/publish/pass/<int:override_id>/withdraw/",
                passing.withdraw_pass,
                "withdraw_pass",
            ),
            at("<path:object_id>/unpublish/", publish.unpublish, "unpublish"),
            at("<path:object_id>/history/<int:number>/", history.revision, "revision"),
            at("<path:object_id>/history/<int:number>/frame/", history.revision_frame, "revision_frame"),
            at("<path:object_id>/history/<int:number>/restore/", history.restore_revision, "restore"),
            at("<path:object_id>/editions/<int:number>/", history.edition, "edition"),
            at("<path:object_id>/editions/<int:number>/frame/", history.edition_frame, "edition_frame"),
            at("<path:object_id>/editions/<int:number>/record/", seen.download, "edition_record"),
            at("<path:object_id>/seen/", seen.seen_of_article, "seen"),
            at("<path:object_id>/editions/<int:number>/cancel/", publish.cancel_schedule, "cancel_schedule"),
            at("<path:object_id>/editions/<int:number>/rollback/", publish.rollback, "rollback"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return change.add(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return change.change(request, object_id)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history.history(request, object_id)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return access_to(request.user, obj).edit

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only drafts that readers never saw: what was published stays on record."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (access_to(request.user, obj).edit and not obj.editions.exists())
