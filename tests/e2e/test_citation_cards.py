"""Cards beside citations and tables that sort: what only a browser shows."""

import pytest
from playwright.sync_api import expect

from articles.publishing import publish
from tests.factories import ArticleFactory
from tests.references.factories import ReferenceFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TEXT = "Zinc [@adams2019; @baker2020].\n\n::papers\n"


@pytest.fixture
def address(live_server):
    for key, name, kind in [("adams2019", "Adams", "rct"), ("baker2020", "Baker", "review")]:
        csl = {
            "type": "article-journal",
            "title": f"On {name}",
            "author": [{"family": name, "given": "Ana"}],
            "issued": {"date-parts": [[int(key[-4:])]]},
            "DOI": f"10.1234/{key}",
        }
        ReferenceFactory(citekey=key, csl=csl, study_type=kind)
    counts = [("adams2019", 9), ("baker2020", 120)]
    listed = [
        {"id": key, "custom": {"insight": f"Says {key}.", "citation_count": count}} for key, count in counts
    ]
    article = ArticleFactory(text=TEXT, front_matter={"references": listed, "citation_style": "apa"})
    edition = publish(article, override="Tests of other plugins' checks stand elsewhere")
    return f"{live_server.url}{edition.get_absolute_url()}"


def test_a_card_shows_the_entry_on_focus_and_goes_with_escape(page, address, complaints, axe_serious):
    page.goto(address)
    link, card = page.locator(".cite a").first, page.get_by_role("tooltip")

    link.focus()

    expect(card).to_contain_text("On Adams")
    expect(card.locator(".references__back")).to_have_count(0)
    expect(link).to_have_attribute("aria-describedby", "cite-card")
    assert complaints == []  # before axe, whose own script the policy refuses loudly
    axe_serious(page)
    page.keyboard.press("Tab")
    expect(card).to_contain_text("On Baker")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_the_pointer_may_move_onto_the_card(page, address):
    page.goto(address)
    page.locator(".cite a").first.hover()
    card = page.get_by_role("tooltip")

    card.locator("a").hover()
    page.wait_for_timeout(400)  # longer than the script waits for the pointer to arrive

    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_have_count(0)


def test_a_click_leads_to_the_list(page, address):
    page.goto(address)

    page.locator(".cite a").first.click()

    assert page.url.endswith("#c-ref-adams2019")
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_a_card_stays_on_a_narrow_page(page, address):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)

    page.locator(".cite a").nth(1).focus()

    box = page.get_by_role("tooltip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_readers_sort_and_filter_the_papers(page, address, complaints):
    page.goto(address)
    rows = page.locator(".papers tbody tr:visible")
    expect(rows.first).to_contain_text("On Adams")

    page.get_by_role("button", name="Citations").click()
    page.get_by_role("button", name="Citations").click()
    expect(rows.first).to_contain_text("On Baker")
    expect(page.get_by_role("columnheader", name="Citations")).to_have_attribute("aria-sort", "descending")

    page.get_by_label("Study type").select_option("Randomised controlled trial")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("On Adams")
    assert complaints == []
