"""Prepares the environment and sets Django up; the fixtures themselves live in tests/support/."""

import django

from tests.support import environment

environment.prepare()
django.setup()

pytest_plugins = [
    "tests.support.database",
    "tests.support.fixtures",
    "tests.support.http",
    "tests.support.network",
    "tests.support.skips",
    "tests.support.browser",
]
