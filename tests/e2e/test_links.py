"""Links and products in a browser: boxes and comparisons at every width, recall, import, keywords."""

import pytest
from playwright.sync_api import expect

from affiliates.models import AffiliateLink, Keyword
from articles.models import Edition
from articles.publishing import publish
from tests.affiliates.desk import AWIN
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.factories import ArticleFactory, ImageFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TEXT = "Words about zinc.\n\n::product{tablets}\n\n::compare{tablets drops}\n\n::button{zinc}\n\nMore zinc."


@pytest.fixture
def link():
    return LinkFactory(slug="zinc", url=AWIN)


@pytest.fixture
def edition(editor, link):
    ProductFactory(slug="tablets", link=link, image=ImageFactory(alt="A jar"))
    ProductFactory(slug="drops", name="Zinc drops", link=LinkFactory(slug="other"), facts=[], brand="")
    article = ArticleFactory(title="Zinc", slug="zinc-sold", owner=editor, text=TEXT)
    return publish(article, override="The test is about links.", by=editor)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "display"), [(320, "block"), (360, "block"), (1200, "table-row")])
def test_a_comparison_is_cards_on_a_phone_and_a_table_elsewhere(
    live_server, page, axe_serious, edition, width, display, scheme
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(live_server.url + edition.get_absolute_url())

    row = page.locator(".compare tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == display
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heading = row.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert heading == ('"Form"' if display == "block" else "none")
    axe_serious(page)


@pytest.mark.parametrize("width", [320, 360])
def test_the_name_on_a_card_has_the_whole_card(live_server, page, edition, width):
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(live_server.url + edition.get_absolute_url())

    name = page.locator(".compare tbody th").first
    assert name.evaluate("name => name.offsetWidth === name.parentElement.clientWidth")


LONG = "Donaudampfschifffahrtsgesellschaftskapitaensmagnesiumbisglycinat 400"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_longest_words_stay_in_their_box(live_server, page, editor, link, width):
    words = {"name": LONG, "brand": LONG, "form": LONG, "amount_per_serving": LONG, "facts": ["x" * 90]}
    ProductFactory(slug="tablets", link=link, image=ImageFactory(alt="A jar"), **words)
    ProductFactory(slug="drops", link=link, name="Drops", brand="", form="", amount_per_serving="", facts=[])
    article = ArticleFactory(title="Zinc", owner=editor, text=TEXT)
    edition = publish(article, override="The test is about links.", by=editor)
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(live_server.url + edition.get_absolute_url())

    for box in page.locator(".product, .compare").all():
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
        assert box.get_by_role("link").first.evaluate(
            "link => link.getBoundingClientRect().right <= document.documentElement.clientWidth"
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_fact_that_a_label_does_not_state_is_said_in_a_table(live_server, page, editor, link):
    ProductFactory(slug="tablets", link=link)
    ProductFactory(slug="drops", link=link, form="", amount_per_serving="", facts=[])
    article = ArticleFactory(title="Zinc", owner=editor, text=TEXT)
    edition = publish(article, override="The test is about links.", by=editor)
    page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(live_server.url + edition.get_absolute_url())

    row = page.locator(".compare tbody tr").nth(1)
    before = "cell => getComputedStyle(cell, '::before').content"
    assert "not stated" in row.locator("td").first.evaluate(before)
    assert row.locator("td").last.evaluate(before) == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_recall_takes_two_steps_and_reaches_readers(
    live_server, page, axe_serious, complaints, editor, log_in, link, edition, scheme
):
    page.emulate_media(color_scheme=scheme)
    log_in(editor)
    page.goto(f"{live_server.url}/admin/affiliates/affiliatelink/{link.pk}/change/")
    page.get_by_role("link", name="Take it out of every article").click()
    expect(page.get_by_role("link", name="Zinc", exact=True)).to_be_visible()
    axe_serious(page)

    page.get_by_label("Why").fill("FDA warning letter")
    page.get_by_role("button", name="Recall now").click()
    page.wait_for_url(f"**/affiliatelink/{link.pk}/change/")

    assert AffiliateLink.objects.get(pk=link.pk).recall_reason == "FDA warning letter"
    assert "/go/zinc/" not in Edition.objects.live().get(article=edition.article_id).html
    assert complaints == []


def test_a_file_is_shown_before_it_is_imported(
    live_server, page, axe_serious, complaints, editor, log_in, tmp_path
):
    file = tmp_path / "links.csv"
    file.write_text(f"slug,title,address\nzinc,Zinc citrate,{AWIN}\nbad,Bad,http://x.example/\n")
    log_in(editor)
    page.goto(f"{live_server.url}/admin/affiliates/affiliatelink/")
    page.get_by_role("link", name="Import…").click()
    axe_serious(page)

    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_role("heading", name="1 new, 0 changed")).to_be_visible()
    axe_serious(page)
    assert not AffiliateLink.objects.exists()
    page.get_by_role("button", name="Import 1 link").click()
    page.wait_for_url("**/affiliatelink/")

    assert AffiliateLink.objects.get().slug == "zinc"
    assert complaints == []


def test_a_keyword_is_linked_from_the_articles_page(
    live_server, page, axe_serious, complaints, editor, log_in, link, edition
):
    Keyword.objects.create(link=link, phrases=["zinc"], cap=9)
    log_in(editor)
    page.goto(f"{live_server.url}/admin/articles/article/{edition.article_id}/change/")
    page.get_by_role("tab", name="Affiliate link").click()
    expect(page.get_by_role("heading", name="Paid links that readers see")).to_be_visible()
    page.get_by_role("link", name="Words that could become a link").click()
    axe_serious(page)

    page.get_by_label("More zinc.").check()
    page.get_by_role("button", name="Link the chosen words").click()
    page.wait_for_url("**/change/")

    assert edition.article.revisions.first().text.endswith("More [zinc](aff:zinc).")
    assert complaints == []
