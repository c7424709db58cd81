"""Writing that is interrupted in a real browser: the login ends, the right to write is taken away."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Edition, Revision
from tests.e2e.desk import preview, saved, text


@pytest.fixture
def logged_out(writing):
    """The editor of the article after the login has ended."""
    Session.objects.all().delete()
    return writing


@pytest.fixture
def log_in_elsewhere(live_server, editor):
    """Log in once more in another tab, which changes the token that every form of the first carries."""

    def enter(page):
        tab = page.context.new_page()
        tab.goto(f"{live_server.url}/admin/login/")
        tab.get_by_label("Username").fill(editor.username)
        tab.get_by_label("Password").fill("correct horse battery")
        tab.get_by_role("button", name="Log in").click()
        tab.wait_for_url(f"{live_server.url}/admin/")

    return enter


def test_an_ended_login_is_named_and_the_text_is_kept(logged_out):
    text(logged_out).fill("Written too late.")
    logged_out.keyboard.press("Control+s")

    expect(saved(logged_out)).to_contain_text("You are logged out")
    expect(saved(logged_out)).to_contain_text("kept in this browser")
    expect(logged_out.get_by_text("No preview. You are logged out")).to_be_visible()


def test_after_a_new_login_in_another_tab_saving_goes_on(logged_out, log_in_elsewhere, article):
    text(logged_out).fill("Written too late.")
    logged_out.keyboard.press("Control+s")
    expect(saved(logged_out)).to_contain_text("You are logged out")
    log_in_elsewhere(logged_out)

    logged_out.keyboard.press("Control+s")

    expect(saved(logged_out)).to_contain_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert Revision.objects.filter(article=article).first().text == "Written too late."


def test_after_a_new_login_in_another_tab_the_preview_follows_again(logged_out, log_in_elsewhere):
    log_in_elsewhere(logged_out)

    text(logged_out).fill("Seen again.")

    expect(preview(logged_out).get_by_text("Seen again.")).to_be_visible()


def test_after_a_new_login_in_another_tab_publishing_takes_the_last_words_along(logged_out, log_in_elsewhere):
    text(logged_out).fill("The last words.")
    log_in_elsewhere(logged_out)

    logged_out.get_by_role("button", name="Publish…").click()
    logged_out.get_by_role("button", name="Publish now").click()
    logged_out.wait_for_selector("text=is live")

    assert Edition.objects.get().revision.text == "The last words."


def test_publishing_without_a_login_stays_on_the_page_and_says_why(logged_out):
    text(logged_out).fill("The last words.")

    logged_out.get_by_role("button", name="Publish…").click()

    expect(saved(logged_out)).to_contain_text("You are logged out")
    assert text(logged_out).input_value() == "The last words."


def test_who_may_not_write_any_more_is_told_so(writing, editor):
    editor.groups.clear()

    text(writing).fill("Written without the right to.")
    writing.keyboard.press("Control+s")

    expect(saved(writing)).to_contain_text("may not change this article")
    expect(saved(writing)).to_contain_text("kept in this browser")
