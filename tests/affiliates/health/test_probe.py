"""Asking real servers, on this machine."""

import pytest

from affiliates.clicks.classify import judge_user_agent
from affiliates.health.classify import Expected, classify
from affiliates.health.probe import MAX_HOPS, Pacer, Prober
from affiliates.models.health import State


def state(prober, asked, *merchants, **rest):
    return classify(prober.trace(asked), Expected(asked, merchants, **rest)).state


def test_head_first_then_the_page_itself(prober, shop):
    url = shop.serve("/zinc", "<title>Zinc</title>")

    trace = prober.trace(url)

    assert shop.asked("/zinc") == ["HEAD", "GET"]
    assert (trace.hops[-1].status, trace.html) == (200, "<title>Zinc</title>")


@pytest.mark.parametrize("status", [400, 403, 404, 405, 500, 501, 503])
def test_a_shop_that_refuses_head_is_asked_with_get(prober, shop, status):
    url = shop.serve("/zinc", "<title>Zinc</title>")
    shop.serve("/zinc", status=status, method="HEAD")

    assert state(prober, url, shop.host) == State.OK


def test_redirects_are_followed_hop_by_hop_with_head_alone(prober, shop, tracker):
    start = tracker.redirect("/click", shop.url("/zinc"))
    shop.redirect("/zinc", "/minerals/zinc", 301)
    shop.serve("/minerals/zinc", "<title>Zinc</title>")

    trace = prober.trace(start)

    assert [(hop.host, hop.status) for hop in trace.hops] == [
        (tracker.host, 302),
        (shop.host, 301),
        (shop.host, 200),
    ]
    assert tracker.asked("/click") == ["HEAD"]
    assert state(prober, start, shop.host) == State.MOVED


def test_a_page_that_sends_its_reader_on_is_a_redirect_too(prober, shop, tracker):
    start = tracker.serve("/click", f'<meta http-equiv="refresh" content="0;url={shop.url("/zinc")}">')
    shop.serve("/zinc", "<title>Zinc</title>")

    assert prober.trace(start).hops[-1].url == shop.url("/zinc")


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ({"status": 404}, State.GONE),
        ({"status": 410}, State.GONE),
        ({"status": 403}, State.BLOCKED),
        ({"status": 429, "retry_after": "1"}, State.BLOCKED),
        ({"status": 503}, State.BLOCKED),
        ({"status": 500}, State.UNREACHABLE),
        ({"body": "<p>This item is currently unavailable.</p>"}, State.SOFT_GONE),
        ({"body": "%PDF unavailable", "content_type": "application/pdf"}, State.OK),
    ],
)
def test_what_a_server_says(prober, shop, page, wanted):
    url = shop.serve("/zinc", **page)

    assert state(prober, url, shop.host) == wanted


def test_a_busy_shop_is_not_asked_again_and_again(prober, shop):
    prober.trace(shop.serve("/zinc", status=503))

    assert shop.asked("/zinc") == ["HEAD", "GET"]


def test_another_host_is_the_wrong_shop(prober, shop, tracker):
    start = shop.redirect("/zinc", tracker.serve("/parked", "<title>Casino</title>"))

    assert state(prober, start, shop.host) == State.WRONG_MERCHANT


def test_a_lost_tag(prober, shop):
    start = shop.redirect("/dp/1?tag=ours-20", "/zinc/dp/1")
    shop.serve("/zinc/dp/1", "<title>Zinc</title>")

    assert state(prober, start, shop.host, account_parameter="tag", account="ours-20") == State.TAG_LOST


def test_a_server_that_is_not_there_is_no_verdict(prober, shop):
    url = f"http://{shop.host}:9/zinc"
    prober.trusted = prober.trusted | {f"{shop.host}:9"}

    trace = prober.trace(url)

    assert classify(trace, Expected(url, (shop.host,))).state == State.UNREACHABLE
    assert trace.hops[-1].status is None


def test_a_private_address_is_never_asked(sites):
    inside, shop = sites(), sites()
    secret = inside.serve("/admin", "<title>secret</title>")
    start = shop.redirect("/zinc", secret)

    trace = Prober(Pacer(0), trusted=frozenset({shop.place})).trace(start)

    assert inside.requests == []
    assert trace.error.startswith("It leads to an address inside a private network")
    assert classify(trace, Expected(start, (shop.host,))).state == State.UNREACHABLE


@pytest.mark.parametrize(
    "onward", ["javascript:alert(1)", "file:///etc/passwd", "http://u:p@127.0.0.1/", "http://["]
)
def test_nonsense_in_a_redirect_ends_the_way(prober, shop, onward):
    trace = prober.trace(shop.redirect("/zinc", onward))

    assert trace.error
    assert trace.hops[-1].status is None


def test_a_circle_of_redirects_ends(prober, shop):
    trace = prober.trace(shop.redirect("/zinc", "/zinc"))

    assert len(trace.hops) == MAX_HOPS + 1
    assert classify(trace, Expected(shop.url("/zinc"), (shop.host,))).state == State.UNREACHABLE


def test_the_checker_says_who_it_is_and_carries_nothing_else(prober, shop, settings):
    settings.OUTBOUND_CONTACT = "desk@site.example"

    prober.trace(shop.serve("/zinc"))

    for _, _, headers in shop.requests:
        names = {name.lower(): value for name, value in headers.items()}
        assert "Chelate" in names["user-agent"]
        assert "desk@site.example" in names["user-agent"]
        assert judge_user_agent(names["user-agent"]) is not None  # by our own rules it is a bot
        assert not {"cookie", "referer", "authorization"} & set(names)


def test_between_two_requests_to_one_host_lies_a_pause(sites):
    one, other = sites(), sites()
    slept, now = [], [0.0]

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    pacer = Pacer(2.0, clock=lambda: now[0], sleep=sleep)
    prober = Prober(pacer, trusted=frozenset({one.place, other.place}))

    prober.trace(one.serve("/a"))
    prober.trace(other.serve("/b"))
    now[0] += 10
    prober.trace(one.serve("/c"))

    assert slept == [2.0, 2.0, 0.0, 2.0]


def test_a_chain_of_slow_servers_is_given_up_and_is_no_verdict(shop):
    for number in range(MAX_HOPS):
        shop.redirect(f"/{number}", f"/{number + 1}")
    shop.serve(f"/{MAX_HOPS}", "<title>Zinc</title>")
    minutes = iter(range(0, 6_000, 20))  # each look at the clock is 20 s later
    prober = Prober(
        Pacer(0, clock=lambda: next(minutes), sleep=lambda seconds: None), frozenset({shop.place})
    )

    trace = prober.trace(shop.url("/0"))

    assert len(trace.hops) < MAX_HOPS
    assert "too slowly" in trace.error
    assert classify(trace, Expected(shop.url("/0"), (shop.host,))).state == State.UNREACHABLE


def test_a_page_that_was_reached_at_last_counts_however_long_it_took(shop):
    shop.serve("/zinc", "<title>Zinc</title>")
    minutes = iter(range(0, 6_000, 50))
    prober = Prober(
        Pacer(0, clock=lambda: next(minutes), sleep=lambda seconds: None), frozenset({shop.place})
    )

    assert state(prober, shop.url("/zinc"), shop.host) == State.OK
