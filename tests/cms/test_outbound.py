"""The HTTP client asks real servers here, and never a private address that nobody named."""

from __future__ import annotations

import gzip
import socket
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import outbound
from cms.outbound import Failed
from tests.support import network
from tests.support.http import Reply


def ask(site, path="/", **options):
    options.setdefault("pause", lambda seconds: None)
    return outbound.get(site.url(path), trusted=site.trusted, **options)


def failed(call, *args, **options):
    with pytest.raises(Failed) as caught:
        call(*args, **options)
    return caught.value


def answers(monkeypatch, **hosts):
    """Let names lead to addresses, as a name server would."""

    def getaddrinfo(host, port, *args, **kwargs):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in hosts[host.partition(".")[0]]
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_an_answer_has_status_headers_and_body(local_site):
    local_site["/zinc"] = Reply(200, "Zinc: \u00b5g", {"Content-Type": "text/plain; charset=utf-8"})

    answer = ask(local_site, "/zinc")

    assert (answer.status, answer.is_ok, answer.text()) == (200, True, "Zinc: \u00b5g")
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_missing_page_is_an_answer(local_site):
    answer = ask(local_site, "/nothing")

    assert (answer.status, answer.is_ok) == (404, False)


def test_it_says_who_asks(local_site, settings):
    settings.SITE_URL, settings.OUTBOUND_CONTACT = "https://example.org", "desk@example.org"

    ask(local_site)

    assert local_site.asked[0].headers["user-agent"] == (
        "Chelate/0.1 (+https://example.org; mailto:desk@example.org)"
    )


def test_parameters_are_encoded(local_site):
    ask(local_site, "/find", params={"q": "zinc & copper"})

    assert local_site.asked[0].path == "/find?q=zinc+%26+copper"


def test_redirects_are_followed_and_told(local_site):
    local_site["/a"] = Reply(301, headers={"Location": "/b"})
    local_site["/b"] = Reply(302, headers={"Location": local_site.url("/c")})
    local_site["/c"] = Reply(200, "here")

    answer = ask(local_site, "/a")

    assert [(hop.url, hop.status) for hop in answer.hops] == [
        (local_site.url("/a"), 301),
        (local_site.url("/b"), 302),
    ]
    assert (answer.url, answer.body) == (local_site.url("/c"), b"here")


def test_a_redirect_can_be_looked_at(local_site):
    local_site["/a"] = Reply(302, headers={"Location": "/b"})

    assert ask(local_site, "/a", max_hops=0).status == 302


def test_a_circle_ends(local_site):
    local_site["/a"] = Reply(302, headers={"Location": "/a"})

    failure = failed(ask, local_site, "/a", max_hops=3)

    assert (failure.kind, len(failure.hops)) == ("too_many_redirects", 4)


def test_a_redirect_into_the_private_network_is_refused_and_told(local_site):
    local_site["/a"] = Reply(302, headers={"Location": "http://127.0.0.1/secret"})

    failure = failed(ask, local_site, "/a")

    assert failure.kind == "refused_address"
    assert [hop.url for hop in failure.hops] == [local_site.url("/a")]


def test_this_machine_is_refused_unless_named(local_site):
    assert failed(outbound.get, local_site.url("/")).kind == "refused_address"
    assert local_site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/", "http://127.1/", "http://2130706433/",
    ],
)  # fmt: skip
def test_local_addresses_are_refused_however_written(url, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", network._getaddrinfo)  # these are numbers: nobody is asked

    assert failed(outbound.get, url, retries=0).kind in {"refused_address", "dns"}


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "127.0.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::",
        "64:ff9b::10.0.0.1", "ff02::1", "::", "fe80::1%eth0", "fec0::1", "::127.0.0.1", "64:ff9b:1::10.0.0.1",
        "::ffff:0:10.0.0.1",
    ],
)  # fmt: skip
def test_private_addresses_are_not_public(address):
    assert not outbound.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address):
    assert outbound.is_public(address)


@given(st.ip_addresses(v=4))
def test_no_private_address_passes_in_another_dress(address):
    dressed = [str(address), f"::ffff:{address}", f"64:ff9b::{address}"]

    assert len({outbound.is_public(one) for one in dressed}) == 1


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    answers(monkeypatch, rebind=["93.184.216.34", "127.0.0.1"])

    assert failed(outbound.get, "http://rebind.example/", retries=0).kind == "refused_address"


