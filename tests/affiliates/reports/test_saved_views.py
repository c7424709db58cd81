"""Views of the reports that staff keep, share and drop."""

import pytest
from django.urls import reverse

from affiliates.models import Report
from tests.affiliates.reports.asking import OVERVIEW, log_in, text_of, url
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_saved_views_are_kept_shared_and_dropped(client):
    owner = log_in(client, "Editor")
    kept = client.post(
        reverse("admin:affiliates_report_keep"),
        {"name": "My year", "page": "link", "query": "period=365&sort=rate&evil=1", "is_shared": "1"},
    )
    saved = Report.objects.get()
    log_in(client, "Editor")
    seen = text_of(client.get(OVERVIEW))
    refused = client.post(reverse("admin:affiliates_report_drop", args=[saved.pk]))
    client.force_login(owner)
    dropped = client.post(reverse("admin:affiliates_report_drop", args=[saved.pk]))

    assert kept["Location"] == url("link", "period=365&sort=rate")
    assert f"My year by {owner}" in seen
    assert refused.status_code == 404
    assert dropped.status_code == 302
    assert not Report.objects.exists()


def test_a_private_view_is_its_owners(client):
    Report.objects.create(owner=UserFactory(), name="Secret plan", page="link")
    log_in(client, "Editor")

    assert "Secret plan" not in text_of(client.get(OVERVIEW))


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_view_needs_a_name(staff, name):
    staff.post(reverse("admin:affiliates_report_keep"), {"name": name, "page": "link", "query": ""})

    assert not Report.objects.exists()


def test_the_same_name_is_replaced(staff):
    for page in ("link", "article"):
        staff.post(reverse("admin:affiliates_report_keep"), {"name": "A", "page": page, "query": ""})

    assert Report.objects.get().page == "article"


def test_views_are_not_changed_by_looking(staff):
    assert staff.get(reverse("admin:affiliates_report_keep")).status_code == 405
