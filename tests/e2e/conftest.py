import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from affiliates.clicks.record import writer
from cms.plugins import Registry, registry, use_registry
from tests.factories import ArticleFactory, UserFactory


@pytest.fixture(autouse=True, scope="session")
def sync_django_beside_playwright():
    """Playwright's synchronous API keeps an event loop running in this thread; Django would refuse every query.

    For the rest of the session, since the database may be set up by a browser test; these run last.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(autouse=True)
def the_writer_rests(request):
    """End the thread that stores clicks while the test still has its database."""
    if "live_server" in request.fixturenames:
        request.getfixturevalue("transactional_db")
    yield
    writer.stop()


@pytest.fixture
def complaints(page):
    """What the browser's console says against the page: blocked scripts, styles, failed loads."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def axe_serious():
    """Return a function that fails on serious and critical breaches, frames included, with rules and places."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page):
        found = {}
        for rule in Axe().run(page).response["violations"]:
            if rule["impact"] in {"serious", "critical"}:
                found[f"{rule['id']}: {rule['help']}"] = [
                    (node["target"], node["failureSummary"][-160:]) for node in rule["nodes"]
                ]
        assert not found, page.url

    return check


@pytest.fixture
def editor(transactional_db):
    """A login of the group Editor. Its password is the one that the factory sets."""
    user = UserFactory(username="edda")
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def log_in(live_server, page):
    def enter(user):
        page.goto(f"{live_server.url}/admin/login/")
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill("correct horse battery")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{live_server.url}/admin/")

    return enter


@pytest.fixture
def kernel_only():
    """Only the kernel's syntaxes, so that no plugin's check stands in the way of publishing."""
    objects = {"markdown": {name: registry().syntaxes[name] for name in ("article", "image", "notes")}}
    with use_registry(Registry(objects=objects)) as only:
        yield only


@pytest.fixture
def article(editor):
    return ArticleFactory(owner=editor, title="Zinc", slug="zinc", text="Zinc is absorbed.\n")


@pytest.fixture
def writing(kernel_only, live_server, page, editor, log_in, article):
    """The editor of the article, ready to type in."""
    log_in(editor)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector("html[data-editor=ready]")
    expect(page.frame_locator("[data-frame]").locator("h1")).to_have_text("Zinc")
    return page
