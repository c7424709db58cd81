"""Every address of the site: operations, admin, the plugins' pages, then the kernel's."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from cms import operations, plugins
from cms.logins import views as logins


def mounted() -> Iterator[URLResolver]:
    """Yield the plugins' pages. One whose addresses cannot be imported goes without them; cms.W100 names it."""
    for mount in plugins.registry().urls:
        found = plugins.guarded("plugin urls", include, mount.urlconf, default=None, urlconf=mount.urlconf)
        if found is not None:
            yield path(mount.prefix, found)


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("robots.txt", operations.robots, name="robots"),
    path("favicon.ico", operations.favicon, name="favicon"),
    path("admin/second-factor/", admin.site.admin_view(logins.second_factor), name="second_factor"),
    path(
        "admin/second-factor/<int:pk>/reset/", admin.site.admin_view(logins.reset), name="second_factor_reset"
    ),
    path("admin/", admin.site.urls),
    *mounted(),
    path("", include("articles.urls")),
]
if settings.DEBUG:
    urlpatterns = [*static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT), *urlpatterns]
