"""Letting one finding pass from the publish page, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from articles.admin.access import article_for
from articles.admin.pages import actor
from articles.admin.working_copy import compiled
from articles.compliance.overrides import CannotPass, let_pass, withdraw
from articles.compliance.policy import about
from articles.front_matter import clean_text
from articles.models import Article
from cms.contracts import Finding

GONE = "The check no longer says that. Look at the list again."


@require_POST
def pass_finding(request: HttpRequest, object_id: str) -> HttpResponse:
    """Let the finding named by check and words pass, if it still stands."""
    article = article_for(request, object_id, "override")
    wanted = request.POST.get("check", ""), request.POST.get("about", "")
    found = [one for one in _findings(article) if one.blocks and (one.id, about(one)) == wanted]
    if not found:
        messages.error(request, GONE)
    else:
        try:
            let_pass(article, found, reason=clean_text(request.POST.get("reason", "")), by=actor(request))
        except CannotPass as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "It no longer blocks. Your name and reason stand beside it.")
    return redirect("admin:articles_article_publish", article.pk)


@require_POST
def withdraw_pass(request: HttpRequest, object_id: str, override_id: int) -> HttpResponse:
    article = article_for(request, object_id, "override")
    withdraw(get_object_or_404(article.overrides, pk=override_id), by=actor(request))
    messages.success(request, "The check asks again.")
    return redirect("admin:articles_article_publish", article.pk)


def _findings(article: Article) -> list[Finding]:
    head = article.head
    return list(compiled(article, head.text if head else "", head.front_matter if head else {}).findings)
