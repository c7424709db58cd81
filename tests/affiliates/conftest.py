import importlib
import os
from functools import cache

import pytest
from django.db import connection

from affiliates.clicks import destinations
from affiliates.clicks.record import writer
from cms import plugins
from cms.apps import package_of
from tests.affiliates.connections import ask, patient  # noqa: F401 (fixtures)
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.stores import impatient  # noqa: F401 (fixture)
from tests.factories import UserFactory


@cache
def kernel_and_affiliates():
    importlib.import_module("cms.urls")  # it mounts what the full registry names, once and for all
    specs = [spec for spec in plugins.registry().plugins if spec.name in {plugins.KERNEL, "affiliates"}]
    return plugins.load(specs, package_of)


@pytest.fixture(autouse=True)
def only_this_plugin():
    """The other plugins add disclosures, notices and findings of their own; they are tested elsewhere."""
    with plugins.use_registry(kernel_and_affiliates()):
        yield


@pytest.fixture(autouse=True)
def the_writer_rests():
    """Begin without what was looked up lately; end the thread that stores clicks, which holds on to the database."""
    destinations.forget()
    yield
    writer.stop()


@pytest.fixture
def database_url(django_db_setup):
    """The address of the database of this run, for a server in another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")


@pytest.fixture
def link():
    return LinkFactory(slug="zinc")


@pytest.fixture
def placement(link):
    return PlacementFactory(link=link, public_id="7k2m9x", last_edition=3)


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(superuser=True))
    return client
