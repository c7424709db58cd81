"""The pages on doses: axe in both schemes, and letting a contradiction pass by hand."""

import pytest
from playwright.sync_api import expect

from articles.publishing import publish
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PAGES = {
    "contradictions": "/admin/claims/contradiction/",
    "passed": "/admin/claims/contradiction/?show=passed",
    "limits": "/admin/claims/contradiction/limits/?nutrient=magnesium",
}


@pytest.fixture
def two_opinions(editor, log_in):
    for title, text in (
        ("Magnesium for better sleep", "Take 100 mg of magnesium a day. Take magnesium in the evening."),
        (
            "A guide to magnesium glycinate",
            "We recommend 200–300 mg of magnesium a day.\n\nTake magnesium in the morning.",
        ),
    ):
        publish(ArticleFactory(title=title, text=text, owner=editor), override="A test.")
    log_in(editor)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_pass_axe(scheme, live_server, page, axe_serious, two_opinions, complaints):
    page.emulate_media(color_scheme=scheme)

    for address in PAGES.values():
        page.goto(live_server.url + address)
        axe_serious(page)

    assert complaints == []


def test_a_contradiction_is_let_pass_with_a_reason_and_opened_again(live_server, page, two_opinions):
    page.goto(live_server.url + PAGES["contradictions"])
    expect(page.locator(".pair")).to_have_count(2)

    page.get_by_text("Both may stand").first.click()
    page.get_by_label("Why both may stand").first.fill("One is for athletes.")
    page.get_by_role("button", name="Let pass").first.click()

    expect(page.locator(".pair")).to_have_count(1)
    page.goto(live_server.url + PAGES["passed"])
    expect(page.locator(".pair__passed")).to_contain_text("One is for athletes.")
    page.get_by_role("button", name="Open it again").click()
    expect(page.locator(".pair")).to_have_count(2)


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_fit_a_narrow_screen(name, live_server, page, two_opinions):
    page.set_viewport_size({"width": 320, "height": 720})

    page.goto(live_server.url + PAGES[name])

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
