import pytest
from django.core.exceptions import ValidationError

from affiliates import networks
from affiliates.models import Network
from affiliates.subids import Carrier
from affiliates.targets import parse_target
from tests.affiliates.factories import ProgramFactory, network

# The rows of the specification; iHerb and Walmart pay through networks of others.
REQUIRED = {
    "amazon", "shareasale", "awin", "cj", "impact", "rakuten", "clickbank", "ebay", "partnerize", "flexoffers",
    "skimlinks", "sovrn", "tradedoubler", "ascend", "avantlink", "refersion", "adtraction", "tradetracker", "daisycon",
    "direct-merchant",
}  # fmt: skip


def test_the_file_names_every_network_with_source_and_date():
    facts = networks.shipped()

    assert set(facts) == REQUIRED
    for key, entry in facts.items():
        assert entry["source"], key
        assert entry["checked_on"], key
        assert entry["routing"] in Network.Routing.values
        assert entry["sub_id_carrier"] in list(Carrier)


def test_each_group_of_facts_names_its_own_source_and_day():
    for key, entry in networks.shipped().items():
        assert set(entry["sources"]) >= {"links", "sub_id", "routing"}, key
        for group in entry["sources"].values():
            assert len(group["source"]) >= 3
            assert group["checked_on"] == "2026-11-21"


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
        ("https://goto.walmart.com/c/1/2/3?u=x", "impact"),
        ("https://goto.brand.example/c/1/2/x", None),
        ("https://links.brand.example/click-1-2?url=x", "cj"),
        ("https://links.brand.example/links/1/type/dlg/sid/x/https://shop.example/", "cj"),
        ("https://links.brand.example/links/1/about", None),
        ("https://go.brand.example/click/camref:11l/destination:https://shop.example", "partnerize"),
        ("https://go.brand.example/click/other", None),
        ("https://shop.example/zinc?rfsn=123.abc", "refersion"),
        ("https://shop.example/zinc?xrfsn=123.abc&y=rfsn", None),
        ("https://refer.link/AbCd", "refersion"),
        ("https://hop.clickbank.net/?affiliate=a&vendor=b", "clickbank"),
        ("https://a.b.hop.clickbank.net/", "clickbank"),
        ("https://track.flexlinkspro.com/a.ashx", "flexoffers"),
        ("https://go.redirectingat.com/?id=1&url=x", "skimlinks"),
        ("https://redirect.viglink.com/?u=x", "sovrn"),
        ("https://clk.tradedoubler.com/click?p=1&a=2", "tradedoubler"),
        ("https://www.gopjn.com/t/abc?sid=1", "ascend"),
        ("https://www.avantlink.com/click.php?tt=cl", "avantlink"),
        ("https://track.adtraction.com/t/t?a=1", "adtraction"),
        ("https://tc.tradetracker.net/?c=1", "tradetracker"),
        ("https://ds1.nl/c/?si=1", "daisycon"),
        ("https://linksynergy.walmart.com/fs-bin/click?id=1", "rakuten"),
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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "account"),
    [
        ("https://www.amazon.com/dp/B0?tag=x-20", "x-20"),
        ("https://www.amazon.com/dp/B0", ""),
        ("https://www.anrdoezrs.net/click-123-456", "123"),
        ("https://www.anrdoezrs.net/links/123/type/dlg/https://shop.example/", "123"),
        ("https://shop.pxf.io/c/77/2/3", "77"),
        ("https://shop.pxf.io/odd", None),
        ("https://prf.hn/click/camref:1101lX/destination:https://shop.example", "1101lX"),
        ("https://refer.link/x", None),
    ],
)
def test_the_account_is_read_from_query_or_path(url, account):
    target = parse_target(url)
    found = networks.recognise(target, networks.all_networks())

    assert networks.account_in(target, found) == account


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "host"),
    [
        (
            "https://www.awin1.com/cread.php?awinmid=1&ued=https%3A%2F%2Fwww.iherb.com%2Fpr%2Fzinc",
            "www.iherb.com",
        ),
        ("https://www.awin1.com/cread.php?awinmid=1", ""),
        ("https://prf.hn/click/camref:1/destination:https://www.iherb.com/pr", "www.iherb.com"),
        ("https://prf.hn/click/camref:1/destination:https%3A%2F%2Fwww.iherb.com%2Fpr", "www.iherb.com"),
        ("https://www.dpbolvw.net/links/1/type/dlg/http://shop.example/", "shop.example"),
        ("https://www.awin1.com/cread.php?ued=https%3A%2F%2F127.0.0.1%2F", ""),
        ("https://www.awin1.com/cread.php?ued=javascript", ""),
    ],
)
def test_a_deep_link_names_the_shop_behind_it(url, host):
    target = parse_target(url)
    found = networks.recognise(target, networks.all_networks())

    assert networks.destination_host(target, found) == host


@pytest.mark.parametrize(
    ("host", "name", "through"),
    [
        ("www.iherb.com", "iHerb", "partnerize"),
        ("walmart.com", "Walmart", "impact"),
        ("xiherb.com", None, None),
    ],
)
def test_some_shops_pay_through_networks(host, name, through):
    found = networks.merchant_of(host)

    assert (found.store_name if found else None) == name
    assert found is None or through in found.networks


def test_shops_name_known_networks():
    assert all(set(shop.networks) <= REQUIRED and shop.source for shop in networks.merchants())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sub_id_alphabet": "0-9"}, "sub_id_alphabet"),
        ({"sub_id_alphabet": "z-a"}, "sub_id_alphabet"),
        ({"account_pattern": "/c/.*"}, "account_pattern"),
        ({"account_pattern": "/(c)/(d)"}, "account_pattern"),
        ({"sub_id_carrier": "none", "sends_click_token": True}, "sends_click_token"),
        ({"sub_id_carrier": "tag_pool", "sends_click_token": True}, "sends_click_token"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(values, field):
    awin = network()
    for name, value in values.items():
        setattr(awin, name, value)

    with pytest.raises(ValidationError) as refused:
        awin.full_clean()

    assert field in refused.value.message_dict
