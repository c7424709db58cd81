"""What a browser keeps of an article until the server has it, and how it comes back."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Revision
from tests.e2e.desk import saved, text, value
from tests.factories import AuthorFactory


@pytest.fixture
def address(live_server, article):
    return f"{live_server.url}/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def come_back(writing, address):
    """Lose the server at once; return a function that saves in vain and opens the page again with the server back."""
    writing.on("dialog", lambda dialog: dialog.accept())
    writing.route("**/save/", lambda route: route.abort())

    def leave():
        writing.keyboard.press("Control+s")
        expect(saved(writing)).to_contain_text("kept in this browser")
        writing.goto(address)
        writing.unroute("**/save/")
        writing.wait_for_selector("html[data-editor=ready]")

    return leave


def look(page):
    page.get_by_role("button", name="Look at it").click()
    return page.get_by_role("dialog")


def test_a_title_and_details_come_back_too(writing, come_back, article):
    AuthorFactory(name="Zoe Zinc", slug="zoe")
    writing.get_by_label("Title").fill("Zinc, again")
    writing.get_by_role("tab", name="Details").click()
    writing.get_by_label("Description").fill("What zinc does.")
    writing.get_by_role("combobox", name="Authors").fill("Zoe")
    writing.get_by_role("option", name="Zoe").click()
    come_back()

    dialog = look(writing)
    expect(dialog.get_by_text("Zinc, again")).to_be_visible()
    expect(dialog.get_by_text("What zinc does.")).to_be_visible()
    expect(dialog.get_by_text("Zoe Zinc")).to_be_visible()
    dialog.get_by_role("button", name="Put it into the editor").click()
    writing.keyboard.press("Control+s")
    expect(saved(writing)).to_contain_text(re.compile("^Saved"))

    assert writing.get_by_label("Title").input_value() == "Zinc, again"
    head = Revision.objects.filter(article=article).first().front_matter
    assert (head["title"], head["description"], head["authors"]) == (
        "Zinc, again",
        "What zinc does.",
        ["zoe"],
    )


def test_typing_on_before_deciding_loses_nothing(writing, come_back, address):
    text(writing).fill("Written in a tunnel.")
    come_back()
    expect(writing.get_by_role("button", name="Look at it")).to_be_visible()

    text(writing).fill("Written at the desk.")
    writing.keyboard.press("Control+s")
    expect(saved(writing)).to_contain_text(re.compile("^Saved"))
    writing.goto(address)

    dialog = look(writing)
    expect(dialog.get_by_label("Kept text")).to_have_value("Written in a tunnel.")


def test_another_tab_that_saves_does_not_throw_it_away(writing, address):
    other = writing.context.new_page()
    other.goto(address)
    other.wait_for_selector("html[data-editor=ready]")
    writing.route("**/save/", lambda route: route.abort())
    text(writing).fill("Written in a tunnel.")
    writing.keyboard.press("Control+s")
    expect(saved(writing)).to_contain_text("kept in this browser")

    text(other).fill("Written in the other tab.")
    other.keyboard.press("Control+s")
    expect(saved(other)).to_contain_text(re.compile("^Saved"))
    other.goto(address)

    expect(look(other).get_by_label("Kept text")).to_have_value("Written in a tunnel.")


def test_thrown_away_is_thrown_away(writing, come_back, address):
    text(writing).fill("Written in a tunnel.")
    come_back()

    writing.get_by_role("button", name="Throw it away").click()
    writing.goto(address)
    writing.wait_for_selector("html[data-editor=ready]")

    expect(writing.get_by_role("button", name="Look at it")).to_be_hidden()
    assert value(writing) == "Zinc is absorbed.\n"


def test_saving_several_times_at_once_is_no_conflict_with_oneself(writing, article):
    held = []

    def hold(route):
        held.append(route)

    writing.route("**/save/", hold, times=1)
    text(writing).fill("Saved in a hurry.")

    with writing.expect_request("**/save/"):
        writing.keyboard.press("Control+s")
    for _ in range(3):
        writing.keyboard.press("Control+s")
    text(writing).press_sequentially(" Really.")
    held[0].continue_()

    expect(saved(writing)).to_contain_text(re.compile(r"^Saved \d\d:\d\d$"))
    expect(writing.get_by_role("heading", name=re.compile("saved this article"))).to_have_count(0)
    assert Revision.objects.filter(article=article).first().text == "Saved in a hurry. Really."
