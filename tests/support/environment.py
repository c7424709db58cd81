"""The environment every test runs in: that of a fresh clone, whatever the developer's own shell says."""

import os

import hypothesis

from tests.support import postgres

SETTINGS = {
    "DEBUG": "true",
    "DJANGO_SETTINGS_MODULE": "cms.settings",
    "SITE_URL": "https://site.example",
    "LOG_LEVEL": "WARNING",
    "REFERENCE_LOOKUPS": "false",  # tests that ask a server of their own switch it on
    "CITATION_STYLE": "built-in",  # pandoc takes 0.1 s a text; tests of styles choose one
    "CHELATE_SAFE_MODE": "true",  # plugins that the developer has installed stay out
}
# Read by settings, so a developer's value must not leak into the tests.
CLEARED = [
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CDN_MAX_AGE",
    "CDN_PURGE_TOKEN",
    "CDN_PURGE_URL",
    "CHELATE_JURISDICTIONS",
    "CHELATE_PLUGINS",
    "CHELATE_PLUGINS_OFF",
    "CLICK_RETENTION_DAYS",
    "COUNTRY_HEADER",
    "DATABASE_POOL_SIZE",
    "DATABASE_URL",
    "EMAIL_FROM",
    "EMAIL_URL",
    "HSTS_SECONDS",
    "HSTS_SUBDOMAINS",
    "HTTPS",
    "LINK_ALERT_RECIPIENTS",
    "MEDIA_ROOT",
    "MEDIA_URL",
    "PAGE_CACHE_MB",
    "SECRET_KEY",
    "SITE_LANGUAGE",
    "SITE_NAME",
    "SITE_TAGLINE",
    "STATIC_ROOT",
    "TRUSTED_PROXY_COUNT",
    "VAR_DIR",
]


def wants_postgres() -> bool:
    return os.environ.get("CHELATE_TEST_DB", "sqlite") == "postgres"


def prepare() -> None:
    for name in CLEARED:
        os.environ.pop(name, None)
    os.environ.update(SETTINGS)
    if os.environ.get("CHELATE_NO_SKIP") == "1":
        # The run that decides draws the same examples each time; every developer's run draws new ones.
        hypothesis.settings.load_profile("ci")
    if wants_postgres():
        os.environ["DATABASE_URL"] = postgres.start()
