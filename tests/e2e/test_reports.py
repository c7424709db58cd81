"""The reports in a browser: nothing complains, nothing is cut off, each page with axe in both schemes."""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

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
            busy_day(placement, days=day, clicks=41_234 - 20_000 * number, views=61_234, impressions=61_234)
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


def edge(page, frame):
    """Return how bright the last pixels of a frame are, above its first line."""
    box = frame.bounding_box()
    clip = {"x": box["x"] + box["width"] - 3, "y": box["y"] + 2, "width": 2, "height": 2}
    with Image.open(BytesIO(page.screenshot(clip=clip))) as picture:
        return picture.convert("L").getpixel((1, 1))


@pytest.mark.parametrize("key", MONEY)
def test_no_column_is_cut_off_on_a_small_desk(reports, page, key):
    page.set_viewport_size({"width": 1_360, "height": 900})

    reports(key)

    frame = page.locator(".numbers__frame").last
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 0


def test_what_is_too_wide_scrolls_in_its_frame_with_a_dark_edge(reports, page):
    page.set_viewport_size({"width": 800, "height": 900})

    reports("article")

    frame = page.locator(".numbers__frame").last
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    before = edge(page, frame)
    frame.evaluate("frame => frame.scrollTo(frame.scrollWidth, 0)")
    assert before + 50 < edge(page, frame)
