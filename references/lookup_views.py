"""What the editor's picker asks when the library does not have a work. Both answers have the picker's shape."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.admin.pages import actor
from references import adding, csl, formatting, markup
from references.adding import Candidate
from references.models import EditorialStatus
from references.verification.editorial import BLOCKING

MOST_IN_URL = 500


@require_POST
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask about what was typed and show what it is. Nothing is stored yet."""
    text = _asked(request)
    found = adding.find(text)
    if not found.candidates:
        return JsonResponse({"choices": [_by_hand(text)], "message": found.why})
    [first, *others] = found.candidates
    if first.known:
        return JsonResponse({"choices": [_known(first)], "message": "The library has it already."})
    message = "Choose it to add it to the library and to cite it."
    if others:
        message = f"The first of {len(found.candidates)} entries. Import a file to add all of them."
    return JsonResponse({"choices": [_new(first)], "message": message})


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Add what was shown; the source's answer of a moment ago is used again."""
    text = _asked(request)
    reference = adding.add(text, by=actor(request))
    if reference is None:
        return JsonResponse({"choices": [_by_hand(text)], "message": adding.find(text).why})
    return JsonResponse({"choices": [], "message": "", "insert": f"[@{reference.citekey}]"})


def _asked(request: HttpRequest) -> str:
    if not request.user.has_perm("references.add_reference"):
        raise PermissionDenied
    return request.POST.get("q", "").replace("\x00", "").strip().removeprefix("[@").strip()


def _new(candidate: Candidate) -> dict[str, Any]:
    url = reverse("admin:references_reference_take")
    return {"insert": "", "label": title_of(candidate), "detail": detail_of(candidate), "more": url}


def _known(candidate: Candidate) -> dict[str, Any]:
    return {
        "insert": f"[@{candidate.citekey}]",
        "label": title_of(candidate),
        "detail": f"@{candidate.citekey}",
    }


def _by_hand(text: str) -> dict[str, Any]:
    query = urlencode({"paste": text[:MOST_IN_URL]}) if not adding.is_entry(text) else ""
    url = f"{reverse('admin:references_reference_add')}?{query}".rstrip("?")
    return {"insert": "", "label": "Add it by hand", "detail": "opens the library in a new tab", "href": url}


def title_of(candidate: Candidate) -> str:
    title = markup.plain(str(candidate.incoming.item.get("title") or "")) or candidate.citekey
    flag = EditorialStatus(candidate.status).label.upper() if candidate.status in BLOCKING else ""
    return f"{flag}: {title}" if flag else title


def detail_of(candidate: Candidate) -> str:
    item = candidate.incoming.item
    who = formatting.label(item) if csl.first_author(item) else ""
    container = markup.plain(str(item.get("container-title") or ""))
    return ", ".join(str(part) for part in (who, csl.year(item), container) if part)
