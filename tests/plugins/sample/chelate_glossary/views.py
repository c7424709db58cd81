from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chelate_glossary.models import Term


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "chelate_glossary/glossary.html", {"terms": Term.objects.all()})
