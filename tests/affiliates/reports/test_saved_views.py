"""Views of the reports that staff keep, share and drop."""

import pytest
from django.urls import reverse

from affiliates.admin.reports import address
from affiliates.models import Report
from affiliates.reports import saved
from tests.affiliates.reports.asking import EVERY, OVERVIEW, log_in, text_of, url
from tests.affiliates.reports.filling import busy_day, earn
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_saved_views_are_kept_shared_and_dropped(client):
    owner = log_in(client, "Editor")
    kept = client.post(
        reverse("admin:affiliates_report_keep"),
        {"name": "My year", "page": "link", "query": "period=365&sort=rate&evil=1", "is_shared": "1"},
    )
    kept_view = Report.objects.get()
    log_in(client, "Editor")
    seen = text_of(client.get(OVERVIEW))
    refused = client.post(reverse("admin:affiliates_report_drop", args=[kept_view.pk]))
    client.force_login(owner)
    dropped = client.post(reverse("admin:affiliates_report_drop", args=[kept_view.pk]))

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


@pytest.mark.parametrize(
    "query",
    [
        "sort=epc",  # kept when this person still saw money
        "sort=rank&period=13",  # as an older version called it
        "currency=DEM&sort=commission",
        "period=own&from=2019-01-01&to=2019-01-31&compare=own&cfrom=2018-01-01",
        "columns=clicks,views&page=9",
    ],
)
@pytest.mark.parametrize("page", EVERY)
def test_a_view_of_what_is_no_more_still_opens(client, placement, page, query):
    busy_day(placement, views=100)
    owner = log_in(client, "Editor")
    Report.objects.create(owner=owner, name="Old", page=page, query=query)

    (view,) = saved.listed(owner, address)

    assert client.get(view.url).status_code == 200


def test_a_view_of_a_report_that_is_gone_is_not_listed(client):
    owner = log_in(client, "Editor")
    for page in ("browser", "link", "overview"):
        Report.objects.create(owner=owner, name=f"By {page}", page=page)

    assert [view.name for view in saved.listed(owner, address)] == ["By link", "By overview"]


def test_the_order_by_money_is_not_kept_for_who_may_not_see_it(client, placement):
    busy_day(placement)
    earn(placement, 5)
    log_in(client, "Editor")

    text = text_of(client.get(url("link", "sort=commission&currency=EUR")))

    assert "Commission" not in text
    assert "sale" not in text.partition("What this does not know")[0]
