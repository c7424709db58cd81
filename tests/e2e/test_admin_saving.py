"""Saving in a real browser: by itself, by hand, without the server, two at once; and the way to the readers."""

import re

from playwright.sync_api import expect

from articles.models import Edition, Revision
from articles.revisions import save_revision
from tests.e2e.desk import preview, saved, text, value
from tests.factories import AuthorFactory, UserFactory


def test_from_the_login_to_the_public_page(kernel_only, live_server, page, editor, log_in, complaints):
    log_in(editor)
    page.get_by_role("link", name="Write the first article").click()
    page.get_by_label("Title").fill("Copper, the quiet partner")
    page.get_by_role("button", name="Begin writing").click()
    page.wait_for_selector("html[data-editor=ready]")

    text(page).fill("Copper travels with **ceruloplasmin**.")
    expect(preview(page).locator("strong")).to_have_text("ceruloplasmin")
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_text("No check has anything to say.")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_role("link", name="/articles/copper-the-quiet-partner/").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Copper, the quiet partner")
    expect(page.locator("strong", has_text="ceruloplasmin")).to_be_visible()
    assert complaints == []


def test_typing_is_saved_by_itself(writing, article):
    text(writing).fill("Typed and left alone.")
    expect(saved(writing)).to_have_text("Not saved yet")

    expect(saved(writing)).to_contain_text("Autosaved", timeout=8_000)

    revision = Revision.objects.get(article=article, number=2)
    assert (revision.kind, revision.text) == ("autosave", "Typed and left alone.")


def test_ctrl_s_saves_without_leaving_the_page(writing, article):
    text(writing).fill("Saved by hand.")
    writing.keyboard.press("Control+s")

    expect(saved(writing)).to_contain_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert Revision.objects.get(article=article, number=2).kind == "save"
    assert value(writing) == "Saved by hand."


def test_without_the_server_the_text_stays_in_this_browser(writing, article, live_server):
    writing.route("**/save/", lambda route: route.abort())
    text(writing).fill("Written in a tunnel.")
    writing.keyboard.press("Control+s")
    expect(saved(writing)).to_contain_text("kept in this browser")
    writing.once("dialog", lambda dialog: dialog.accept())
    writing.unroute("**/save/")

    writing.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    writing.get_by_role("button", name="Look at it").click()
    expect(writing.get_by_label("Kept text")).to_have_value("Written in a tunnel.")
    writing.get_by_role("button", name="Put it into the editor").click()

    assert value(writing) == "Written in a tunnel."


def test_leaving_with_unsaved_words_asks_first(writing):
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    text(writing).press_sequentially("x")

    writing.get_by_role("link", name="History").click()
    writing.wait_for_url("**/history/")

    assert asked == ["beforeunload"]


def test_two_people_at_once_lose_nothing(writing, article):
    save_revision(
        article,
        text="Their words.",
        front_matter=article.head.front_matter,
        author=UserFactory(username="omar"),
    )
    text(writing).fill("My words.")

    writing.keyboard.press("Control+s")

    expect(writing.get_by_role("heading", name=re.compile("omar saved this article"))).to_be_visible()
    assert value(writing) == "My words."
    writing.get_by_role("button", name="Save", exact=True).click()
    writing.wait_for_selector("text=Saved as revision 3.")
    assert [r.text for r in Revision.objects.filter(article=article)][:2] == ["My words.", "Their words."]


def test_choosers_keep_the_order_and_take_new_words(writing, article):
    AuthorFactory(name="Zoe Zinc", slug="zoe")
    AuthorFactory(name="Abel Amber", slug="abel")
    writing.get_by_role("tab", name="Details").click()

    for name in ("Zoe", "Abel"):
        writing.get_by_role("combobox", name="Authors").fill(name)
        writing.get_by_role("option", name=name).click()
    tags = writing.get_by_role("combobox", name="Tags")
    tags.fill("trace elements")
    expect(writing.get_by_role("option", name="trace elements")).to_be_visible()
    tags.press("Enter")
    writing.keyboard.press("Control+s")
    expect(saved(writing)).to_contain_text(re.compile("^Saved"))

    article.refresh_from_db()
    assert article.head.front_matter["authors"] == ["zoe", "abel"]
    assert article.head.front_matter["tags"] == ["trace elements"]


def test_publishing_is_refused_where_a_finding_stands(writing):
    text(writing).fill("See [this](art:nowhere).")
    writing.get_by_role("button", name="Publish…").click()
    expect(writing.get_by_text("There is no article with the address nowhere.")).to_be_visible()

    writing.get_by_role("button", name="Publish now").click()
    expect(writing.get_by_role("alert")).to_contain_text("One error stands in the way.")
    writing.get_by_role("link", name="Line 1").click()

    writing.wait_for_selector("html[data-editor=ready]")
    assert text(writing).evaluate("area => document.activeElement === area")
    assert not Edition.objects.exists()
