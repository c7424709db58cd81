"""Which database the tests use: a SQLite file of this run, or the server started in tests.support.postgres."""

import os

import pytest

from tests.support.environment import wants_postgres


def pytest_report_header():
    return f"database: {'PostgreSQL' if wants_postgres() else 'SQLite'}"


def pytest_collection_modifyitems(config, items):
    """Leave out on SQLite what asserts how PostgreSQL itself behaves. That is no skip: there is nothing to run."""
    if wants_postgres():
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Give this run a database of its own; SQLite as a file, since a live server needs several connections."""
    from django.conf import settings

    own = settings.DATABASES["default"].setdefault("TEST", {})
    if wants_postgres():
        own["NAME"] = f"test_chelate_{os.getpid()}"
    else:
        own["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
