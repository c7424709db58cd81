from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def redirect(request: HttpRequest) -> HttpResponse:
    """An uncounted redirect."""
    return HttpResponse(
        status=302, headers={"Location": "https://shop.example/", "Cache-Control": "no-store"}
    )


urlpatterns = [path("benchmark/empty/", empty), path("benchmark/redirect/", redirect), *site]
