import pytest

from affiliates.models import Click, DropDay
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import SCRIPT, SLACK
from tests.affiliates.test_redirect import assert_safe_headers

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    return PlacementFactory(link=LinkFactory(amazon=True), public_id="7k2m9x")


def send(client, body="7k2m9x", headers=None, content_type="text/plain;charset=UTF-8", **extra):
    return client.post("/go/beacon/", body, content_type, headers={**SCRIPT, **(headers or {})}, **extra)


def drops():
    return dict(DropDay.objects.values_list("reason", "count"))


def test_a_click_on_a_direct_link_is_counted(client, placement):
    response = send(client)

    click = Click.objects.get()
    assert (response.status_code, response.content) == (204, b"")
    assert_safe_headers(response)
    assert (click.placement, click.link, click.channel) == (placement, placement.link, "beacon")
    assert (click.click_class, click.target) == ("human", placement.link.targets.get())
    assert click.day_visitor is not None


def test_ebay_is_counted_too(client):
    PlacementFactory(link=LinkFactory(ebay=True), public_id="abcdef")

    send(client, "abcdef")

    assert Click.objects.count() == 1


def test_who_objects_is_not_recognised(client, placement):
    send(client, headers={"sec-gpc": "1"})

    assert Click.objects.get().day_visitor is None


def test_a_bot_is_counted_apart(client, placement):
    send(client, headers={"user-agent": SLACK})

    assert Click.objects.get().click_class == "bot"


@pytest.mark.parametrize(
    "body", ["zzzzzz", "7K2M9X", " ", "7k2m9x,7k2m9x", "7k2m9x\x00", "<script>", "é" * 6]
)
def test_unknown_and_forged_ids_are_dropped(client, placement, body):
    response = send(client, body)

    assert response.status_code == 204
    assert_safe_headers(response)
    assert drops() == {"unknown_placement": 1}
    assert not Click.objects.exists()


def test_a_placement_of_a_redirect_is_not_counted_twice(client):
    PlacementFactory(public_id="abcdef")

    send(client, "abcdef")

    assert drops() == {"unknown_placement": 1}


def test_a_preview_is_dropped(client, placement):
    send(client, "self")

    assert drops() == {"preview_link": 1}


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_other_sites_are_refused(client, placement, site):
    response = send(client, headers={"sec-fetch-site": site, "origin": "https://site.example"})

    assert response.status_code == 403
    assert_safe_headers(response)
    assert drops() == {"foreign_origin": 1}
    assert not Click.objects.exists()


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://site.example", 204),
        ("http://testserver", 204),
        ("https://evil.example", 403),
        ("https://site.example.evil.example", 403),
        ("null", 403),
        (None, 403),
    ],
)
def test_older_browsers_are_judged_by_their_origin(client, placement, origin, status):
    headers = {name: value for name, value in SCRIPT.items() if name != "sec-fetch-site"}
    headers |= {"origin": origin} if origin else {}

    response = client.post("/go/beacon/", "7k2m9x", "text/plain", headers=headers)

    assert response.status_code == status
    assert Click.objects.count() == (status == 204)


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data", "text/html"])
def test_only_plain_text_is_read(client, placement, content_type):
    response = send(client, content_type=content_type)

    assert response.status_code == 415
    assert drops() == {"content_type": 1}


@pytest.mark.parametrize(("size", "status"), [(256, 204), (257, 413), (100_000, 413)])
def test_a_body_has_256_bytes_at_most(client, placement, size, status):
    response = send(client, "a" * size)

    assert response.status_code == status


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    response = getattr(client, method)("/go/beacon/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert_safe_headers(response)


def test_options_are_named(client):
    response = client.options("/go/beacon/")

    assert (response.status_code, response["Allow"]) == (204, "POST")


def test_no_token_is_asked_for(placement):
    from django.test import Client

    response = send(Client(enforce_csrf_checks=True))

    assert response.status_code == 204


def test_the_query_count_is_fixed(client, placement, django_assert_num_queries):
    send(client)

    with django_assert_num_queries(2):  # placement, insert
        send(client)
