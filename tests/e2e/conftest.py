import pytest


@pytest.fixture(autouse=True, scope="session")
def sync_django_beside_playwright():
    """Playwright's synchronous API keeps an event loop running in this thread; Django would refuse every query.

    For the rest of the session, since the database may be set up by a browser test; these run last.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


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
