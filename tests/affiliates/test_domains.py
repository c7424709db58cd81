"""Whose a host is: judged by the Public Suffix List and not by how the name ends."""

import socket

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from affiliates.domains import is_public_suffix, registrable, same_owner
from affiliates.forms import HostsField
from affiliates.models import Program
from affiliates.services import link_for_url
from affiliates.targets import TargetError, check_target


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("shop.example", "shop.example"),
        ("www.de.shop.example", "shop.example"),
        ("www.amazon.co.uk", "amazon.co.uk"),
        ("tea.myshopify.com", "tea.myshopify.com"),
        ("www.tea.myshopify.com", "tea.myshopify.com"),
        ("www.xn--bcher-kva.de", "xn--bcher-kva.de"),
        ("shop.xn--55qx5d.cn", "shop.xn--55qx5d.cn"),
        ("city.kobe.jp", "city.kobe.jp"),
        ("co.uk", "co.uk"),
        ("127.0.0.2", "127.0.0.2"),
        ("[::1]", "[::1]"),
    ],
)
def test_the_name_that_somebody_registered(host, name):
    assert registrable(host) == name


@pytest.mark.parametrize("host", ["com", "co.uk", "myshopify.com", "github.io", "xn--p1ai", "kobe.jp"])
def test_names_below_which_strangers_register(host):
    assert is_public_suffix(host)


@pytest.mark.parametrize("host", ["amazon.com", "tea.myshopify.com", "shop.example", "127.0.0.1", "amzn.to"])
def test_names_that_have_one_owner(host):
    assert not is_public_suffix(host)


@pytest.mark.parametrize(
    ("host", "name", "answer"),
    [
        ("de.shop.example", "www.shop.example", True),
        ("shop.example", "de.shop.example", True),
        ("tea.myshopify.com", "coffee.myshopify.com", False),
        ("notshop.example", "shop.example", False),
        ("shop.example.evil.example", "shop.example", False),
        ("amazon.co.uk", "ebay.co.uk", False),
    ],
)
def test_two_hosts_of_one_owner(host, name, answer):
    assert same_owner(host, ["other.example", name]) is answer


@given(st.from_regex(r"([a-z0-9]{1,8}\.){1,4}(com|co\.uk|example|myshopify\.com|xn--p1ai)", fullmatch=True))
def test_a_registered_name_is_an_end_of_its_host_and_stays_itself(host):
    name = registrable(host)

    assert host == name or host.endswith(f".{name}")
    assert registrable(name) == name


def test_no_network_is_asked(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args: pytest.fail("it looked a name up"))

    assert registrable("never.seen.before.co.uk") == "before.co.uk"


@pytest.mark.parametrize("name", ["co.uk", "myshopify.com"])
def test_a_public_suffix_approves_no_address(name):
    with pytest.raises(TargetError, match="is not a host of this network or program"):
        check_target(f"https://evil.{name}/", approved=[name])


def test_a_shop_below_a_public_suffix_is_approved_by_its_own_name():
    assert check_target("https://tea.myshopify.com/zinc", approved=["tea.myshopify.com"]).url


def test_the_form_refuses_a_public_suffix_with_the_reason():
    with pytest.raises(ValidationError, match="belongs to many"):
        HostsField().clean("tea.myshopify.com\nmyshopify.com")


@pytest.mark.django_db
def test_no_program_is_made_of_a_public_suffix():
    with pytest.raises(TargetError, match="belongs to many"):
        link_for_url("https://myshopify.com/zinc")

    assert not Program.objects.exists()
