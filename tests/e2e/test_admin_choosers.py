"""Choosing authors and tags in a real browser: what is typed and not chosen."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import saved


@pytest.fixture
def details(writing):
    writing.get_by_role("tab", name="Details").click()
    return writing


def test_a_tag_that_was_typed_is_taken_on_leaving_the_field(details, article):
    details.get_by_role("combobox", name="Tags").fill("trace elements")

    details.get_by_label("Description").click()
    expect(details.get_by_role("button", name="Remove trace elements")).to_be_visible()
    details.keyboard.press("Control+s")
    expect(saved(details)).to_contain_text(re.compile("^Saved"))

    article.refresh_from_db()
    assert article.head.front_matter["tags"] == ["trace elements"]


def test_a_tag_that_was_typed_is_saved_by_key_too(details, article):
    details.get_by_role("combobox", name="Tags").fill("trace elements")

    details.keyboard.press("Control+s")
    expect(saved(details)).to_contain_text(re.compile(r"^Saved \d\d:\d\d$"))

    article.refresh_from_db()
    assert article.head.front_matter["tags"] == ["trace elements"]


def test_what_names_no_author_does_not_stay_as_if_it_did(details):
    details.get_by_role("combobox", name="Authors").fill("Nobody we know")

    details.get_by_label("Description").click()

    expect(details.get_by_role("combobox", name="Authors")).to_have_value("")


def test_a_search_without_a_match_says_so(details):
    details.get_by_role("combobox", name="Authors").fill("Nobody we know")

    expect(details.get_by_text("Nothing found.")).to_be_visible()
