"""Ask for a page of the reports, and read it as staff do."""

import re

from django.contrib.auth.models import Group
from django.urls import reverse

from affiliates.reports.pages import PAGES
from tests.factories import UserFactory

OVERVIEW = reverse("admin:affiliates_report_changelist")
EVERY = ["overview", *PAGES]


def url(key, query=""):
    found = OVERVIEW if key == "overview" else reverse("admin:affiliates_report_page", args=[key])
    return f"{found}?{query}" if query else found


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def log_in(client, *groups):
    user = UserFactory()
    user.is_staff = True
    user.save()
    user.groups.add(*Group.objects.filter(name__in=groups))
    client.force_login(user)
    return user
