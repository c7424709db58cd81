import pytest

from affiliates.health.plan import expectation
from tests.affiliates.factories import AMAZON_TAG, LinkFactory, ProgramFactory, network

pytestmark = pytest.mark.django_db
TRACKED = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"


def expected(**values):
    return expectation(LinkFactory(**values).targets.select_related("link__network", "link__program").get())


def test_the_shop_in_a_tracking_link_is_asked_and_the_network_is_not():
    found = expected(url=f"{TRACKED}&ued=https%3A%2F%2Fnorthmoor.example%2Fzinc")

    assert found.asked == "https://northmoor.example/zinc"
    assert found.merchant_hosts == ("northmoor.example",)


def test_a_tracking_link_without_the_shop_in_it_is_asked_as_it_stands():
    program = ProgramFactory(domains=["northmoor.example"])

    found = expected(url=TRACKED, program=program, network=program.network)

    assert (found.asked, found.merchant_hosts) == (TRACKED, ("northmoor.example",))
    assert found.is_network("www.awin1.com")
    assert found.account_parameter == ""


def test_the_programs_domains_win_over_what_the_address_says():
    program = ProgramFactory(domains=["northmoor.example"])
    url = f"{TRACKED}&ued=https%3A%2F%2Fthief.example%2F"

    assert expected(url=url, program=program, network=program.network).merchant_hosts == (
        "northmoor.example",
    )


def test_where_the_network_is_the_shop_our_tag_must_arrive():
    program = ProgramFactory(network=network("amazon"), account=AMAZON_TAG)

    found = expected(amazon=True, program=program)

    assert (found.account_parameter, found.account) == ("tag", AMAZON_TAG)
    assert found.is_merchant("www.amazon.com")
    assert not found.is_opaque


def test_a_short_link_is_hidden():
    found = expected(amazon=True, url="https://amzn.to/4bchO3u")

    assert found.is_opaque
    assert found.is_network("amzn.to")


def test_a_shop_with_its_own_programme():
    program = ProgramFactory(network=network("direct-merchant"), domains=["northmoor.example"])

    found = expected(url="https://northmoor.example/zinc?ref=us", program=program, network=program.network)

    assert (found.asked, found.merchant_hosts) == (
        "https://northmoor.example/zinc?ref=us",
        ("northmoor.example",),
    )
