"""The second factor in a real browser: set up, log out, log in with the phone and with a recovery code."""

import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from tests.factories import UserFactory

PAGE = "/admin/second-factor/"


def shown_by_the_app(key, *, steps=0):
    totp = TOTP(b32decode(key + "=" * (-len(key) % 8)))
    totp.time = time.time() + steps * 30
    return f"{totp.token():06d}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_and_then_a_recovery_code_let_one_in(
    scheme, live_server, page, editor, log_in, complaints, axe_serious
):
    page.emulate_media(color_scheme=scheme)
    log_in(editor)
    page.goto(f"{live_server.url}{PAGE}")
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".factor__picture svg")).to_be_visible()
    axe_serious(page)
    key = page.locator(".factor__steps code").inner_text().replace(" ", "")
    page.get_by_label("The six digits").fill(shown_by_the_app(key))
    page.get_by_role("button", name="Turn it on").click()
    recovery = page.locator(".factor__codes code").first.inner_text()
    axe_serious(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("8 recovery codes left")).to_be_visible()

    for code in (shown_by_the_app(key, steps=1), recovery):
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/admin/login/?next={PAGE}")
        page.get_by_label("Username").fill(editor.username)
        page.get_by_label("Password").fill("correct horse battery")
        page.get_by_role("button", name="Log in").click()
        page.get_by_label("Code").fill(code)
        axe_serious(page)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{live_server.url}{PAGE}")

    expect(page.get_by_text("7 recovery codes left")).to_be_visible()
    assert complaints == []


@pytest.fixture
def owner(editor):
    """A login that sees everybody's second factor, beside somebody with a name without a blank who has one."""
    editor.is_superuser = True
    editor.save()
    other = UserFactory(username="bartholomea.wintermantel-featherstonehaugh@northmoor-nutrition.example")
    TOTPDevice.objects.create(user=other, confirmed=True)
    UserFactory(username="lee", is_staff=True)
    return editor


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_each_step_whole(scheme, live_server, page, owner, log_in, axe_serious):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 800})
    log_in(owner)
    page.goto(f"{live_server.url}{PAGE}")
    rows = page.locator(".factor__people li")
    expect(rows).to_have_count(3)
    whole(page)
    for row in rows.all():  # the state stands at the end of its row, in one line
        state, its_row = row.locator("span").nth(1).bounding_box(), row.bounding_box()
        assert state["x"] + state["width"] == pytest.approx(its_row["x"] + its_row["width"], abs=1)
        assert state["height"] < 30

    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".factor__picture svg")).to_be_visible()
    whole(page)
    key = page.locator(".factor__steps code").inner_text().replace(" ", "")
    page.get_by_label("The six digits").fill(shown_by_the_app(key))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".factor__codes")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="I have kept them").click()

    expect(page.get_by_role("button", name="Turn it off")).to_be_visible()
    whole(page)
    axe_serious(page)


def whole(page):
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
