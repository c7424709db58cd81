"""Mounted under /go/. Anything but the exact spelling of an address is not found."""

from __future__ import annotations

from django.urls import re_path

from affiliates import views
from affiliates.beacon import beacon
from affiliates.markup.placements import SELF
from affiliates.models.link import SLUG
from affiliates.seen import seen
from affiliates.subids import PUBLIC_ID

app_name = "affiliates"
# \Z, not $: $ would accept a line feed at the end.
urlpatterns = [
    re_path(r"^beacon/\Z", beacon, name="beacon"),
    re_path(r"^seen/\Z", seen, name="seen"),
    re_path(rf"^(?P<slug>{SLUG})/\Z", views.go, name="go"),
    re_path(rf"^(?P<slug>{SLUG})/(?P<public_id>{PUBLIC_ID}|{SELF})/\Z", views.go, name="placed"),
    re_path(r"^(?P<rest>[\s\S]*)\Z", views.not_found, name="missing"),
]
