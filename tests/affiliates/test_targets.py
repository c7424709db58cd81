import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.targets import (
    TargetError,
    check_target,
    host_matches,
    is_servable,
    parse_host,
    parse_target,
    url_hash,
)

GOOD = [
    "https://www.amazon.com/dp/B0DEMO?tag=chelate-20",
    "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%3A%2F%2Fshop.example%2F",
    "https://prf.hn/click/camref:1101l/pubref:x/destination:https://www.iherb.com/pr/zinc",
    "https://www.anrdoezrs.net/links/1/type/dlg/sid/x/https://shop.example/",
    "https://xn--mnchen-3ya.example/",
    "https://shop.example/?filter%5Bform%5D=drops",
    "https://a.co/d/abc",
]

# (what somebody may try, a word of the refusal)
ATTACKS = [
    ("http://shop.example/", "https://"),
    ("javascript:alert(1)", "https://"),
    ("data:text/html,x", "https://"),
    ("ftp://shop.example/", "https://"),
    ("//evil.example/", "full address"),
    ("/evil", "full address"),
    ("https:evil.example", "full address"),
    ("https:/evil.example", "full address"),
    ("https:\\\\evil.example", "backslash"),
    ("https://shop.example\\@evil.example/", "backslash"),
    ("https://shop.example@evil.example/", "user name"),
    ("https://user:secret@shop.example/", "user name"),
    ("https://@evil.example/", "user name"),
    ("https://127.0.0.1/", "public name"),
    ("https://127.1/", "public name"),
    ("https://2130706433/", "public name"),
    ("https://0x7f.1/", "public name"),
    ("https://0x7f000001/", "public name"),
    ("https://[::1]/", "port"),
    ("https://localhost/", "public name"),
    ("https://shop.localhost/", "private"),
    ("https://db.internal/", "private"),
    ("https://printer.local/", "private"),
    ("https://intranet/", "public name"),
    ("https://shop.example:8443/", "port"),
    ("https://shop.example:/", "port"),
    ("https://shop.example:443x/", "port"),
    ("https://shop.example./", "public name"),
    ("https://.shop.example/", "public name"),
    ("https://shop..example/", "public name"),
    ("https://-shop.example/", "public name"),
    ("https:///path", "public name"),
    ("https://?x", "public name"),
    ("https://shop_1.example/", "public name"),
    ("https://shop.example%2eevil/", "public name"),
    ("https://münchen.example/", "xn--mnchen-3ya.example"),
    ("https://shop。example/", "shop.example"),
    ("https://\u0430mazon.com/", "xn--mazon-3ve.com"),  # a Cyrillic a
    ("https://shop.example/\r\nSet-Cookie: a=b", "control character"),
    ("https://shop.example/\x00", "control character"),
    ("https://shop.example/a b", "blank"),
    ("https://shop.example/%0d%0aX: y", "blank"),
    ("https://shop.example/%0d%0aX:y", "encoded control"),
    ("https://shop.example/%5cevil", "encoded control"),
    ("https://shop.example/#top", "from # on"),
    ("https://shop.example/?id={click_id}", "template"),
    ("https://shop.example/?id=%7Bclick_id%7D", "template"),
    ("https://shop.example/?id=[SUBID]", "template"),
    ("https://shop.example/<id>", "template"),
    ("https://shop.example/%zz", "percent-encoded"),
    ("https://shop.example/100%", "percent-encoded"),
    ("https://shop.example/ä", "percent-encoded"),
    ('https://shop.example/"x', "percent-encoded"),
    ("https://shop.example/a/../b", "/../"),
    ("https://shop.example/a/%2E%2e/b", "/../"),
    ("https://shop.example/.", "/../"),
    ("https://shop.example/" + "a" * 8_192, "8,192"),
    ("", "full address"),
]


@pytest.mark.parametrize("url", GOOD)
def test_real_addresses_come_back_unchanged(url):
    assert parse_target(url).url == url


@pytest.mark.parametrize(("url", "reason"), ATTACKS)
def test_hostile_addresses_are_refused_with_a_reason(url, reason):
    with pytest.raises(TargetError) as refused:
        parse_target(url)

    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("https://SHOP.Example/Path", "https://shop.example/Path"),
        ("HTTPS://shop.example/", "https://shop.example/"),
        ("https://shop.example:443/x", "https://shop.example/x"),
        ("https://shop.example", "https://shop.example/"),
        ("https://shop.example?a=1", "https://shop.example/?a=1"),
    ],
)
def test_equal_addresses_have_one_spelling(given, canonical):
    assert parse_target(given).url == canonical


@given(st.text(max_size=60))
def test_whatever_is_accepted_is_ascii_https_and_stable(text):
    try:
        target = parse_target("https://" + text)
    except TargetError:
        return

    assert target.url.isascii()
    assert target.url.startswith(f"https://{target.host}/")
    assert not set(target.url) & set(' \t\r\n\\"<>{}#')
    assert parse_target(target.url) == target


