from datetime import timedelta

import pytest
from django.utils import timezone

from affiliates.expiry import expire_links
from affiliates.models import AffiliateLink
from cms import plugins
from tests.affiliates.factories import LinkFactory, ProgramFactory

pytestmark = pytest.mark.django_db


def status_after(**values):
    link = LinkFactory(**values)
    expire_links.func()
    link.refresh_from_db()
    return link.status, link.version


@pytest.mark.parametrize(("hours", "status"), [(-1, "expired"), (1, "live")])
def test_an_offer_ends_on_its_date(hours, status):
    assert status_after(expires_at=timezone.now() + timedelta(hours=hours))[0] == status


@pytest.mark.parametrize(("days", "status"), [(-1, "expired"), (0, "live"), (1, "live")])
def test_the_links_of_a_program_end_with_it(days, status):
    today = timezone.now().date()

    assert status_after(program=ProgramFactory(ends_on=today + timedelta(days=days)))[0] == status


@pytest.mark.parametrize("status", ["draft", "paused", "recalled", "expired"])
def test_what_is_not_live_stays_as_it_is(status):
    assert status_after(status=status, expires_at=timezone.now() - timedelta(days=1)) == (status, 1)


def test_running_it_again_changes_nothing():
    LinkFactory(expires_at=timezone.now() - timedelta(days=1))
    LinkFactory()

    assert [expire_links.func(), expire_links.func()] == [1, 0]
    assert sorted(AffiliateLink.objects.values_list("status", "version")) == [("expired", 2), ("live", 1)]


def test_it_runs_by_itself():
    assert plugins.registry().schedules["affiliates.expiry"].every <= timedelta(minutes=5)
