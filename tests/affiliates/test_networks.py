import pytest
from django.core.exceptions import ValidationError

from affiliates import networks
from affiliates.models import Network
from affiliates.subids import Carrier
from affiliates.targets import parse_target
from tests.affiliates.factories import ProgramFactory, network

REQUIRED = {
    "amazon",
    "ebay",
    "awin",
    "cj",
    "impact",
    "rakuten",
    "partnerize",
    "shareasale",
    "direct-merchant",
}


def test_the_file_names_every_network_with_source_and_date():
    facts = networks.shipped()

    assert set(facts) >= REQUIRED
    for key, entry in facts.items():
        assert entry["source"], key
        assert entry["checked_on"], key
        assert entry["routing"] in Network.Routing.values
        assert entry["sub_id_carrier"] in list(Carrier)


def test_amazon_and_ebay_are_direct_and_the_others_are_not():
    routing = {key: entry["routing"] for key, entry in networks.shipped().items()}

    assert [key for key, value in routing.items() if value == "direct"] == ["amazon", "ebay"]


def test_amazon_prescribes_its_sentence():
    sentence = networks.shipped()["amazon"]["required_sentence"]

    assert sentence == "As an Amazon Associate I earn from qualifying purchases."


def test_a_closed_network_says_so():
    assert networks.shipped()["shareasale"]["is_open"] is False


@pytest.mark.django_db
def test_every_shipped_row_is_valid():
    for found in networks.all_networks():
        found.full_clean()


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    networks.sync()

    assert networks.sync() == 0


@pytest.mark.django_db
def test_a_changed_fact_of_the_file_arrives():
    networks.sync()
    Network.objects.filter(key="awin").update(sub_id_parameter="old")

    assert networks.sync() == 1
    assert network("awin").sub_id_parameter == "clickref"


@pytest.mark.django_db
def test_a_row_changed_by_the_editor_is_kept():
    networks.sync()
    Network.objects.filter(key="awin").update(sub_id_parameter="mine", is_customised=True)

    assert networks.sync() == 0
    assert network("awin").sub_id_parameter == "mine"


@pytest.mark.django_db
def test_an_emptied_table_fills_itself():
    Network.objects.all().delete()

    assert {found.key for found in networks.all_networks()} >= REQUIRED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.amazon.com/dp/B0?tag=x-20", "amazon"),
        ("https://smile.amazon.co.uk/dp/B0", "amazon"),
        ("https://amzn.to/4bchO3u", "amazon"),
        ("https://a.co/d/x", "amazon"),
        ("https://www.ebay.de/itm/1", "ebay"),
        ("https://www.awin1.com/cread.php?awinmid=1", "awin"),
        ("https://tidd.ly/x", "awin"),
        ("https://www.dpbolvw.net/click-1-2", "cj"),
        ("https://shop.pxf.io/x", "impact"),
        ("https://goto.brand.example/c/1/2/3", "impact"),
        ("https://click.linksynergy.com/deeplink?id=1", "rakuten"),
        ("https://iherb.prf.hn/click/camref:x", "partnerize"),
        ("https://www.shareasale.com/r.cfm?u=1", "shareasale"),
        ("https://shop.example/c/1/2", None),
        ("https://notamazon.com/", None),
        ("https://amazon.com.evil.example/", None),
    ],
)
def test_networks_are_recognised(url, key):
    found = networks.recognise(parse_target(url), networks.all_networks())

    assert (found.key if found else None) == key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "paid"),
    [
        ("https://www.amazon.com/dp/B0?tag=x-20", True),
        ("https://www.amazon.com/dp/B0", False),
        ("https://amzn.to/x", True),
        ("https://www.ebay.com/itm/1?campid=5", True),
        ("https://www.ebay.com/itm/1", False),
        ("https://www.awin1.com/cread.php", True),
        ("https://doi.org/10.1/x", False),
    ],
)
def test_an_address_earns_or_it_does_not(url, paid):
    assert networks.is_paid_address(parse_target(url), networks.all_networks()) is paid


@pytest.mark.django_db
def test_a_program_is_found_by_its_domain():
    program = ProgramFactory(domains=["shop.example"])

    assert networks.program_for_host("www.shop.example") == program
    assert networks.program_for_host("other.example") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sub_id_parameter", "a b"),
        ("sub_id_parameter", "x&url=https://evil.example"),
        ("account_parameter", "tag\r\nX-Header"),
        ("path_pattern", "/c/("),
    ],
)
def test_facts_that_would_break_links_are_refused(field, value):
    awin = network()
    setattr(awin, field, value)

    with pytest.raises(ValidationError, match=r"parameter is one word|not a regular expression"):
        awin.full_clean()
