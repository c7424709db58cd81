"""Keywords, and the page of an article that offers them as links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods
from unfold.decorators import display

from affiliates.admin.base import ListAdmin
from affiliates.admin.recall_pages import person
from affiliates.forms import LinesField, lines_of
from affiliates.keywords import SuggestionGone, accept, offered, suggest, validate_phrases
from affiliates.models import Keyword
from articles.admin.access import article_for
from articles.compile import compile_article, make_source
from articles.models import Article
from articles.revisions import StaleRevision
from cms.contracts import CompileError, Document


class KeywordForm(forms.ModelForm[Keyword]):
    phrases = lines_of(Keyword, "phrases", LinesField)

    class Meta:
        model = Keyword
        fields = ("link", "phrases", "cap", "matches_case", "is_active")

    def clean_phrases(self) -> list[str]:
        phrases: list[str] = self.cleaned_data["phrases"]
        if not phrases:
            raise forms.ValidationError("Name at least one phrase.")
        validate_phrases(phrases)
        return phrases


@admin.register(Keyword)
class KeywordAdmin(ListAdmin):
    form = KeywordForm
    nav_icon = "match_word"
    empty_hint = (
        "Words that may become a link, such as the name of a product. They are never linked by themselves: an "
        "article's page offers them under “Words that could become a link”, and an editor accepts each one."
    )
    list_display = ["show_phrases", "link", "cap", "matches_case", "is_active"]
    list_filter = ["is_active", "link__status"]
    list_select_related = ["link"]
    search_fields = ["phrases", "link__title", "link__slug"]
    autocomplete_fields = ["link"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(suggestions)
        page = path("article/<str:object_id>/", view, name="affiliates_keyword_suggestions")
        return [page, *super().get_urls()]

    @display(description="Words")
    def show_phrases(self, obj: Keyword) -> str:
        return str(obj)


@require_http_methods(["GET", "POST"])
def suggestions(request: HttpRequest, object_id: str) -> HttpResponse:
    """Show where the article could be linked; link what the editor has chosen, as a revision."""
    if not request.user.has_perm("affiliates.view_affiliatelink"):
        raise PermissionDenied
    article = article_for(request, object_id, "edit")
    document = _compiled(article)
    error = ""
    if request.method == "POST" and article.head and document:
        try:
            revision = _accept(request, article, document)
        except SuggestionGone as gone:
            error = str(gone)
        except StaleRevision:
            error = "The article was saved after this page was opened. Look at the list again."
        else:
            messages.success(request, f"Saved as revision {revision.number}. Publish it when you are ready.")
            return redirect("admin:articles_article_change", article.pk)
    found = suggest(document, article.head.text, list(offered())) if document and article.head else []
    context = {
        **site.each_context(request),
        "opts": Article._meta,
        "article": article,
        "title": "Words to link",
        "found": found,
        "error": error,
        "chosen": request.POST.getlist("accept"),
        "has_keywords": bool(found) or Keyword.objects.exists(),
    }
    return render(request, "affiliates/admin/suggestions.html", context)


def _accept(request: HttpRequest, article: Article, document: Document) -> Any:
    head = article.head
    if head is None or request.POST.get("head") != str(head.pk):
        raise StaleRevision(head)
    keys = request.POST.getlist("accept")
    if not keys:
        raise SuggestionGone("Choose at least one place.")
    return accept(article, document, keys, head=head, by=person(request))


def _compiled(article: Article) -> Document | None:
    """Return the working copy as readers would get it, None if it cannot be compiled."""
    if article.head is None:
        return None
    try:
        return compile_article(
            make_source(article.head.text, article.head.front_matter, article.pk), "preview"
        )
    except CompileError:
        return None