@given(st.from_regex(r"[0-9a-fx.:\[\]@]{1,20}", fullmatch=True))
def test_no_spelling_of_a_number_is_a_host(text):
    try:
        host = parse_host(text)
    except TargetError:
        return

    assert host.rpartition(".")[2].isalpha()


@given(st.text(string.ascii_lowercase + ".-", min_size=1, max_size=30))
def test_a_neighbour_of_an_approved_host_does_not_match(name):
    assert host_matches(f"{name}shop.example", ["shop.example"]) == name.endswith(".")


def test_a_subdomain_of_an_approved_host_matches():
    assert host_matches("www.shop.example", ["other.example", "shop.example"])


def tag_of(target):
    return target.parameter("tag") or ""


def test_a_host_outside_the_program_is_refused_and_named():
    with pytest.raises(TargetError, match=r"evil\.example is not a host"):
        check_target("https://evil.example/", approved=["shop.example"])


def test_somebody_elses_tag_is_refused():
    with pytest.raises(TargetError, match="tag=thief-20, which is not your own chelate-20"):
        check_target(
            "https://amazon.com/?tag=thief-20",
            approved=["amazon.com"],
            account_name="tag",
            account_in=tag_of,
            accounts=["chelate-20"],
        )


def test_an_encoded_tag_parameter_is_seen():
    with pytest.raises(TargetError, match="thief-20"):
        check_target(
            "https://amazon.com/?t%61g=thief%2D20",
            approved=["amazon.com"],
            account_name="tag",
            account_in=tag_of,
            accounts=["chelate-20"],
        )


def test_a_missing_tag_is_a_warning():
    checked = check_target(
        "https://amazon.com/dp/1", approved=["amazon.com"], account_name="tag", account_in=tag_of
    )

    assert "no tag" in checked.warnings[0]


def test_our_own_tag_passes_without_a_word():
    checked = check_target(
        "https://amazon.com/?tag=chelate-20",
        approved=["amazon.com"],
        account_name="tag",
        account_in=tag_of,
        accounts=["chelate-20"],
    )

    assert checked.warnings == ()


def test_a_short_link_is_a_warning():
    checked = check_target("https://amzn.to/4bchO3u", approved=["amzn.to"], opaque=["amzn.to"])

    assert "full product URL with your tag" in checked.warnings[0]


def test_a_saved_target_can_be_served():
    url = "https://shop.example/x"

    assert is_servable(url, url_hash(url), ["shop.example"])


@pytest.mark.parametrize(
    ("url", "hashed", "approved"),
    [
        ("https://evil.example/", "https://shop.example/x", ["shop.example"]),  # the URL was changed
        ("https://shop.example/y", "https://shop.example/x", ["shop.example"]),
        ("https://evil.example/", "https://evil.example/", ["shop.example"]),  # the hash, too
        ("https://shop.example/x", "https://shop.example/x", []),  # the host is approved no more
        ("http://shop.example/x", "http://shop.example/x", ["shop.example"]),
        ("https://SHOP.example/x", "https://SHOP.example/x", ["shop.example"]),  # not the saved spelling
    ],
)
def test_a_changed_row_is_not_served(url, hashed, approved):
    assert not is_servable(url, url_hash(hashed), approved)


def test_http_needs_a_flag_and_warns():
    with pytest.raises(TargetError, match="https"):
        check_target("http://shop.example/", approved=["shop.example"])

    checked = check_target("http://shop.example/", approved=["shop.example"], allow_http=True)
    assert checked.url == "http://shop.example/"
    assert "not encrypted" in checked.warnings[0]


@pytest.mark.parametrize(
    "url", ["ftp://shop.example/", "javascript:alert(1)", "http://10.0.0.1/", "http://x@shop.example/"]
)
def test_the_flag_for_http_allows_nothing_else(url):
    with pytest.raises(TargetError):
        parse_target(url, allow_http=True)


def test_http_is_served_only_with_the_flag():
    url = "http://shop.example/x"

    assert is_servable(url, url_hash(url), ["shop.example"], allow_http=True)
    assert not is_servable(url, url_hash(url), ["shop.example"])


def test_several_own_accounts_are_all_ours():
    for tag in ("a-20", "b-21"):
        url = f"https://amazon.com/?tag={tag}"
        assert not check_target(
            url, approved=["amazon.com"], accounts=["a-20", "b-21"], account_in=tag_of
        ).warnings

    with pytest.raises(TargetError, match="not your own a-20 or b-21"):
        check_target(
            "https://amazon.com/?tag=c", approved=["amazon.com"], accounts=["b-21", "a-20"], account_in=tag_of
        )
