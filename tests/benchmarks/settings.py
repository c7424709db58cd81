"""The site's own settings, plus two addresses that do nothing: what every page of this server costs at least."""

from cms.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
