"""POST /go/seen/: what readers saw, and nothing about them."""

import pytest
from django.db import DatabaseError

from affiliates.clicks import record
from affiliates.clicks.record import Seen, write
from affiliates.models import DropDay, ViewDay
from affiliates.models.link import RESERVED_SLUGS
from tests.affiliates.clicking import DAY
from tests.affiliates.factories import PlacementFactory
from tests.affiliates.redirects import assert_safe_headers
from tests.affiliates.requests import SCRIPT, SLACK
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(placement):
    return placement.article


def send(client, body, headers=None, content_type="text/plain;charset=UTF-8"):
    return client.post("/go/seen/", body, content_type, headers={**SCRIPT, **(headers or {})})


def views():
    return {(row.article_id, row.placement_id): row.count for row in ViewDay.objects.all()}


def drops():
    return dict(DropDay.objects.values_list("reason", "count"))


def test_an_opened_article_is_counted(client, article):
    response = send(client, f"{article.pk} view")

    assert (response.status_code, response.content) == (204, b"")
    assert_safe_headers(response)
    assert views() == {(article.pk, None): 1}


def test_links_in_sight_are_counted_by_place(client, placement, article):
    other = PlacementFactory(article=article, public_id="abcdef")

    send(client, f"{article.pk} view 7k2m9x abcdef")
    send(client, f"{article.pk} 7k2m9x")

    assert views() == {(article.pk, None): 1, (article.pk, placement.pk): 2, (article.pk, other.pk): 1}


def test_a_place_counts_once_in_a_message(client, placement, article):
    send(client, f"{article.pk} 7k2m9x 7k2m9x")

    assert views() == {(article.pk, placement.pk): 1}


def test_a_batch_is_one_row_for_each_day_and_place(placement, article):
    write([Seen(DAY, article.pk, ("7k2m9x",), is_view=True)] * 5)
    write([Seen(DAY, article.pk, is_view=True)])

    assert views() == {(article.pk, None): 6, (article.pk, placement.pk): 5}


def test_places_of_another_article_are_not_counted(client, placement):
    other = ArticleFactory()

    send(client, f"{other.pk} view 7k2m9x")

    assert views() == {(other.pk, None): 1}


@pytest.mark.parametrize("body", ["999999 view", "999999999999999999 view 7k2m9x", "999999 7k2m9x"])
def test_an_article_that_does_not_exist_leaves_nothing(client, placement, body):
    assert send(client, body).status_code == 204
    assert views() == {}


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "view",
        "1 views",
        "-1 view",
        "1 view 7K2M9X",
        "1 view 7k2m9",
        "1;view",
        "1  view",
        "1 view\x00",
        "٣ view",
    ],
)
def test_other_bodies_are_dropped(client, article, body):
    assert send(client, body).status_code == 204
    assert drops() == {"unknown_view": 1}
    assert views() == {}


def test_who_objects_is_not_counted_at_all(client, article):
    assert send(client, f"{article.pk} view", {"sec-gpc": "1"}).status_code == 204
    assert (views(), drops()) == ({}, {})


def test_bots_do_not_read(client, article):
    send(client, f"{article.pk} view", {"user-agent": SLACK})

    assert (views(), drops()) == ({}, {"view_by_bot": 1})


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_other_sites_are_refused(client, article, site):
    response = send(client, f"{article.pk} view", {"sec-fetch-site": site})

    assert response.status_code == 403
    assert_safe_headers(response)
    assert (views(), drops()) == ({}, {"foreign_origin": 1})


@pytest.mark.parametrize(("size", "status"), [(256, 204), (257, 413)])
def test_a_body_has_256_bytes_at_most(client, size, status):
    assert send(client, "1" * size).status_code == status


def test_only_plain_text_is_read(client):
    assert send(client, "{}", content_type="application/json").status_code == 415


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_other_methods_are_refused(client, method):
    response = getattr(client, method)("/go/seen/")

    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("body", "queries"), [("{} view", 1), ("{} view 7k2m9x", 4), ("{} view 7k2m9x zzzzzz", 5)]
)
def test_a_message_asks_nothing_before_it_is_stored(
    client, article, django_assert_num_queries, body, queries
):
    with django_assert_num_queries(queries):  # one a row; several in one transaction
        send(client, body.format(article.pk))


def test_no_link_can_take_its_address():
    assert "seen" in RESERVED_SLUGS


@pytest.mark.django_db(transaction=True)
def test_the_page_does_not_wait_for_a_busy_database(client, article, monkeypatch):
    def busy(items):
        raise DatabaseError

    monkeypatch.setattr(record.writer, "_write", busy)

    assert send(client, f"{article.pk} view").status_code == 204

    monkeypatch.undo()
    record.writer.stop()
