from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from articles import cdn


def reader_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Answer GET and HEAD, with an ETag of what is shown.

    A browser may keep the page and asks before it shows it again, so that windows of visibility have sharp edges.
    A CDN need not ask, if the operator says so, until the next edge (articles/cdn.py).
    """

    @require_safe
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked_at = timezone.now()
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code != 200:
            return cdn.tell(response, "", asked_at)
        if "ETag" not in response.headers:
            set_response_etag(response)
        answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
        return cdn.tell(answer, response.headers.get(cdn.TAGS, ""), asked_at)

    return wrapper
