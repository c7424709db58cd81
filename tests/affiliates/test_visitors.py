from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.clicks import salts, visitors
from affiliates.models import VisitorSalt
from tests.affiliates.requests import BROWSER, meta

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh_salt():
    salts.forget()
    yield
    salts.forget()


def request(address="203.0.113.9", **headers):
    return {**meta(BROWSER), "REMOTE_ADDR": address, **headers}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "203.0.113.9"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.9.8.7, 198.51.100.1", "198.51.100.1"),  # the visitor wrote the first entry
        (2, "10.9.8.7, 198.51.100.1, 192.0.2.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.9"),  # it did not come through both proxies
        (1, "", "203.0.113.9"),
        (1, " , ", "203.0.113.9"),
    ],
)
def test_only_trusted_proxies_name_the_client(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXY_COUNT = proxies

    assert visitors.client_address(request(HTTP_X_FORWARDED_FOR=forwarded)) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
        ("unix:", ""),
        ("203.0.113.77:1234", ""),
    ],
)
def test_addresses_are_cut_to_their_network(address, network):
    assert visitors.network_of(address) == network


@given(st.ip_addresses())
def test_no_network_names_one_machine(address):
    network = visitors.network_of(str(address))

    assert network.endswith(("/24", "/48"))


@pytest.mark.django_db
def test_neighbours_with_one_browser_are_one_visitor():
    assert visitors.day_visitor(request("203.0.113.1"), NOON) == visitors.day_visitor(
        request("203.0.113.2"), NOON
    )


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"REMOTE_ADDR": "198.51.100.1"}, {"HTTP_USER_AGENT": "Other"}])
def test_another_network_or_browser_is_another_visitor(change):
    assert visitors.day_visitor(request(), NOON) != visitors.day_visitor({**request(), **change}, NOON)


@pytest.mark.django_db
def test_another_site_sees_another_visitor(settings):
    here = visitors.day_visitor(request(), NOON)

    settings.SITE_URL = "https://other.example"

    assert visitors.day_visitor(request(), NOON) != here


@pytest.mark.django_db
def test_the_hash_fits_eight_bytes():
    value = visitors.day_visitor(request(), NOON)

    assert -(2**63) <= value < 2**63


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["HTTP_SEC_GPC", "HTTP_DNT"])
def test_who_objects_is_not_hashed(header):
    assert visitors.day_visitor(request(**{header: "1"}), NOON) is None
    assert visitors.day_visitor(request(**{header: "0"}), NOON) is not None
    assert not visitors.objects_to_recognition(request())


@pytest.mark.django_db
def test_an_unknown_address_is_not_hashed():
    assert visitors.day_visitor(request(""), NOON) is None


@pytest.mark.django_db
def test_after_the_salt_is_deleted_the_hash_cannot_be_made_again(frozen_time):
    before = visitors.day_visitor(request(), NOON)

    VisitorSalt.objects.all().delete()
    salts.forget()

    assert visitors.day_visitor(request(), NOON) != before


@pytest.mark.django_db
def test_a_restart_within_the_day_recognises_the_visitor():
    before = visitors.day_visitor(request(), NOON)

    salts.forget()

    assert visitors.day_visitor(request(), NOON) == before


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://www.Other.example/page?q=private#x", "www.other.example"),
        ("https://user:secret@other.example:8443/", "other.example"),
        ("https://site.example/articles/zinc/", ""),
        ("http://testserver/articles/", ""),
        ("http://203.0.113.9/", ""),
        ("http://[2001:db8::1]/", ""),
        ("http://localhost/", ""),
        ("android-app://com.example/", ""),
        ("garbage", ""),
        ("", ""),
        (f"https://{'a.' * 60}example/", ""),
    ],
)
def test_only_the_name_of_another_site_is_kept(referrer, host):
    assert visitors.referrer_host(request(HTTP_REFERER=referrer, HTTP_HOST="testserver:8000")) == host
