"""Runs manage.py and Python in a process of their own, with a clean environment."""

import os
import subprocess
import sys

from tests.support.environment import CLEARED, SETTINGS
from tests.support.fixtures import ROOT

TIMEOUT_SECONDS = 120
PRODUCTION = {
    "SECRET_KEY": "k7Jx2-" * 10,
    "SITE_URL": "https://site.example",
    "ALLOWED_HOSTS": "site.example",
    "TRUSTED_PROXY_COUNT": "1",
}


def environ(**variables):
    """This process's environment without any of our settings, plus `variables`."""
    inherited = {name: value for name, value in os.environ.items() if name not in (*CLEARED, *SETTINGS)}
    return {**inherited, **variables}


def python(*arguments, timeout_seconds=TIMEOUT_SECONDS, **variables):
    """Run Python in the project's folder and return the finished process."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environ(**variables),
        capture_output=True,
        text=True,
        timeout=timeout_seconds,
        check=False,
    )


def manage(*arguments, timeout_seconds=TIMEOUT_SECONDS, **variables):
    return python("manage.py", *arguments, timeout_seconds=timeout_seconds, **variables)
