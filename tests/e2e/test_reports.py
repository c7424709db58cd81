"""The reports in a browser: nothing complains, nothing is cut off, each page with axe in both schemes."""

from decimal import Decimal

import pytest

from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.reports.asking import EVERY, url
from tests.affiliates.reports.filling import busy_day, earn
from tests.factories import UserFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MONEY = ["article", "placement", "link", "network", "day"]


@pytest.fixture
def reports(live_server, page, log_in):
    """Reports of two busy months with money, as a publisher sees them; returns what opens one."""
    for number, title in enumerate(("Zinc and how much of it is absorbed with a meal", "Fish oil")):
        placement = PlacementFactory(article__title=title, link=LinkFactory(amazon=number == 1))
        for day in (1, 2, 30):
            busy_day(placement, days=day, clicks=41_234 - 20_000 * number - day, views=1_234_567)
        for day in range(1, 9):
            earn(placement, Decimal("1234.56"), days=day)
    log_in(UserFactory(superuser=True))

    def show(key, query=""):
        page.goto(live_server.url + url(key, query))

    return show


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_report_is_quiet_and_accessible(scheme, reports, page, axe_serious, complaints):
    page.emulate_media(color_scheme=scheme)

    for key in EVERY:
        reports(key)
        assert complaints == [], key
        assert page.locator(".chart").count() == 0, key
        axe_serious(page)
