from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import AuthorFactory, EditionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def test_fresh_site_says_what_will_come(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "The first article is being written." in response.text


def test_home_leads_with_the_newest_article(client):
    EditionFactory(title="Old", published_at=days_ago(9))
    EditionFactory(title="New", published_at=days_ago(1))

    response = client.get("/")

    assert response.context["lead"].title == "New"
    assert [edition.title for edition in response.context["latest"]] == ["Old"]


def test_update_does_not_lift_an_old_article_to_the_top(client):
    EditionFactory(title="Fresh", published_at=days_ago(1), live_from=days_ago(1))
    EditionFactory(title="Updated", published_at=days_ago(9), live_from=timezone.now())

    response = client.get("/")

    assert response.context["lead"].title == "Fresh"


@pytest.mark.parametrize("trait", ["scheduled", "ended"])
def test_home_hides_what_is_not_live(client, trait):
    EditionFactory(title="Not now", **{trait: True})

    response = client.get("/")

    assert "Not now" not in response.text


def test_home_lists_topics_with_their_live_articles(client):
    zinc = TopicFactory(name="Zinc", slug="zinc")
    EditionFactory.create_batch(2, topic=zinc)
    EditionFactory(topic=zinc, scheduled=True)
    EditionFactory(topic=TopicFactory(name="Later"), scheduled=True)

    topics = client.get("/").context["topics"]

    assert topics == [{"name": "Zinc", "slug": "zinc", "live_count": 2}]


def test_article_without_topic_makes_no_nameless_topic(client):
    EditionFactory(topic=None)

    assert client.get("/").context["topics"] == []


def test_second_page_has_no_lead_and_a_canonical_of_its_own(client):
    EditionFactory.create_batch(13)

    response = client.get("/?page=2")

    assert response.context["lead"] is None
    assert len(response.context["latest"]) == 1
    assert '<link rel="canonical" href="https://site.example/?page=2">' in response.text


def test_links_lead_from_page_to_page(client):
    EditionFactory.create_batch(13)

    assert 'rel="next" href="?page=2"' in client.get("/").text
    assert 'rel="prev" href="."' in client.get("/?page=2").text


@pytest.mark.parametrize("number", ["0", "-1", "2", "abc", "1.5", "+1", "\u0661", " 1", "9" * 9, "9" * 5_000])
def test_page_that_does_not_exist_is_not_found(client, number):
    EditionFactory()

    response = client.get("/", {"page": number})

    assert response.status_code == 404


def test_home_refuses_other_methods(client):
    assert client.post("/").status_code == 405


def test_home_sets_no_cookie(client):
    response = client.get("/")

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_paid_article_is_labelled_on_its_card(client):
    EditionFactory(has_paid_links=True)

    assert "Contains paid links" in client.get("/").text


def test_card_without_a_picture_shows_a_drawn_plate(client):
    edition = EditionFactory(image=None)

    assert f"placeholder--{edition.article_id % 8}" in client.get("/").text


@pytest.mark.parametrize("count", [1, 30])
def test_home_query_count_does_not_grow(client, django_assert_num_queries, count):
    for _ in range(count):
        EditionFactory(authors=[AuthorFactory()])

    with django_assert_num_queries(3):  # count, editions, topics
        client.get("/")