def test_the_judged_address_is_the_one_connected_to(monkeypatch):
    looked_up = []
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        looked_up.append(host)
        if host == "shop.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]
        return real(host, port, *args, **kwargs)

    connected = []

    def create_connection(address, *args, **kwargs):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)

    failure = failed(outbound.get, "http://shop.example/", retries=0)

    assert failure.kind == "connection"
    assert looked_up == ["shop.example"]
    assert connected == [("93.184.216.34", 80)]


@pytest.mark.parametrize("port", [22, 25, 3306, 8080])
def test_other_ports_are_refused(monkeypatch, port):
    answers(monkeypatch, shop=["93.184.216.34"])

    assert failed(outbound.get, f"http://shop.example:{port}/").kind == "refused_address"


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "https://", "https://me:pw@example.org/", "http://[", "x"],
)
def test_other_addresses_are_refused(url):
    assert failed(outbound.get, url).kind == "bad_url"


def test_a_name_that_nobody_knows_is_no_verdict(monkeypatch):
    def getaddrinfo(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    assert failed(outbound.get, "https://nobody.example/", retries=0).kind == "dns"


def test_a_large_body_is_refused(local_site):
    local_site["/big"] = Reply(200, b"x" * 3000)

    assert failed(ask, local_site, "/big", max_bytes=1000).kind == "too_large"


def test_a_large_body_can_be_cut(local_site):
    local_site["/big"] = Reply(200, b"x" * 3000)

    answer = ask(local_site, "/big", max_bytes=1000, cut=True)

    assert (len(answer.body), answer.is_cut) == (1000, True)


def test_the_cap_counts_what_a_packed_body_unpacks_to(local_site):
    local_site["/bomb"] = Reply(200, gzip.compress(b"x" * 500_000), {"Content-Encoding": "gzip"})

    assert failed(ask, local_site, "/bomb", max_bytes=100_000).kind == "too_large"


def test_a_server_that_never_answers_is_a_time_out(local_site):
    release = Event()
    local_site["/slow"] = Reply(200, "late", wait=release.wait)

    failure = failed(ask, local_site, "/slow", timeout_seconds=0.1, retries=0)
    release.set()

    assert failure.kind == "timeout"


def test_a_busy_server_is_asked_again_when_it_says(local_site):
    local_site["/busy"] = [Reply(429, headers={"Retry-After": "7"}), Reply(503), Reply(200, "done")]
    pauses = []

    answer = ask(local_site, "/busy", pause=pauses.append)

    assert (answer.body, pauses) == (b"done", [7.0, 2.0])


def test_a_server_cannot_make_us_wait_for_ever(local_site):
    local_site["/busy"] = [Reply(429, headers={"Retry-After": "86400"}), Reply(200)]
    pauses = []

    ask(local_site, "/busy", pause=pauses.append)

    assert pauses == [outbound.LONGEST_WAIT_SECONDS]


def test_a_server_that_stays_busy_is_an_answer(local_site):
    local_site["/busy"] = Reply(503)

    assert ask(local_site, "/busy", retries=1).status == 503
    assert len(local_site.asked) == 2


def test_a_missing_page_is_not_asked_for_again(local_site):
    ask(local_site, "/nothing", retries=2)

    assert len(local_site.asked) == 1


def test_head_asks_for_no_body(local_site):
    local_site["/zinc"] = Reply(200, "Zinc")

    answer = ask(local_site, "/zinc", method="HEAD")

    assert (local_site.asked[0].method, answer.body) == ("HEAD", b"")


def test_proxies_of_the_environment_are_not_used(local_site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    local_site["/zinc"] = Reply(200, "Zinc")

    assert ask(local_site, "/zinc").body == b"Zinc"


@pytest.mark.parametrize("charset", ["charset=latin-1", 'charset="ISO-8859-1"'])
def test_text_is_read_by_its_charset(local_site, charset):
    local_site["/old"] = Reply(200, "Größe".encode("latin-1"), {"Content-Type": f"text/html; {charset}"})

    assert ask(local_site, "/old").text() == "Größe"


def test_text_with_an_unknown_charset_is_still_read(local_site):
    local_site["/odd"] = Reply(200, "Zinc \u00b5g", {"Content-Type": "text/html; charset=martian"})

    assert ask(local_site, "/odd").text() == "Zinc \u00b5g"
