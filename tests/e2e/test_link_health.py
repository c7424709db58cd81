"""Link health for everybody: axe in both schemes, a narrow screen, and a replacement from preview to undo."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from affiliates.models import LinkCheck, LinkHealth
from affiliates.models.health import State
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LIST = "/admin/affiliates/linkhealth/"


@pytest.fixture
def broken(editor):
    link = LinkFactory(slug="zinc", title="Zinc citrate")
    LinkFactory(slug="iron", title="Iron")
    found = LinkHealth.objects.create(
        target=link.targets.get(),
        state=State.GONE,
        detail="The server says that there is no such page (404).",
        trouble_count=2,
        trouble_since=timezone.now(),
        checked_at=timezone.now(),
    )
    LinkCheck.objects.create(target=found.target, state=State.GONE, hosts=["a.example", "b.example"])
    article = ArticleFactory(title="Zinc and you", text="Take [zinc](aff:zinc).\n", owner=editor)
    PlacementFactory(link=link, article=article)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_passes_axe(scheme, live_server, page, axe_serious, broken, editor, log_in, complaints):
    page.emulate_media(color_scheme=scheme)
    log_in(editor)

    for address in ("/admin/", LIST, f"{LIST}{broken.pk}/change/", f"{LIST}{broken.pk}/address/"):
        page.goto(live_server.url + address)
        axe_serious(page)
    page.goto(f"{live_server.url}{LIST}{broken.pk}/replace/")
    page.get_by_label("New link").fill("iron")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Take [zinc](aff:iron).")).to_be_visible()
    axe_serious(page)

    assert complaints == []


@pytest.mark.parametrize("name", ["change", "address", "replace"])
def test_nothing_is_cut_off_on_a_narrow_screen(live_server, page, broken, editor, log_in, name):
    log_in(editor)
    page.set_viewport_size({"width": 360, "height": 780})

    page.goto(f"{live_server.url}{LIST}{broken.pk}/{name}/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_from_the_first_page_to_the_replacement_and_back(live_server, page, broken, editor, log_in):
    log_in(editor)
    page.get_by_role("link", name="Zinc citrate").click()
    page.get_by_role("link", name="Put another link in its place").click()
    page.get_by_label("New link").fill("iron")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Replace now").click()
    expect(page.get_by_text("1 article changed, 0 published again.")).to_be_visible()

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Undone.").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_moved_page_is_taken_over_with_one_click_and_given_back(
    scheme, live_server, page, axe_serious, broken, editor, log_in, complaints
):
    old = broken.target.url
    broken.moved_to = f"{old}&ued=https%3A%2F%2Fnorthmoor.example%2Fnew"
    broken.state, broken.trouble_count, broken.trouble_since = State.MOVED, 0, None
    broken.save()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 780})
    log_in(editor)
    page.goto(live_server.url + LIST)
    page.get_by_role("link", name="1 moved by the shop").click()
    axe_serious(page)
    page.get_by_role("link", name="Zinc citrate").first.click()
    expect(page.get_by_text(broken.moved_to)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    axe_serious(page)

    page.get_by_role("button", name="Take the new address over").press("Enter")
    expect(page.get_by_text("Taken over")).to_be_visible()
    assert broken.target.link.targets.get(is_active=True).url == broken.moved_to
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.").first).to_be_visible()

    assert broken.target.link.targets.get(is_active=True).url == old
    assert complaints == []
