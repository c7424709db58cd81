"""A thousand random hostile destinations over real connections: by query, path, header and slug."""

import random

import pytest

from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER
from tests.affiliates.test_hostile_destinations import HEADERS, OURS, PARAMETERS

pytestmark = pytest.mark.django_db(transaction=True)
STARTS = [
    "//", "///", "\\\\", "/\\", "https://", "http://", "https:", "HtTpS://", "javascript:", "data:text/html,", "ftp://",
    "%2f%2f", "%5c%5c", "%0d%0aLocation:%20https://", "%0aSet-Cookie:%20a=", "%00", "@", "..//", ";//", "?", "%23",
    "https://www.awin1.com@", "https://www.awin1.com%2f@", "https://www.awin1.com%5c.", "//www.awin1.com%2f.",
    "%E2%80%AE//",
]  # fmt: skip
HOSTS = [
    "evil.example", "evil%E3%80%82example", "evil%EF%BC%8Eexample", "evil%E2%93%94.example", "xn--evil-x9a.example",
    "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "evil.example:443", "evil.example%00.awin1.com", "EVIL.EXAMPLE.",
]  # fmt: skip
ENDS = ["", "/", "/x", "?a=b", "%23c", "%0d%0a", "%20", "/..;/", "%2e%2e/", "#d"]
NEEDED = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
}


def hostile(number):
    pick = random.Random(number)
    return pick.choice(STARTS) + pick.choice(HOSTS) + pick.choice(ENDS) + str(number)


def request_with(number):
    """Return the target and the headers that carry one destination in one of the five ways."""
    destination = hostile(number)
    parameter, header = PARAMETERS[number % len(PARAMETERS)], HEADERS[number % len(HEADERS)]
    targets = [
        f"/go/zinc/7k2m9x/?{parameter}={destination}",
        "/go/zinc/7k2m9x/",
        f"/go/{destination}/",
        f"/go/zinc/{destination}/",
        f"/go/zinc/7k2m9x/{destination}",
    ]
    return targets[number % 5], {**BROWSER, **({header: destination} if number % 5 == 1 else {})}


def test_a_thousand_random_destinations_are_never_followed(ask):
    PlacementFactory(link=LinkFactory(slug="zinc"), public_id="7k2m9x")
    statuses = set()

    for number in range(1_000):
        target, headers = request_with(number)
        answer = ask("GET", target, headers)
        statuses.add(answer.status)
        location = answer.getheader("Location")
        assert location is None or location.startswith(OURS), (target, location)
        assert "evil" not in (location or ""), target
        assert answer.getheader("Set-Cookie") is None, target
        assert {name: answer.getheader(name) for name in NEEDED} == NEEDED, target

    assert statuses <= {302, 400, 404}
    assert {302, 404} <= statuses
