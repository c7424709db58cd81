import pytest
from django.contrib.auth.models import Group

from affiliates.health.probe import Pacer, Prober
from affiliates.models import LinkHealth
from tests.affiliates.factories import LinkFactory, ProgramFactory, network
from tests.affiliates.health.web import sites  # noqa: F401 (a fixture)
from tests.factories import UserFactory


@pytest.fixture
def shop(sites):  # noqa: F811
    return sites()


@pytest.fixture
def tracker(sites):  # noqa: F811
    return sites()


@pytest.fixture
def prober(shop, tracker):
    """A checker that may ask the two servers of this machine and does not wait between requests."""
    return Prober(Pacer(pause_seconds=0), trusted=frozenset({shop.place, tracker.place}))


@pytest.fixture
def watched(shop):
    """Return a function that makes a live link to an address of the shop, watched from now on."""

    def make(url=None, **values):
        values.setdefault("program", ProgramFactory(domains=[shop.host], network=network("direct-merchant")))
        values.setdefault("network", values["program"].network)
        link = LinkFactory(url=url or shop.url("/zinc"), **values)
        return LinkHealth.objects.create(target=link.targets.get())

    return make


@pytest.fixture
def editor(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return client


@pytest.fixture
def author(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Author"))
    client.force_login(user)
    return client
