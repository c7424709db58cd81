"""Clicks in a real browser: counted for redirects and for direct links, without a cookie, with or without scripts."""

import time

import pytest

from affiliates.clicks.record import writer
from affiliates.models import Click, Placement, ViewDay
from articles.publishing import publish
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.affiliates.requests import CHROME
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TEXT = "Zinc matters.\n\nTry [zinc](aff:zinc), or [fish oil](aff:oil).\n\n::product{tablets}\n\n::compare{tablets oil}"
PATIENCE_SECONDS = 10


@pytest.fixture
def browser_context_args(browser_context_args):
    """A reader's browser does not call itself headless; one that does is a bot."""
    return {**browser_context_args, "user_agent": CHROME}


@pytest.fixture
def article(live_server):
    zinc, oil = LinkFactory(slug="zinc"), LinkFactory(slug="oil", amazon=True)
    ProductFactory(slug="tablets", link=zinc)
    ProductFactory(slug="oil", name="Fish Oil 500", link=oil)
    edition = publish(ArticleFactory(text=TEXT), override="This test is about clicks.")
    yield f"{live_server.url}{edition.get_absolute_url()}"
    writer.stop()


@pytest.fixture
def shops(page):
    """Answers for every shop; the addresses that were asked for."""
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(body="<title>Shop</title>", content_type="text/html")

    for pattern in ("https://www.amazon.com/**", "https://www.awin1.com/**"):
        page.context.route(pattern, answer)
    return asked


def stored(number):
    """Wait for that many clicks and return them."""
    until = time.monotonic() + PATIENCE_SECONDS
    while Click.objects.count() < number and time.monotonic() < until:
        time.sleep(0.05)
    return list(Click.objects.order_by("pk"))


def test_a_direct_link_is_counted_by_the_script(article, page, shops, complaints):
    page.goto(article)

    page.locator("p a[data-placement]").first.click()
    page.wait_for_url("https://www.amazon.com/**")

    (click,) = stored(1)
    assert (click.channel, click.click_class, click.link.slug) == ("beacon", "human", "oil")
    assert click.placement.public_id == Placement.objects.get(link__slug="oil", kind="inline").public_id
    assert page.context.cookies() == []
    assert complaints == []


def test_the_shop_learns_which_site_a_click_came_from(article, page, shops):
    page.goto(article)

    page.locator("p a[data-placement]").first.click()
    page.wait_for_url("https://www.amazon.com/**")

    origin = article.partition("/articles/")[0]
    assert shops[0].headers["referer"] == f"{origin}/"


def test_a_middle_click_is_counted_and_a_right_click_is_not(article, page, shops):
    page.goto(article)
    link = page.locator("p a[data-placement]").first

    link.click(button="right")
    with page.context.expect_page():
        link.click(button="middle")

    assert len(stored(1)) == 1


def test_the_keyboard_is_counted(article, page, shops):
    page.goto(article)

    page.locator("p a[data-placement]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.amazon.com/**")

    assert [click.channel for click in stored(1)] == ["beacon"]


def test_global_privacy_control_silences_the_script(article, page, shops):
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    page.goto(article)

    page.locator("p a[data-placement]").first.click()
    page.wait_for_url("https://www.amazon.com/**")

    assert not Click.objects.exists()


def test_a_redirect_is_counted_without_any_script(article, browser, shops, page):
    context = browser.new_context(java_script_enabled=False)
    context.route("https://www.awin1.com/**", lambda route: route.fulfill(body="shop"))
    reader = context.new_page()
    reader.goto(article)

    reader.get_by_role("link", name="zinc", exact=True).click()
    reader.wait_for_url("https://www.awin1.com/**")

    (click,) = stored(1)
    assert (click.channel, click.link.slug, click.placement.kind) == ("redirect", "zinc", "inline")
    assert context.cookies() == []
    context.close()


def test_every_kind_of_paid_link_is_accessible(article, page, axe):
    page.goto(article)

    axe(page)
    assert page.locator("a.paid").count() == 5
    assert page.locator(".paid__label").count() == 5


def test_the_page_of_an_ended_offer_leads_back(article, page, axe):
    placement = Placement.objects.get(link__slug="zinc", kind="inline")
    placement.link.status = "recalled"
    placement.link.save()
    origin = article.partition("/articles/")[0]

    page.goto(f"{origin}/go/zinc/{placement.public_id}/")

    axe(page)
    page.get_by_role("link", name="Back to").click()
    assert page.url == article


def seen(number):
    """Wait for that many rows of views and return them: place, or "" for the article, and how often."""
    until = time.monotonic() + PATIENCE_SECONDS
    while ViewDay.objects.count() < number and time.monotonic() < until:
        time.sleep(0.05)
    return {(row.placement.public_id if row.placement else ""): row.count for row in ViewDay.objects.all()}


def test_an_opened_article_and_its_links_in_sight_are_counted(article, page, complaints):
    page.set_viewport_size({"width": 1_000, "height": 3_000})  # everything is in sight

    page.goto(article)

    everything = dict.fromkeys(Placement.objects.values_list("public_id", flat=True), 1)
    assert seen(1 + len(everything)) == {"": 1, **everything}
    assert page.context.cookies() == []
    assert complaints == []


def test_a_link_out_of_sight_is_not_counted(article, page):
    page.set_viewport_size({"width": 1_000, "height": 200})
    page.goto(article)
    page.wait_for_timeout(4_000)  # a second in sight, two until it is told

    assert seen(1) == {"": 1}


def test_who_objects_is_not_counted(article, page):
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    page.set_viewport_size({"width": 1_000, "height": 3_000})
    page.goto(article)
    page.wait_for_timeout(4_000)

    assert seen(0) == {}
