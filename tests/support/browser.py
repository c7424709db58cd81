"""Real Chromium for tests marked `e2e`: pytest-playwright's `page` drives the system's browser."""

import os
import shutil

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Run browser tests last: the event loop that Playwright leaves running would trip every later query."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


def find_chromium():
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = find_chromium()
    if not chromium:
        pytest.skip("e2e: no chromium on this machine; set CHROMIUM to its path")
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


@pytest.fixture
def axe():
    """Return a function that fails with the rules and places if the page breaks an accessibility rule."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page, ignore=()):
        found = [rule for rule in Axe().run(page).response["violations"] if rule["id"] not in ignore]
        places = {
            f"{rule['id']}: {rule['help']}": [node["target"] for node in rule["nodes"]] for rule in found
        }
        assert not places

    return check
