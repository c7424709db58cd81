"""What the editor's script asks for: preview, saving in the background, pickers, uploads. All need a staff login
(the admin site wraps them) and a right on the article; django-markdownx's own views are never mounted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_POST

from articles.admin import lists
from articles.admin.access import article_for
from articles.admin.framing import framed
from articles.admin.pages import who_was_faster
from articles.admin.working_copy import WorkingCopy, compiled
from articles.front_matter import clean_text
from articles.images import UploadRefused, store_upload
from articles.models import Revision
from articles.revisions import StaleRevision
from cms import plugins
from cms.contracts import Choice


@require_POST
def preview(request: HttpRequest, object_id: str) -> HttpResponse:
    """Compile what is in the form now, unsaved."""
    article = article_for(request, object_id, "edit")
    copy = WorkingCopy(article, request.POST)
    result = compiled(article, copy.text, copy.front_matter)
    return JsonResponse(
        {
            "html": render_to_string("articles/admin/preview_body.html", {"page": result}),
            "findings": [asdict(finding) for finding in result.findings],
            "words": result.document.word_count,
            "minutes": result.minutes,
        }
    )


@require_POST
def save(request: HttpRequest, object_id: str) -> HttpResponse:
    """Save without leaving the page; fields that are not valid keep their stored value and are named in `errors`."""
    article = article_for(request, object_id, "edit")
    copy = WorkingCopy(article, request.POST)
    kind = Revision.Kind.SAVE if request.POST.get("kind") == Revision.Kind.SAVE else Revision.Kind.AUTOSAVE
    try:
        revision = copy.save(request, kind)
    except StaleRevision as stale:
        by = who_was_faster(request, stale.current)
        return JsonResponse({"error": "stale", "by": by}, status=409)
    now = timezone.localtime()
    return JsonResponse(
        {
            "head": revision.pk,
            "number": revision.number,
            "at": date_format(now, "H:i"),
            "errors": copy.errors,
        }
    )


@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """Return the token that forms carry. It changes at each login, so that a page opened before asks for it again."""
    return JsonResponse({"token": get_token(request)})


@framed
@require_GET
def preview_frame(request: HttpRequest) -> HttpResponse:
    """The empty page that the preview is put into: the site's style sheet, no script."""
    return render(request, "articles/admin/preview_frame.html")


@require_GET
def picker(request: HttpRequest) -> HttpResponse:
    """Search what a syntax offers to insert."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    syntax = plugins.registry().syntaxes.get(request.GET.get("syntax", ""))
    if syntax is None:
        return JsonResponse({"error": "There is no such syntax."}, status=400)
    query = clean_text(request.GET.get("q", "")[:200])
    none: Sequence[Choice] = ()
    found = plugins.guarded("picker", syntax.picker, query, default=none, syntax=syntax.id)
    rows = [
        {name: value for name, value in asdict(choice).items() if value or name != "more"} for choice in found
    ]
    return JsonResponse({"choices": rows})


@require_GET
def choices(request: HttpRequest) -> HttpResponse:
    """Search one of the lists of the form: authors, topics, tags, pictures, articles."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    try:
        found = lists.find(request.GET.get("kind", ""), clean_text(request.GET.get("q", "")[:200]))
    except KeyError:
        return JsonResponse({"error": "There is no such list."}, status=400)
    return JsonResponse({"choices": [asdict(row) for row in found]})


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Store a picture that was dropped into, pasted into or chosen for the text, and return its Markdown."""
    if not request.user.has_perm("articles.add_image"):
        raise PermissionDenied
    file, alt = request.FILES.get("file"), clean_text(request.POST.get("alt", ""))
    if file is None:
        return JsonResponse({"error": "Choose a picture first."}, status=400)
    decorative = request.POST.get("decorative") == "on"
    try:
        image = store_upload(file, alt=alt, is_decorative=decorative, slug=request.POST.get("slug", ""))
    except UploadRefused as refused:
        return JsonResponse({"error": str(refused)}, status=400)
    described = " ".join(alt.replace("[", "(").replace("]", ")").split())
    return JsonResponse(
        {"slug": image.slug, "url": image.file.url, "insert": f"![{described}](img:{image.slug})"}
    )
