"""The card on the first page of the admin."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.affiliates.reports.filling import busy_day, earn
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def home(client, *groups):
    user = UserFactory(is_staff=True)
    user.groups.add(*Group.objects.filter(name__in=groups))
    client.force_login(user)
    return client.get(reverse("admin:index")).content.decode()


def test_clicks_of_a_week_stand_beside_those_before(client, placement):
    busy_day(placement, days=1, clicks=300, views=5_000)
    busy_day(placement, days=8, clicks=100)

    page = home(client, "Editor")

    assert "300 (240 unique); +200 % against the 7 days before (100)" in page
    assert "Uniqueness of 30 clicks was not measured." in page
    assert "Commission" not in page


def test_publishers_see_money_by_currency(client, placement):
    busy_day(placement)
    earn(placement, Decimal(12), pending_commission=Decimal(12))
    earn(placement, Decimal(5), currency="USD", method="tag_pool", article=None)

    page = home(client, "Editor", "Publisher")

    assert "12.00, 12.00 pending, 100% of it tied to an article" in page
    assert "5.00, 0.00 pending, 0% of it tied to an article" in page


def test_a_small_move_is_not_called_one(client, placement):
    busy_day(placement, days=1, clicks=100)
    busy_day(placement, days=8, clicks=96)

    assert "no clear difference to the 7 days before (96)" in home(client, "Editor")


@pytest.mark.parametrize("groups", [["Editor"], ["Editor", "Publisher"]])
def test_a_new_site_has_no_card(client, groups):
    assert "Paid links, " not in home(client, *groups)


def test_who_may_not_see_reports_has_no_card(client, placement):
    busy_day(placement)

    assert "Paid links, " not in home(client, "Author")


@pytest.mark.parametrize("count", [1, 20])
def test_it_costs_two_queries(client, placement, count, django_assert_max_num_queries):
    from affiliates.reports.card import reports_card
    from cms.contracts import SlotContext

    for number in range(count):
        busy_day(placement, days=1 + number % 7)
        earn(placement, Decimal(1))
    request = client.request().wsgi_request
    request.user = UserFactory(superuser=True)

    with django_assert_max_num_queries(2):
        assert reports_card(SlotContext(request=request))
