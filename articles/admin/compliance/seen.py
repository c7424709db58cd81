"""What did readers see on this day? The editions of a moment, and the record of one for whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from articles.admin.access import article_for
from articles.admin.compliance.page import compliance_page
from articles.compliance import evidence
from articles.models import Edition

PER_PAGE = 100
UNREADABLE = "Give a day, or a day and a time: 2026-05-03 or 2026-05-03 10:00."


def moment_of(written: str) -> datetime | None:
    """Read a day (its noon) or a moment in the site's time zone."""
    try:
        moment, day = parse_datetime(written), parse_date(written)
    except ValueError:
        return None
    if day is not None and len(written.strip()) == len("2026-05-03"):
        moment = datetime.combine(day, time(12))
    if moment is None:
        return None
    try:
        return (timezone.make_aware(moment) if timezone.is_naive(moment) else moment).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


@require_GET
def seen(request: HttpRequest) -> HttpResponse:
    """List what readers of the whole site could see at a moment."""
    if not request.user.has_perm("articles.view_auditevent"):
        raise PermissionDenied
    written = request.GET.get("on", "")
    moment = moment_of(written) if written else timezone.now()
    editions = Edition.objects.at(moment) if moment else Edition.objects.none()
    found = Paginator(editions.for_cards().order_by("title", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "moment": moment and timezone.localtime(moment),
        "written": written,
        "found": found,
        "problem": "" if moment else UNREADABLE,
        "zone": timezone.get_current_timezone_name(),
    }
    return compliance_page(request, "seen", "What readers saw", context, status=200 if moment else 400)


@require_GET
def seen_of_article(request: HttpRequest, object_id: str) -> HttpResponse:
    """Lead to the edition of one article that readers saw at a moment."""
    article = article_for(request, object_id, "view")
    moment = moment_of(request.GET.get("on", ""))
    if moment is None:
        messages.error(request, UNREADABLE)
        return redirect("admin:articles_article_history", article.pk)
    found = article.editions.at(moment).only("number").first()
    if found is None:
        words = date_format(timezone.localtime(moment), "j F Y, H:i")
        messages.info(request, f"Readers saw no edition of this article on {words}.")
        return redirect("admin:articles_article_history", article.pk)
    return redirect("admin:articles_article_edition", article.pk, found.number)


@require_GET
def download(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """Hand out the record of one edition as a zip."""
    article = article_for(request, object_id, "view")
    editions = article.editions.select_related("revision", "created_by", "reviewer", "article")
    edition = get_object_or_404(editions, number=number)
    with_log = request.user.has_perm("articles.view_auditevent")
    bundle = evidence.bundle(edition, with_log=with_log)
    response = HttpResponse(bundle, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{edition.slug}-edition-{number}.zip"'
    return response
