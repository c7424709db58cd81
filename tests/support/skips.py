"""CHELATE_NO_SKIP=1 (set by .ci/run) turns every skip into a failure, except where ../shared is absent."""

import os

import pytest

from tests.support.fixtures import ROOT

ABSENT = "../shared is not beside this clone"


@pytest.fixture(scope="session")
def shared_dir():
    """The folder of shared sample material beside the clone. Tests that use it are marked `shared`."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"shared: the folder {ABSENT}")
    return folder


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail"):
        refuse(item, report)


def refuse(item, report):
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    is_allowed = item.get_closest_marker("shared") and ABSENT in reason
    if os.environ.get("CHELATE_NO_SKIP") == "1" and not is_allowed:
        report.outcome = "failed"
        report.longrepr = f"skipped where skips are not allowed: {reason}"
