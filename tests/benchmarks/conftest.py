import os
import sys

import pytest
from django.conf import settings
from django.db import connection

from articles.publishing import publish
from articles.related.engine import rebuild
from tests.acceptance import corpus, long_article

ARTICLES = 300


@pytest.fixture
def say(capsys):
    """Print one line of results, whether pytest captures output or not."""

    def write(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}")

    return write


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """Fill the database of this run for good with ARTICLES articles; return the edition to measure.

    Committed, since a server of its own reads it. The database is thrown away when the run ends.
    """
    media = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock():
        corpus.fill(ARTICLES - 1, words=long_article.WORDS)
        edition = publish(long_article.save(), override="A measurement.")
        rebuild()
        connection.close()
    settings.MEDIA_ROOT = media
    return edition


@pytest.fixture
def database_url(django_db_setup):
    """The address of the database of this run, for another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
