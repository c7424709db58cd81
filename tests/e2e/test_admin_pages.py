"""Every page of the admin for everybody: axe, keyboard, both schemes, narrow screens."""

import pytest
from django.contrib.auth.models import Group

from tests.factories import ArticleFactory, EditionFactory, ImageFactory, UserFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(editor):
    """One article in each condition, and the addresses of the pages about the first."""
    draft = ArticleFactory(
        title="Zinc and its absorption", owner=editor, text="One.\n\nSee [this](art:nowhere).\n"
    )
    ArticleFactory(title="In review", state="in_review")
    live = EditionFactory().article
    EditionFactory(scheduled=True)
    image = ImageFactory()
    article = f"/admin/articles/article/{draft.pk}"
    return {
        "desk": "/admin/",
        "list": "/admin/articles/article/",
        "new": "/admin/articles/article/add/",
        "editor": f"{article}/change/",
        "publish": f"{article}/publish/",
        "history": f"{article}/history/",
        "revision": f"{article}/history/1/",
        "edition": f"/admin/articles/article/{live.pk}/editions/1/",
        "unpublish": f"/admin/articles/article/{live.pk}/unpublish/",
        "pictures": "/admin/articles/image/",
        "picture": f"/admin/articles/image/{image.pk}/change/",
    }


def settled(page):
    """Wait for the editor's script where there is one, and for the end of every transition."""
    if page.locator("#article-form").count():
        page.wait_for_selector("html[data-editor=ready]")
        page.wait_for_function("() => document.querySelector('[data-count]').textContent")
    page.evaluate("() => Promise.all(document.getAnimations().map(animation => animation.finished))")


NAMES = [
    "desk", "list", "new", "editor", "publish", "history", "revision", "edition", "unpublish", "pictures", "picture",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_passes_axe(scheme, live_server, page, axe_serious, site, editor, log_in, complaints):
    page.emulate_media(color_scheme=scheme)
    log_in(editor)

    for name in NAMES:
        page.goto(live_server.url + site[name])
        settled(page)
        axe_serious(page)

    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_login_page_passes_axe(scheme, live_server, page, axe_serious, editor):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/admin/login/")
    axe_serious(page)

    page.get_by_label("Username").fill("edda")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()

    axe_serious(page)


def test_the_other_tabs_and_the_dialogs_pass_axe(live_server, page, axe_serious, site, editor, log_in):
    log_in(editor)
    page.goto(live_server.url + site["editor"])
    settled(page)

    for tab in page.get_by_role("tab").all():
        tab.click()
        axe_serious(page)
    page.get_by_role("tab", name="Text").click()
    for button in ("Upload picture", "Article"):
        page.get_by_role("button", name=button, exact=True).click()
        axe_serious(page)
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [400, 900])
def test_no_page_is_wider_than_the_screen(width, live_server, page, site, editor, log_in):
    log_in(editor)
    page.set_viewport_size({"width": width, "height": 800})

    too_wide = {}
    for name in NAMES:
        page.goto(live_server.url + site[name])
        found = page.evaluate("() => document.documentElement.scrollWidth")
        if found > width:
            too_wide[name] = found

    assert too_wide == {}


def test_a_reviewer_reads_and_approves(live_server, page, axe_serious, log_in):
    reviewer = UserFactory(username="lee")
    reviewer.groups.add(Group.objects.get(name="Reviewer"))
    article = ArticleFactory(title="Zinc", state="in_review", text="Zinc **is** absorbed.\n")
    log_in(reviewer)

    page.get_by_role("link", name="Zinc").click()
    page.frame_locator("iframe").locator("strong", has_text="is").wait_for()
    axe_serious(page)
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Approved. An editor can publish it now.").wait_for()

    article.refresh_from_db()
    assert article.state == "ready"


def test_everything_around_the_page_works_by_keyboard(live_server, page, axe_serious, site, editor, log_in):
    log_in(editor)
    page.goto(live_server.url + site["list"])

    page.get_by_role("button", name="Filters").press("Enter")
    page.get_by_role("link", name="In review", exact=True).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="edda").press("Enter")
    page.get_by_role("button", name="Dark").press("Enter")
    axe_serious(page)
    page.get_by_role("button", name="Log out").press("Enter")

    page.get_by_text("Logged out").wait_for()
