"""Every address of the site: operations, admin, the plugins' pages, then the kernel's."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from cms import operations, plugins

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("robots.txt", operations.robots, name="robots"),
    path("favicon.ico", operations.favicon, name="favicon"),
    path("admin/", admin.site.urls),
    *(path(mount.prefix, include(mount.urlconf)) for mount in plugins.registry().urls),
    *([path("", include("articles.urls"))] if find_spec("articles.urls") else []),
]
if settings.DEBUG:
    urlpatterns = [*static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT), *urlpatterns]
