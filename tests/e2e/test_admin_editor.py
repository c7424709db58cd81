"""Writing in a real browser: preview, findings, toolbar, pictures, saving, publishing."""

import io
import re

import pytest
from django.contrib.auth.models import Group
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles.models import Edition, Image, Revision
from articles.revisions import save_revision
from cms.plugins import Registry, registry, use_registry
from tests.factories import ArticleFactory, AuthorFactory, EditionFactory, UserFactory

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def kernel_only():
    """Only the kernel's syntaxes, so that no plugin's check stands in the way of publishing."""
    objects = {"markdown": {name: registry().syntaxes[name] for name in ("article", "image", "notes")}}
    with use_registry(Registry(objects=objects)) as only:
        yield only


@pytest.fixture
def editor(transactional_db):
    user = UserFactory(username="edda")
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def open_admin(live_server, page, editor):
    """Log in and return a function that opens an address of the admin."""
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{live_server.url}/admin/")

    def go(path):
        page.goto(f"{live_server.url}{path}")
        return page

    return go


@pytest.fixture
def article(editor):
    return ArticleFactory(owner=editor, title="Zinc", slug="zinc", text="Zinc is absorbed.\n")


@pytest.fixture
def writing(open_admin, article):
    """The editor of the article, ready to type in."""
    page = open_admin(f"/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector("html[data-editor=ready]")
    expect(page.frame_locator("[data-frame]").locator("h1")).to_have_text("Zinc")
    return page


def text(page):
    return page.get_by_label("Text in Markdown")


def preview(page):
    return page.frame_locator("[data-frame]")


def value(page):
    return text(page).input_value()


def choose(page, words):
    """Select words in the textarea."""
    text(page).evaluate(
        "(area, words) => { const at = area.value.indexOf(words); area.focus();"
        " area.setSelectionRange(at, at + words.length); }",
        words,
    )


def test_from_the_login_to_the_public_page(open_admin, live_server, complaints):
    page = open_admin("/admin/")
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


def test_typing_is_saved_by_itself(writing, article):
    text(writing).fill("Typed and left alone.")
    expect(writing.locator("[data-saved]")).to_have_text("Not saved yet")

    expect(writing.locator("[data-saved]")).to_contain_text("Autosaved", timeout=8_000)

    revision = Revision.objects.get(article=article, number=2)
    assert (revision.kind, revision.text) == ("autosave", "Typed and left alone.")


def test_ctrl_s_saves_without_leaving_the_page(writing, article):
    text(writing).fill("Saved by hand.")
    writing.keyboard.press("Control+s")

    expect(writing.locator("[data-saved]")).to_contain_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert Revision.objects.get(article=article, number=2).kind == "save"
    assert value(writing) == "Saved by hand."


def test_without_the_server_the_text_stays_in_this_browser(writing, article, live_server):
    writing.route("**/save/", lambda route: route.abort())
    text(writing).fill("Written in a tunnel.")
    writing.keyboard.press("Control+s")
    expect(writing.locator("[data-saved]")).to_contain_text("kept in this browser")
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
    expect(writing.locator("[data-saved]")).to_contain_text(re.compile("^Saved"))

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
