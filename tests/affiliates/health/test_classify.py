import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.health.classify import Expected, Hop, Trace, classify, parameter
from affiliates.models.health import State

SHOP = Expected("https://shop.example/zinc", merchant_hosts=("shop.example",))
AMAZON = Expected(
    "https://www.amazon.com/dp/B0?tag=ours-20",
    merchant_hosts=("amazon.com", "amazon.de"),
    account_parameter="tag",
    account="ours-20",
)
SHORT = Expected(
    "https://amzn.to/x", merchant_hosts=("amazon.com",), network_hosts=("amzn.to",), is_opaque=True
)
AWIN = Expected("https://www.awin1.com/a?b=1", ("shop.example",), network_hosts=("awin1.com",))


def trace(*hops, html="<title>Zinc</title>", error=""):
    return Trace(tuple(Hop(url, status) for url, status in hops), html, error)


def state(expected, *hops, **rest):
    return classify(trace(*hops, **rest), expected).state


def test_an_ordinary_page_is_ok():
    verdict = classify(trace(("https://shop.example/zinc", 200)), SHOP)

    assert verdict.state == State.OK
    assert (verdict.final_host, verdict.http_status, verdict.detail) == ("shop.example", 200, "")


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_page_is_gone(status):
    assert state(SHOP, ("https://shop.example/zinc", status)) == State.GONE


@pytest.mark.parametrize("status", [400, 401, 403, 405, 406, 429, 451, 503, 999])
def test_a_shop_that_refuses_checkers_is_never_dead(status):
    assert state(SHOP, ("https://shop.example/zinc", status)) == State.BLOCKED


def test_a_captcha_with_status_200_is_a_refusal_too():
    assert state(AMAZON, (AMAZON.asked, 200), html="<title>Robot Check</title>") == State.BLOCKED


def test_a_refusal_at_the_host_of_a_bot_wall_is_not_the_wrong_shop():
    assert state(SHOP, (SHOP.asked, 302), ("https://validate.wall.example/c", 403)) == State.BLOCKED


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_fault_of_the_server_is_no_verdict(status):
    assert state(SHOP, ("https://shop.example/zinc", status)) == State.UNREACHABLE


def test_a_failed_network_call_is_no_verdict():
    verdict = classify(trace((SHOP.asked, None), error="timed out"), SHOP)

    assert (verdict.state, verdict.detail, verdict.http_status) == (State.UNREACHABLE, "timed out", None)


@pytest.mark.parametrize(
    ("asked", "final", "wanted"),
    [
        ("https://shop.example/zinc", "https://shop.example/minerals/zinc", State.MOVED),
        ("https://shop.example/zinc", "https://new.shop.example/zinc", State.MOVED),
        ("http://shop.example/zinc", "https://www.shop.example/zinc/", State.OK),
        ("https://shop.example/zinc", "https://shop.example/zinc?session=1", State.OK),
    ],
)
def test_what_counts_as_moved(asked, final, wanted):
    expected = Expected(asked, merchant_hosts=("shop.example",))

    assert state(expected, (asked, 301), (final, 200)) == wanted
    assert state(expected, (asked, 302), (final, 200)) == State.OK


def test_a_moved_page_is_named_without_its_query():
    verdict = classify(trace((SHOP.asked, 308), ("https://shop.example/b?token=secret", 200)), SHOP)

    assert "shop.example/b" in verdict.detail
    assert "secret" not in verdict.detail


@pytest.mark.parametrize(
    "final", ["https://parking.example/", "https://shop.example.evil.example/", "https://notshop.example/"]
)
def test_another_domain_is_the_wrong_shop(final):
    assert state(SHOP, (SHOP.asked, 302), (final, 200)) == State.WRONG_MERCHANT


def test_a_missing_page_elsewhere_is_gone_in_the_first_place():
    assert state(SHOP, (SHOP.asked, 302), ("https://other.example/", 404)) == State.GONE


def test_where_nobody_named_the_shop_no_shop_is_wrong():
    assert (
        state(Expected("https://go.example/1"), ("https://go.example/1", 302), ("https://any.example/", 200))
        == State.OK
    )


def test_www_in_the_programs_domain_does_not_make_the_shop_wrong():
    assert (
        state(Expected("https://www.shop.example/z", ("www.shop.example",)), ("https://shop.example/z", 200))
        == State.OK
    )


@pytest.mark.parametrize(
    ("final", "wanted", "has_tag"),
    [
        ("https://www.amazon.com/Zinc/dp/B0?tag=ours-20&x=1", State.OK, True),
        ("https://www.amazon.com/Zinc/dp/B0", State.TAG_LOST, False),
        ("https://www.amazon.com/Zinc/dp/B0?tag=thief-20", State.TAG_LOST, False),
        ("https://www.amazon.com/Zinc/dp/B0?xtag=ours-20", State.TAG_LOST, False),
    ],
)
def test_our_tag_must_arrive(final, wanted, has_tag):
    verdict = classify(trace((AMAZON.asked, 302), (final, 200)), AMAZON)

    assert (verdict.state, verdict.has_tag) == (wanted, has_tag)


def test_without_a_known_account_the_tag_that_was_sent_must_arrive():
    expected = Expected("https://www.amazon.com/dp/B0?tag=x-20", ("amazon.com",), account_parameter="tag")

    assert (
        state(expected, (expected.asked, 301), ("https://www.amazon.com/dp/B0?tag=y-20", 200))
        == State.TAG_LOST
    )


def test_where_the_network_keeps_no_tag_there_is_none_to_lose():
    assert classify(trace((SHOP.asked, 200)), SHOP).has_tag is None


