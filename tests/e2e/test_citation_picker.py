"""Citing from the keyboard: [@ opens the library, a DOI is looked up, shown, added and cited."""

import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from references.models import Reference
from tests.e2e.desk import text, value
from tests.factories import ArticleFactory
from tests.references.factories import ReferenceFactory
from tests.references.sources import payloads
from tests.references.sources.fixtures import point_at
from tests.support.http import Reply, local_site

__all__ = ["local_site"]
DOI = "10.1093/ajcn/68.2.447s"


@pytest.fixture
def sources(settings, local_site):
    cache.clear()
    point_at(settings, local_site)
    local_site["/crossref/works/10.1093%2Fajcn%2F68.2.447s"] = Reply(body=payloads.crossref())
    return local_site


@pytest.fixture
def citing(live_server, page, editor, log_in, sources):
    """The editor of an article with every plugin on, the cursor at the end of the text."""
    article = ArticleFactory(owner=editor, title="Zinc", slug="zinc", text="Zinc is absorbed")
    log_in(editor)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector("html[data-editor=ready]")
    text(page).focus()
    page.keyboard.press("Control+End")
    return page


def state(page):
    return page.locator(".pick__state")


def test_typing_the_beginning_of_a_citation_searches_the_library(citing, axe_serious):
    ReferenceFactory(citekey="rayman2012", csl__title="Selenium and human health")

    citing.keyboard.type(" [@")
    expect(citing.get_by_role("dialog", name="Insert: Citation")).to_be_visible()
    citing.keyboard.type("selen")
    expect(citing.get_by_role("option")).to_have_count(1)
    axe_serious(citing)
    citing.keyboard.press("Enter")

    expect(citing.get_by_role("dialog", name="Insert: Citation")).to_be_hidden()
    assert value(citing) == "Zinc is absorbed [@rayman2012]"


def test_leaving_the_picker_leaves_what_was_typed(citing):
    citing.keyboard.type(" [@")
    expect(citing.get_by_role("dialog", name="Insert: Citation")).to_be_visible()
    citing.keyboard.press("Escape")
    citing.keyboard.type("liu2021]")

    assert value(citing) == "Zinc is absorbed [@liu2021]"


def test_a_doi_is_looked_up_added_and_cited_by_keyboard(citing, complaints):
    citing.keyboard.type(" [@")
    citing.keyboard.type(f"https://doi.org/{DOI}")
    expect(citing.get_by_role("option", name="Look it up")).to_be_visible()
    citing.keyboard.press("Enter")
    expect(citing.get_by_role("option", name="Zinc and immune function")).to_be_visible()
    expect(state(citing)).to_have_text("Choose it to add it to the library and to cite it.")
    citing.keyboard.press("Enter")

    expect(citing.get_by_role("dialog", name="Insert: Citation")).to_be_hidden()
    assert value(citing) == "Zinc is absorbed [@shankar1998]"
    assert Reference.objects.get().doi == DOI
    expect(citing.frame_locator("[data-frame]").locator("#c-ref-shankar1998")).to_be_visible()
    assert complaints == []


def test_a_pasted_bibtex_entry_is_read(citing, sources):
    entry = "@article{Rayman2012, title={Selenium and human health}, author={Rayman, Margaret}, year=2012}"
    citing.keyboard.type(" [@")
    citing.get_by_role("combobox", name="Search").fill(entry + " " * 150)
    citing.get_by_role("option", name="Read this entry").click()
    citing.get_by_role("option", name="Selenium and human health").click()

    expect(citing.get_by_role("dialog", name="Insert: Citation")).to_be_hidden()
    assert value(citing) == "Zinc is absorbed [@rayman2012]"
    assert sources.asked == []


def test_without_an_answer_it_says_so_and_offers_the_form(citing, sources):
    sources["/crossref/works/10.1093%2Fajcn%2F68.2.447s"] = Reply(503)

    citing.keyboard.type(" [@")
    citing.keyboard.type(DOI)
    citing.get_by_role("option", name="Look it up").click()

    expect(state(citing)).to_have_text(re.compile("Crossref: It answered with status 503"))
    with citing.context.expect_page() as opened:
        citing.get_by_role("option", name="Add it by hand").click()
    expect(opened.value.get_by_label("Paste an identifier")).to_have_value(DOI)


def test_the_page_of_the_sources_holds_up(live_server, page, editor, log_in, sources, axe_serious):
    reference = ReferenceFactory(csl__DOI=DOI, csl__title="Iron in cats", retracted=True)
    log_in(editor)
    page.goto(live_server.url + reverse("admin:references_reference_sources", args=[reference.pk]))

    page.get_by_role("button", name="Check now").click()

    expect(page.get_by_text("Another work", exact=True)).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text(json.loads(payloads.crossref())["message"]["title"][0])
    axe_serious(page)
