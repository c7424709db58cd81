"""Writing in a real browser: preview, findings, toolbar, pickers, pictures, colours."""

import io
import re

import pytest
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles.models import Image
from tests.e2e.desk import choose, preview, text, value
from tests.factories import EditionFactory


def test_the_preview_follows_and_no_old_answer_overwrites_a_new_one(writing):
    held = []

    def hold_the_first(route):
        if "first" in (route.request.post_data or "") and not held:
            held.append(route)
        else:
            route.continue_()

    writing.route("**/preview/", hold_the_first)
    text(writing).fill("The first words.")
    with writing.expect_request("**/preview/"):
        pass
    text(writing).fill("The second words.")
    expect(preview(writing).locator(".prose p").first).to_have_text("The second words.")

    assert len(held) == 1
    held[0].fulfill(json={"html": "<p>Too late.</p>", "findings": [], "words": 2, "minutes": 1})
    writing.wait_for_timeout(200)
    assert "Too late" not in preview(writing).locator("#page").inner_text()


def test_a_hostile_text_runs_nothing(writing):
    writing.route(
        "**/preview/",
        lambda route: route.fulfill(
            json={
                "html": "<img src=x onerror='parent.document.title=\"ran\"'><script>parent.ran=1</script>"
                "<a id=go href='javascript:parent.ran=1'>x</a>",
                "findings": [],
                "words": 1,
                "minutes": 1,
            }
        ),
    )
    text(writing).fill("x")
    preview(writing).locator("#go").click()

    assert writing.title() != "ran"
    assert writing.evaluate("() => window.ran") is None


def test_clicking_a_finding_leads_to_its_words(writing):
    text(writing).fill("One.\n\n" * 40 + "See [this](art:nowhere) now.\n")

    writing.get_by_role("button", name=re.compile("There is no article with the address nowhere")).click()

    chosen = text(writing).evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert chosen == "art:nowhere"
    assert text(writing).evaluate("area => area.scrollTop") > 200
    assert text(writing).evaluate("area => document.activeElement === area")


def test_one_click_writes_what_was_meant_and_undo_takes_it_back(writing):
    text(writing).fill("Not a :::warnings in a sentence.\n\n:::warnings\nToo much.\n:::\n")

    writing.get_by_role("button", name="Write :::warning").click()

    assert value(writing) == "Not a :::warnings in a sentence.\n\n:::warning\nToo much.\n:::\n"
    expect(writing.get_by_role("button", name="Write :::warning")).to_have_count(0)
    writing.keyboard.press("Control+z")
    assert ":::warnings\nToo" in value(writing)


def test_an_offer_for_words_that_are_gone_changes_nothing(writing):
    text(writing).fill("# Zinc\n")
    writing.get_by_role("button", name=re.compile("1 warning")).click()
    offer = writing.get_by_role("button", name="Write ## Zinc")
    expect(offer).to_be_visible()
    writing.route("**/preview/", lambda route: route.abort())

    text(writing).fill("# Zinc-rich\n")
    offer.click()

    assert value(writing) == "# Zinc-rich\n"
    expect(writing.get_by_role("button", name="The words have changed.")).to_be_disabled()


def test_clicking_a_paragraph_of_the_preview_leads_to_its_line(writing):
    text(writing).fill("First paragraph.\n\nSecond paragraph.\n")

    preview(writing).get_by_text("Second paragraph.").click()

    assert text(writing).evaluate("area => area.selectionStart") == 18


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("Control+b", "Zinc is **absorbed**."),
        ("Control+i", "Zinc is *absorbed*."),
        ("Control+k", "Zinc is [absorbed](https://)."),
        ("Control+Shift+Digit8", "- Zinc is absorbed."),
        ("Control+Shift+Digit2", "## Zinc is absorbed."),
    ],
)
def test_keys_format_and_undo_takes_it_back(keys, expected, writing):
    choose(writing, "absorbed")

    writing.keyboard.press(keys)
    assert value(writing).strip() == expected

    writing.keyboard.press("Control+z")
    assert value(writing).strip() == "Zinc is absorbed."


def test_the_same_key_again_takes_the_marks_away(writing):
    choose(writing, "absorbed")

    writing.keyboard.press("Control+b")
    writing.keyboard.press("Control+b")

    assert value(writing).strip() == "Zinc is absorbed."


def test_a_block_is_put_around_the_chosen_words(writing):
    choose(writing, "Zinc is absorbed.")

    writing.get_by_role("button", name="Block").click()
    writing.get_by_role("button", name="Warning", exact=True).click()

    assert value(writing).strip() == ":::warning\nZinc is absorbed.\n:::"
    expect(preview(writing).locator(".callout--warning")).to_be_visible()


def test_the_picker_inserts_by_keyboard(writing):
    EditionFactory(slug="iron", title="Iron in short")
    text(writing).press("Control+End")

    writing.keyboard.press("Control+Shift+Digit1")
    writing.get_by_role("combobox", name="Search").fill("iron")
    expect(writing.get_by_role("option")).to_have_count(1)
    writing.keyboard.press("Enter")

    assert "[Iron in short](art:iron)" in value(writing)
    expect(preview(writing).locator("a", has_text="Iron in short")).to_be_visible()


def test_a_picture_is_chosen_described_and_inserted(writing):
    out = io.BytesIO()
    Pillow.new("RGB", (60, 40), (200, 30, 20)).save(out, "PNG")

    writing.get_by_role("button", name="Upload picture").click()
    writing.get_by_label("File").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    writing.get_by_role("button", name="Upload and insert").click()
    expect(writing.get_by_role("alert").filter(has_text="Describe the picture")).to_be_visible()
    writing.get_by_label("What does it show?").fill("A red square")
    writing.get_by_role("button", name="Upload and insert").click()

    expect(preview(writing).get_by_alt_text("A red square")).to_be_visible()
    assert "![A red square](img:a-red-square)" in value(writing)
    assert Image.objects.get().width == 60


def test_a_page_in_disguise_is_refused_in_words(writing):
    writing.get_by_role("button", name="Upload picture").click()
    disguised = {"name": "x.gif", "mimeType": "image/gif", "buffer": b"GIF89a<script>"}
    writing.get_by_label("File").set_input_files(disguised)
    writing.get_by_label("What does it show?").fill("Nothing good")
    writing.get_by_role("button", name="Upload and insert").click()

    expect(writing.locator(".upload__error")).not_to_be_empty()
    assert not Image.objects.exists()


def test_on_a_narrow_screen_text_and_preview_take_turns(writing):
    writing.set_viewport_size({"width": 390, "height": 800})
    writing.reload()
    writing.wait_for_selector("html[data-editor=ready]")

    expect(text(writing)).to_be_visible()
    expect(writing.locator("[data-frame]")).to_be_hidden()
    writing.get_by_role("button", name="Preview", exact=True).click()

    expect(writing.locator("[data-frame]")).to_be_visible()
    expect(text(writing)).to_be_hidden()
    assert writing.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize(("theme", "colour"), [("light", "rgb(253, 253, 252)"), ("dark", "rgb(16, 22, 20)")])
def test_the_preview_wears_the_colours_of_the_admin(system, theme, colour, writing):
    writing.emulate_media(color_scheme=system)
    writing.evaluate("theme => localStorage.setItem('adminTheme', JSON.stringify(theme))", theme)
    writing.reload()
    writing.wait_for_selector("html[data-editor=ready]")
    expect(preview(writing).locator("h1")).to_have_text("Zinc")

    paper = preview(writing).locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    shell = writing.evaluate("() => getComputedStyle(document.getElementById('main')).backgroundColor")

    assert paper == shell == colour
