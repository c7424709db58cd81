"""What every page about compliance shares."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse

from articles.models import ArticleFinding


def compliance_page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], status: int = 200
) -> TemplateResponse:
    """Render articles/admin/compliance/<name>.html inside the admin."""
    shared = {**admin.site.each_context(request), "opts": ArticleFinding._meta, "title": title}
    template = f"articles/admin/compliance/{name}.html"
    return TemplateResponse(request, template, {**shared, **context}, status=status)