@pytest.mark.parametrize("home", ["/", "", "/en/", "/en-us", "/index.html", "/de/home"])
def test_the_home_page_instead_of_the_product(home):
    assert state(SHOP, (SHOP.asked, 301), (f"https://shop.example{home}", 200)) == State.SOFT_GONE


def test_a_link_to_a_home_page_may_end_there():
    expected = Expected("https://shop.example/en", merchant_hosts=("shop.example",))

    assert state(expected, (expected.asked, 302), ("https://shop.example/", 200)) == State.OK


def test_a_product_in_the_query_is_no_home_page():
    assert state(SHOP, (SHOP.asked, 302), ("https://shop.example/?product_id=7", 200)) == State.OK


def test_a_tracking_link_may_lead_to_a_home_page():
    assert state(AWIN, (AWIN.asked, 302), ("https://shop.example/", 200)) == State.OK


def test_a_page_that_says_unavailable():
    assert (
        state(SHOP, (SHOP.asked, 200), html="<p>This item is currently unavailable.</p>") == State.SOFT_GONE
    )


def test_a_way_that_ends_at_the_network_is_hidden():
    assert state(AWIN, (AWIN.asked, 200)) == State.OPAQUE


def test_a_network_that_says_the_programme_is_over():
    assert state(AWIN, (AWIN.asked, 200), html="<p>This offer is no longer available.</p>") == State.SOFT_GONE


@pytest.mark.parametrize(
    ("hops", "wanted"),
    [
        ([("https://amzn.to/x", 503)], State.OPAQUE),
        ([("https://amzn.to/x", 301), ("https://www.amazon.com/dp/B0", 200)], State.OPAQUE),
        ([("https://amzn.to/x", 301), ("https://www.amazon.com/dp/B0", 404)], State.GONE),
        ([("https://amzn.to/x", 301), ("https://casino.example/", 200)], State.WRONG_MERCHANT),
        ([("https://amzn.to/x", 404)], State.GONE),
    ],
)
def test_short_links(hops, wanted):
    assert state(SHORT, *hops) == wanted


STATUSES = st.one_of(st.none(), st.integers(100, 999))
URLS = st.sampled_from(
    [SHOP.asked, "https://evil.example/", "https://shop.example/", AMAZON.asked, "https://amzn.to/x", ""]
)


@given(
    st.lists(st.tuples(URLS, STATUSES), min_size=1, max_size=5),
    st.sampled_from([SHOP, AMAZON, SHORT, AWIN, Expected("")]),
    st.text(max_size=60),
    st.sampled_from(["", "no route"]),
)
def test_no_silence_is_ever_a_verdict(hops, expected, html, error):
    verdict = classify(trace(*hops, html=html, error=error), expected)

    silent = bool(error) or hops[-1][1] is None
    assert (verdict.state == State.UNREACHABLE) or not silent
    assert len(verdict.detail) <= 200
    if hops[-1][1] in (403, 429, 503):
        assert verdict.state in (State.BLOCKED, State.OPAQUE, State.UNREACHABLE)


def test_a_parameter_is_read_decoded():
    assert parameter("https://a.example/?t%61g=a%2D20", "tag") == "a-20"
    assert parameter("https://a.example/?tag=a", "") == ""


@pytest.mark.parametrize("host", ["www.shop.example", "de.shop.example", "shop.example"])
def test_another_host_of_the_same_owner_is_the_right_shop(host):
    expected = Expected("https://us.shop.example/zinc", merchant_hosts=("us.shop.example",))

    assert state(expected, (expected.asked, 302), (f"https://{host}/zinc", 200)) == State.OK


def test_the_neighbour_on_a_platform_of_shops_is_the_wrong_shop():
    expected = Expected("https://tea.myshopify.com/zinc", merchant_hosts=("tea.myshopify.com",))

    found = state(expected, (expected.asked, 302), ("https://coffee.myshopify.com/zinc", 200))

    assert found == State.WRONG_MERCHANT


@pytest.mark.parametrize(
    ("hops", "address"),
    [
        ([("https://shop.example/zinc", 301), ("https://shop.example/new", 200)], "https://shop.example/new"),
        (
            [("https://shop.example/zinc", 308), ("https://shop.example/new#top", 200)],
            "https://shop.example/new",
        ),
        (
            [
                ("https://shop.example/zinc", 301),
                ("https://shop.example/a", 301),
                ("https://shop.example/b", 200),
            ],
            "https://shop.example/b",
        ),
        (
            [
                ("https://shop.example/zinc", 301),
                ("https://shop.example/new", 302),
                ("https://shop.example/us/new", 200),
            ],
            "https://shop.example/new",
        ),
        # A passing redirect first: the shop has not said that the old address is over.
        (
            [
                ("https://shop.example/zinc", 302),
                ("https://shop.example/a", 301),
                ("https://shop.example/b", 200),
            ],
            "",
        ),
        ([("https://shop.example/zinc", 302), ("https://shop.example/new", 200)], ""),
        ([("https://shop.example/zinc", 301), ("https://www.shop.example/zinc/", 200)], ""),
        ([("https://shop.example/zinc", 200)], ""),
    ],
)
def test_where_a_shop_has_moved_its_page(hops, address):
    assert classify(trace(*hops), SHOP).moved_to == address


def test_a_page_that_moved_to_strangers_is_nothing_to_take_over():
    verdict = classify(trace((SHOP.asked, 301), ("https://evil.example/zinc", 200)), SHOP)

    assert (verdict.state, verdict.moved_to) == (State.WRONG_MERCHANT, "")
