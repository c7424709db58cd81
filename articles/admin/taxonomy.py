"""Authors, topics and tags."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from articles.models import Author, Tag, Topic


@admin.register(Author)
class AuthorAdmin(ModelAdmin):
    list_display = ("name", "job_title", "credentials", "has_login")
    list_select_related = ("user",)
    search_fields = ("name", "slug")
    show_full_result_count = False
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("user",)
    actions = None
    nav_icon = "badge"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Only those who manage logins may tie one to a byline: it decides who signs reviews with that name."""
        shown: list[Any] = [
            (None, {"fields": ("name", "slug", "job_title", "credentials")}),
            ("For readers", {"fields": ("bio", "profile_url")}),
        ]
        if request.user.has_perm("auth.change_user"):
            shown.append(("Login", {"fields": ("user",)}))
        return shown

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "profile_url":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @display(description="Login", boolean=True)
    def has_login(self, author: Author) -> bool:
        return author.user_id is not None

    def has_delete_permission(self, request: HttpRequest, obj: Author | None = None) -> bool:
        """A byline that readers have seen stays, a reviewer's too."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not (obj.editions.exists() or obj.reviewed_editions.exists())


@admin.register(Topic)
class TopicAdmin(ModelAdmin):
    list_display = ("name", "slug", "article_count")
    search_fields = ("name", "slug")
    show_full_result_count = False
    prepopulated_fields = {"slug": ("name",)}
    actions = None
    nav_icon = "topic"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        topics: QuerySet[Topic] = super().get_queryset(request)
        return topics.annotate(articles_here=Count("articles"))

    @display(description="Articles", ordering="articles_here")
    def article_count(self, topic: Topic) -> int:
        return topic.articles_here  # type: ignore[attr-defined,no-any-return]  # annotated above

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        """A topic with articles cannot go; file them elsewhere first."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.articles.exists())


@admin.register(Tag)
class TagAdmin(ModelAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    show_full_result_count = False
    prepopulated_fields = {"slug": ("name",)}
    nav_icon = "sell"
