"""Nothing that a visitor sends may become the address that somebody is sent to."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER

pytestmark = pytest.mark.django_db
OURS = "https://www.awin1.com/cread.php?"
PARAMETERS = ["url", "redir_url", "u", "to", "next", "target", "destination", "r", "goto", "ued", "clickref"]
HEADERS = ["referer", "origin", "x-forwarded-host", "x-original-url", "x-rewrite-url", "forwarded", "x-host"]
SPELLINGS = [
    "https://evil.example/{n}",
    "//evil.example/{n}",
    "///evil.example/{n}",
    "\\\\evil.example\\{n}",
    "/\\evil.example/{n}",
    "https:evil.example/{n}",
    "http://evil.example@www.awin1.com/{n}",
    "https://www.awin1.com@evil.example/{n}",
    "https://evil.example%2f@www.awin1.com/{n}",
    "javascript:alert({n})",
    "data:text/html,{n}",
    "https://evil。example/{n}",
    "https://evil\\uff0eexample/{n}",
    "%0d%0aLocation: https://evil.example/{n}",
    "\r\nLocation: https://evil.example/{n}",
    "https://evil.example/%00{n}",
    "..//evil.example/{n}",
    "@evil.example/{n}",
    ".evil.example/{n}",
    "?https://evil.example/{n}",
    "#https://evil.example/{n}",
]
DESTINATIONS = [SPELLINGS[n % len(SPELLINGS)].format(n=n) for n in range(1_000)]


def in_path(destination):
    return quote(destination, safe="/:@%\\?#")


def test_a_thousand_destinations_are_never_followed(client):
    link = LinkFactory(slug="zinc")
    PlacementFactory(link=link, public_id="7k2m9x")
    answers = []

    for n, destination in enumerate(DESTINATIONS):
        parameter, header = PARAMETERS[n % len(PARAMETERS)], HEADERS[n % len(HEADERS)]
        clean = destination.replace("\r", "").replace("\n", "").encode("ascii", "replace").decode()
        path = [
            f"/go/zinc/7k2m9x/?{parameter}={quote(destination)}",
            "/go/zinc/7k2m9x/",
            f"/go/{in_path(destination)}/",
            f"/go/zinc/{in_path(destination)}/",
            f"/go/zinc/7k2m9x/{in_path(destination)}",
        ][n % 5]
        response = client.get(path, headers={**BROWSER, **({header: clean} if n % 5 == 1 else {})})
        answers.append((response.status_code, response.get("Location", OURS)))

    assert len(answers) == 1_000
    assert {status for status, _ in answers} <= {302, 404}
    assert all(location.startswith(OURS) for _, location in answers)
    assert not any("evil" in location for _, location in answers)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_no_path_leads_anywhere_else(client, text):
    response = client.get(f"/go/{quote(text)}/", headers=BROWSER)

    assert response.status_code == 404
    assert "Location" not in response


def test_the_query_string_is_not_forwarded(client):
    LinkFactory(slug="zinc")

    location = client.get("/go/zinc/?tag=thief-20&awinaffid=666&utm_source=x", headers=BROWSER)["Location"]

    assert "thief" not in location
    assert "666" not in location
    assert "utm_source" not in location
