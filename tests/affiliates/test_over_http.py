"""The click endpoints over real connections, against a running server."""

import pytest

from affiliates.clicks.record import writer
from affiliates.models import Click, DropDay
from affiliates.sums import add_up
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER, SCRIPT, SLACK

pytestmark = pytest.mark.django_db(transaction=True)
PLACED = "/go/zinc/7k2m9x/"


@pytest.fixture
def placement():
    return PlacementFactory(link=LinkFactory(slug="zinc"), public_id="7k2m9x")


def counted():
    writer.stop()
    add_up()
    classes = list(Click.objects.values_list("click_class", flat=True))
    return {name: classes.count(name) for name in set(classes)}


def test_one_post_on_a_social_network(ask, placement):
    """What happens to a link that is shared: previews, HEADs with a browser's name, a prefetch, then a reader."""
    for _ in range(3):
        assert ask("HEAD", PLACED).status == 302
    assert ask("GET", PLACED, {**BROWSER, "sec-purpose": "prefetch"}).status == 503
    assert ask("GET", PLACED, {"user-agent": SLACK, "accept": "*/*"}).status == 302
    assert ask("GET", PLACED).status == 302

    assert counted() == {"human": 1, "bot": 1}
    assert Click.objects.filter(is_first_of_day=True).count() == 1
    assert DropDay.objects.values_list("reason", "count").get() == ("prefetch", 1)


def test_twice_within_five_seconds_is_one_person(ask, placement):
    ask("GET", PLACED)
    ask("GET", PLACED)

    assert counted() == {"human": 2}
    assert Click.objects.filter(is_repeat=True).count() == 1
    assert Click.objects.filter(is_first_of_day=True).count() == 1


def test_who_objects_leaves_no_hash(ask, placement):
    ask("GET", PLACED, {**BROWSER, "sec-gpc": "1"})

    assert counted() == {"human": 1}
    assert not Click.objects.filter(day_visitor__isnull=False).exists()


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", PLACED, 302),
        ("HEAD", PLACED, 302),
        ("OPTIONS", PLACED, 204),
        ("POST", PLACED, 405),
        ("GET", "/go/unknown/", 404),
        ("GET", "/go/zinc", 404),
        ("GET", "/go/Zinc/", 404),
        ("GET", "/go/zinc/%2e%2e/", 404),
        ("GET", "/go/zinc/%0d%0aSet-Cookie:%20a=b/", 404),
        ("GET", "/go//evil.example/", 404),
        ("GET", "/go/\\evil.example/", 404),
        ("GET", "/go/gone/", 410),
        ("GET", "/go/beacon/", 405),
    ],
)
def test_every_answer_carries_its_headers_and_no_cookie(ask, placement, method, target, status):
    LinkFactory(slug="gone", status="recalled")

    answer = ask(method, target, {**BROWSER, "cookie": "sessionid=x; csrftoken=y"})

    assert answer.status == status
    assert answer.getheader("Set-Cookie") is None
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Referrer-Policy") == "strict-origin-when-cross-origin"
    assert answer.getheader("X-Robots-Tag") == "noindex, nofollow"
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Content-Security-Policy").startswith("default-src 'none'")
    assert "evil" not in (answer.getheader("Location") or "")


def test_head_answers_as_get_without_a_body(ask, placement):
    got, headed = ask("GET", PLACED), ask("HEAD", PLACED)

    same = {"Location", "Cache-Control", "Content-Type", "Content-Length", "X-Robots-Tag"}
    assert {name: got.getheader(name) for name in same} == {name: headed.getheader(name) for name in same}
    assert (len(got.body) > 0, headed.body) == (True, b"")


def test_a_beacon_arrives(ask):
    PlacementFactory(link=LinkFactory(amazon=True), public_id="abcdef")

    answer = ask("POST", "/go/beacon/", {**SCRIPT, "content-type": "text/plain;charset=UTF-8"}, b"abcdef")

    assert (answer.status, answer.body) == (204, b"")
    assert counted() == {"human": 1}


def test_a_beacon_from_another_site_does_not_count(ask):
    PlacementFactory(link=LinkFactory(amazon=True), public_id="abcdef")
    headers = {**SCRIPT, "content-type": "text/plain", "sec-fetch-site": "cross-site"}

    assert ask("POST", "/go/beacon/", headers, b"abcdef").status == 403
    assert counted() == {}


def test_the_endless_body_of_a_forger_is_not_read(ask):
    headers = {**SCRIPT, "content-type": "text/plain"}

    assert ask("POST", "/go/beacon/", headers, b"x" * 300_000).status == 413
