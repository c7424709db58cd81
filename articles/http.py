from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe


def reader_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Answer GET and HEAD, with an ETag of what is shown.

    A browser may keep the page and asks before it shows it again, so that windows of visibility have sharp edges.
    """

    @require_safe
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code != 200:
            return response
        if "ETag" not in response.headers:
            set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    return wrapper
