"""Addresses for load balancers and crawlers."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.models import worker_seen_at

ROBOTS = """\
User-agent: *
Disallow: /go/
Disallow: /admin/
Disallow: /preview/
Disallow: /search/

Sitemap: {site}/sitemap.xml
"""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers. It asks nothing else, so that a database outage restarts no web process."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether this process should get traffic: its database answers and has no migration pending."""
    problems = []
    seen_at = None
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            problems.append("migrations pending")
        else:
            seen_at = worker_seen_at()
    except DatabaseError:
        problems.append("database unreachable")
    # Told, not judged: readers are served without a worker.
    report = {"ready": not problems, "problems": problems, "worker_seen_at": seen_at}
    return JsonResponse(report, status=503 if problems else 200)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS.format(site=settings.SITE_URL), content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer browsers that ask for the icon by its old name, as they do for pages without an icon link."""
    return redirect(static("cms/favicon.png"))
