"""POST /go/seen/: an article was opened, or its paid links came into sight. The body names the article and the places.

Nobody is recognised: a view is a number in a day's row. It is the denominator of the click rate and never more exact
than that; without script, or where the browser asks not to be counted, there is none.
"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from affiliates import responses
from affiliates.beacon import drop, read_body
from affiliates.clicks.classify import classify
from affiliates.clicks.record import Seen, count
from affiliates.models import ClickClass
from affiliates.subids import PUBLIC_ID

MOST = 32
BODY = re.compile(rf"(\d{{1,18}})( view)?((?: {PUBLIC_ID}){{0,{MOST}}})")


@responses.answers("POST")
def seen(request: HttpRequest) -> HttpResponse:
    """Count what a reader has seen. It is stored later and in batches; the page does not wait for it."""
    body, refusal = read_body(request)
    if refusal:
        return refusal
    if request.META.get("HTTP_SEC_GPC") == "1":
        return responses.empty(204)  # the script asks first; this is for copies of it
    found = BODY.fullmatch(body)
    if found is None:
        return drop("unknown_view", 204)
    if classify(request.META, is_navigation=False).click_class != ClickClass.HUMAN:
        return drop("view_by_bot", 204)
    article, view, places = found.groups()
    item = Seen(timezone.now().date(), int(article), tuple(places.split()), is_view=bool(view))
    if item.is_view or item.public_ids:
        count(item, wait=False)
    return responses.empty(204)
