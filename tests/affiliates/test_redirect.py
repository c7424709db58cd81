"""One visit to a counted link: where it leads, what it carries, how it is counted."""

import pytest

from affiliates.models import AffiliateLink, Click, DropDay, LinkTarget
from affiliates.subids import decode
from tests.affiliates.factories import PlacementFactory
from tests.affiliates.redirects import assert_safe_headers, judged, visit
from tests.affiliates.requests import BROWSER, SLACK

pytestmark = pytest.mark.django_db
Status = AffiliateLink.Status


def test_a_click_is_sent_on_and_counted(client, placement):
    response = visit(client, "/go/zinc/7k2m9x/")

    click = judged().get()
    assert response.status_code == 302
    assert_safe_headers(response)
    assert (click.link, click.placement, click.click_class) == (placement.link, placement, "human")
    assert click.target == LinkTarget.objects.get()
    assert (click.channel, click.device, click.is_first_of_day) == ("redirect", "desktop", True)
    assert click.time == click.time.replace(microsecond=0)


def test_the_sub_id_names_placement_and_edition(client, placement):
    location = visit(client, "/go/zinc/7k2m9x/")["Location"]

    sub_id = decode(location.partition("clickref=")[2].partition("&")[0])
    assert (sub_id.placement, sub_id.revision) == ("7k2m9x", 3)
    assert location.startswith("https://www.awin1.com/cread.php?")


def test_without_a_placement_the_address_is_the_stored_one(client, link):
    response = visit(client, "/go/zinc/")

    assert response["Location"] == link.targets.get().url
    assert Click.objects.get().placement is None


def test_the_body_is_a_plain_escaped_link(client, link):
    body = visit(client, "/go/zinc/").content.decode()

    assert '<a href="https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2' in body
    assert len(body) < 600


def test_an_unknown_placement_is_counted_without_one(client, link):
    response = visit(client, "/go/zinc/zzzzzz/")

    assert response["Location"] == link.targets.get().url
    assert (Click.objects.get().placement, Click.objects.get().reason) == (None, "unknown_placement")


def test_another_links_placement_is_not_ours(client, link):
    PlacementFactory(public_id="7k2m9x")

    visit(client, "/go/zinc/7k2m9x/")

    assert Click.objects.get().placement is None


def test_the_preview_placement_is_our_own_click(client, link):
    response = visit(client, "/go/zinc/self/")

    assert response.status_code == 302
    assert (Click.objects.get().click_class, Click.objects.get().day_visitor) == ("self", None)


@pytest.mark.parametrize("method", ["get", "head"])
def test_head_has_the_headers_of_get_and_only_get_counts(client, placement, method):
    response = getattr(client, method)("/go/zinc/7k2m9x/", headers=BROWSER)

    assert response.status_code == 302
    assert "awin1.com" in response["Location"]
    assert_safe_headers(response)
    assert Click.objects.count() == (method == "get")


def test_a_bot_is_sent_to_the_same_place_and_counted_apart(client, placement):
    response = visit(client, "/go/zinc/7k2m9x/", {"user-agent": SLACK})

    click = Click.objects.get()
    assert response["Location"] == visit(client, "/go/zinc/7k2m9x/")["Location"]
    assert (click.click_class, click.reason, click.day_visitor) == ("bot", "link_preview", None)


@pytest.mark.parametrize(
    ("header", "value", "reason"),
    [
        ("sec-purpose", "prefetch", "prefetch"),
        ("sec-purpose", "prefetch;prerender", "prefetch"),
        ("sec-purpose", "prefetch;anonymous-client-ip", "prefetch"),
        ("purpose", "prefetch", "prefetch"),
        ("x-moz", "prefetch", "prefetch"),
        ("x-purpose", "preview", "preview"),
        ("purpose", "preview", "preview"),
    ],
)
def test_a_browser_that_looks_ahead_gets_nothing(client, link, header, value, reason):
    response = visit(client, "/go/zinc/", {header: value})

    assert response.status_code == 503
    assert response.content == b""
    assert "Location" not in response
    assert_safe_headers(response)
    assert not Click.objects.exists()
    assert DropDay.objects.values_list("reason", "link", "count").get() == (reason, link.pk, 1)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_other_methods_are_refused(client, link, method):
    response = getattr(client, method)("/go/zinc/", headers=BROWSER)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert_safe_headers(response)


def test_options_are_named(client, link):
    response = client.options("/go/zinc/")

    assert (response.status_code, response["Allow"], response.content) == (204, "GET, HEAD", b"")
    assert_safe_headers(response)


@pytest.mark.parametrize(
    "path",
    [
        "/go/",
        "/go/zinc",
        "/go/Zinc/",
        "/go/ZINC/",
        "/go/zinc//",
        "/go//zinc/",
        "/go/./zinc/",
        "/go/zinc/../zinc/",
        "/go/zinc.html/",
        "/go/zinc/7K2M9X/",
        "/go/zinc/7k2m9x",
        "/go/zinc/7k2m9/",
        "/go/zinc/SELF/",
        "/go/zinc/7k2m9x/more/",
        "/go/zinc/%0a",
        "/go/zinc%0a/",
        "/go/zinc/%00/",
        "/go/zi%C3%B1c/",
        "/go/z/",
        f"/go/{'z' * 65}/",
        "/go/unknown/",
    ],
)
def test_anything_but_the_exact_spelling_is_not_found(client, placement, path):
    response = visit(client, path)

    assert response.status_code == 404
    assert_safe_headers(response)
    assert b'<a href="/">' in response.content
    assert not Click.objects.exists()


@pytest.mark.parametrize("name", ["RAW_URI", "REQUEST_URI"])
def test_an_encoded_spelling_is_not_found_where_the_server_tells(client, link, name):
    response = visit(client, "/go/zinc/", **{name: "/go/z%69nc/"})

    assert response.status_code == 404


def test_a_percent_sign_in_the_ignored_query_is_harmless(client, link):
    response = visit(client, "/go/zinc/", RAW_URI="/go/zinc/?x=%20")

    assert response.status_code == 302
