"""A site full of hostile words, opened in a real browser: nothing runs, nothing is blocked at the last moment."""

import pytest
from django.test import Client

from articles.preview import preview_url
from articles.publishing import publish
from articles.related.engine import rebuild
from tests.attack.hostile import EVIL, hostile_article
from tests.factories import UserFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article():
    article = hostile_article()
    for other in type(article).objects.order_by("-pk"):
        publish(other, override=EVIL, reason=EVIL)
    rebuild()
    return article


@pytest.fixture
def ran(page):
    """Dialogs that opened and scripts that the policy had to stop: both mean that words became markup."""
    found = []
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda message: found.append(message.text) if "Content Security Policy" in message.text else None,
    )
    return found


def log_in(page, live_server):
    client = Client()
    client.force_login(UserFactory(superuser=True))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def assert_whole(page):
    """No element that only hostile words could have made."""
    for selector in ("img[src='x']", "svg[onload]", "[onerror]", "a[href^='javascript' i]"):
        assert page.locator(selector).count() == 0, (page.url, selector)


def test_readers_pages_run_nothing(page, ran, live_server, article):
    for address in ("/articles/evil/", "/", "/topics/evil/", "/authors/evil/", preview_url(article.head)):
        page.goto(live_server.url + address)
        assert page.locator("h1").count() == 1
        assert_whole(page)

    assert ran == []


def test_editors_pages_run_nothing(page, ran, live_server, article):
    log_in(page, live_server)
    desk = f"/admin/articles/article/{article.pk}/"

    for address in (
        "/admin/", "/admin/articles/article/", f"{desk}change/", f"{desk}history/", f"{desk}history/2/",
        f"{desk}history/2/frame/", f"{desk}editions/1/", f"{desk}publish/", "/admin/articles/author/",
    ):  # fmt: skip
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        for frame in page.frames:
            assert_whole(frame)

    assert ran == []


def test_the_live_preview_of_hostile_words_runs_nothing(page, ran, live_server, article):
    log_in(page, live_server)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")

    page.locator("[data-text]").fill(article.head.text + EVIL)
    page.frame_locator("[data-frame]").locator(".callout").first.wait_for()

    assert_whole(page.frames[1])
    assert ran == []
