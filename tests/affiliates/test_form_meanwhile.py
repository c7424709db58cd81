"""The form of a link, saved after somebody else has saved it: nobody's address is silently put back."""

import pytest

from affiliates import services
from affiliates.models import AffiliateLink, Network, Product, Program
from affiliates.recall import recall
from tests.affiliates.desk import AWIN, change_url, form_data
from tests.affiliates.factories import LinkFactory, ProductFactory, ProgramFactory, network
from tests.support.open_page import OpenPage

pytestmark = pytest.mark.django_db
NEW, MINE = (
    f"{AWIN}&ued=https%3A%2F%2Fnorthmoor.example%2Fnew",
    f"{AWIN}&ued=https%3A%2F%2Fnorthmoor.example%2Fmine",
)
NO_ROWS = {name: value for name, value in form_data().items() if name.endswith("_FORMS")}


@pytest.fixture
def link():
    return LinkFactory(slug="zinc", url=AWIN, title="Zinc")


@pytest.fixture
def opened(staff, link):
    return OpenPage(staff, change_url(link))


def stored(link):
    return AffiliateLink.objects.with_target().get(pk=link.pk)


def test_the_address_that_another_one_changed_stays(link, opened):
    services.set_target(AffiliateLink.objects.get(pk=link.pk), NEW)

    assert opened.save(**NO_ROWS, title="Zinc citrate")

    assert (stored(link).target_url, stored(link).title) == (NEW, "Zinc citrate")
    assert any("Address" in message for message in opened.messages)


def test_a_link_that_was_paused_meanwhile_stays_paused(link, opened):
    services.set_status(AffiliateLink.objects.get(pk=link.pk), "paused")

    assert opened.save(**NO_ROWS, notes="My note.")

    assert (stored(link).status, stored(link).notes) == ("paused", "My note.")


def test_a_recall_is_never_undone_by_an_open_page(link, opened):
    recall([AffiliateLink.objects.get(pk=link.pk)], reason="Metal found")

    opened.save(**NO_ROWS, title="Zinc citrate")

    assert (stored(link).status, stored(link).recall_reason) == ("recalled", "Metal found")


def test_two_addresses_are_both_shown_and_nothing_is_saved(link, opened):
    services.set_target(AffiliateLink.objects.get(pk=link.pk), NEW)

    assert not opened.save(**NO_ROWS, target_url=MINE)

    assert [(one.label, one.theirs, one.yours) for one in opened.conflicts] == [("Address", NEW, MINE)]
    assert stored(link).target_url == NEW
    assert opened.save(**NO_ROWS)
    assert stored(link).target_url == MINE


def test_the_same_change_twice_is_no_quarrel(link, opened):
    services.set_target(AffiliateLink.objects.get(pk=link.pk), NEW)

    assert opened.save(**NO_ROWS, target_url=NEW)

    assert link.targets.filter(url=NEW).count() == 1


def test_an_unchanged_page_changes_nothing(link, opened):
    version = stored(link).version

    assert opened.save(**NO_ROWS)

    assert stored(link).version == version
    assert link.targets.count() == 1


def test_a_new_link_needs_no_older_one(staff):
    page = OpenPage(staff, "/admin/affiliates/affiliatelink/add/")

    assert page.save(**form_data(title="Iron"))

    assert AffiliateLink.objects.get().title == "Iron"


def test_the_facts_of_another_one_stay(staff):
    product = ProductFactory(facts=["Old"], brand="Old")
    page = OpenPage(staff, change_url(product))
    Product.objects.filter(pk=product.pk).update(facts=["One", "Two"])

    assert page.save(brand="Mine")

    product.refresh_from_db()
    assert (product.facts, product.brand) == (["One", "Two"], "Mine")


def test_two_lists_of_facts_are_both_shown(staff):
    product = ProductFactory(facts=["Old"])
    page = OpenPage(staff, change_url(product))
    Product.objects.filter(pk=product.pk).update(facts=["Theirs"])

    assert not page.save(facts="Mine")

    assert [(one.theirs, one.yours) for one in page.conflicts] == [("Theirs", "Mine")]
    assert "Somebody else changed this record" in page.html


def test_the_hosts_of_another_one_stay(staff):
    program = ProgramFactory(domains=["northmoor.example"])
    page = OpenPage(staff, change_url(program))
    Program.objects.filter(pk=program.pk).update(domains=["northmoor.example", "new.example"])

    assert page.save(notes="Mine")

    program.refresh_from_db()
    assert (program.domains, program.notes) == (["northmoor.example", "new.example"], "Mine")


@pytest.fixture
def awin():
    return network("awin")


@pytest.fixture
def opened_network(staff, awin):
    return OpenPage(staff, change_url(awin))


def test_what_another_one_changed_of_a_network_stays(awin, opened_network):
    Network.objects.filter(pk=awin.pk).update(
        hosts=[*awin.hosts, "new.example"], routing=Network.Routing.DIRECT, is_open=False
    )

    assert opened_network.save(notes="Mine")

    stored = Network.objects.get(pk=awin.pk)
    assert stored.hosts == [*awin.hosts, "new.example"]
    assert (stored.routing, stored.is_open, stored.notes) == ("direct", False, "Mine")
    assert any("Somebody else" in message and "Hosts" in message for message in opened_network.messages)


def test_two_lists_of_hosts_of_a_network_are_both_shown(awin, opened_network):
    Network.objects.filter(pk=awin.pk).update(hosts=["theirs.example"])

    assert not opened_network.save(hosts="mine.example")

    assert [(one.label, one.theirs, one.yours) for one in opened_network.conflicts] == [
        ("Hosts", "theirs.example", "mine.example")
    ]
    assert Network.objects.get(pk=awin.pk).hosts == ["theirs.example"]
    assert opened_network.save()
    assert Network.objects.get(pk=awin.pk).hosts == ["mine.example"]


def test_an_unchanged_page_of_a_network_changes_no_fact(awin, opened_network):
    before = Network.objects.filter(pk=awin.pk).values().get()

    assert opened_network.save()

    assert Network.objects.filter(pk=awin.pk).values().get() == before | {"is_customised": True}


def test_a_new_network_needs_no_older_one(staff):
    page = OpenPage(staff, "/admin/affiliates/network/add/")

    assert page.save(name="Northmoor", key="northmoor")

    assert Network.objects.get(key="northmoor").is_customised
