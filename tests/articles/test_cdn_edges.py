"""A page that a CDN keeps is never shown past the edge of a window, even if nobody purges it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles import cdn, publishing, serving
from articles.models import Article, Edition, RelatedEdge
from articles.revisions import save_revision
from tests.factories import ArticleFactory, EditionFactory

pytestmark = pytest.mark.django_db
MAX_AGE = 600
URLS = ["/articles/zinc/", "/", "/feeds/feed.json", "/sitemap.xml"]


@pytest.fixture(autouse=True)
def may_be_kept(settings):
    settings.CDN_MAX_AGE = MAX_AGE


class Cdn:
    """Keeps what it is told to, as long as it is told to, and is never purged."""

    def __init__(self, client):
        self.client = client
        self.kept = {}

    def get(self, url):
        now = timezone.now()
        if url not in self.kept or now >= self.kept[url][1]:
            response = self.client.get(url)
            age = int(response.headers.get("Surrogate-Control", "max-age=0").removeprefix("max-age="))
            self.kept[url] = (response.status_code, response.content), now + timedelta(seconds=age)
        return self.kept[url][0]


def at_origin(client, url):
    response = client.get(url)
    return response.status_code, response.content


def in_seconds(seconds):
    return timezone.now() + timedelta(seconds=seconds)


def window(name, start, end):
    """Return an article that is live from and until so many seconds from now."""
    until = None if end is None else in_seconds(end)
    return EditionFactory(article__slug=name, live_from=in_seconds(start), live_until=until)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (-60, None, MAX_AGE),
        (-60, 10_000, MAX_AGE),
        (-60, 300, 299),
        (300, None, 299),
        (300, 500, 299),
        (-60, 1, 0),
        (-60, 0.5, 0),
        (-500, -300, MAX_AGE),
    ],
)
def test_a_page_is_kept_until_the_next_edge_of_any_article(frozen_time, client, start, end, expected):
    window("iron", -60, None)
    window("zinc", start, end)

    assert client.get("/articles/iron/")["Surrogate-Control"] == f"max-age={expected}"


def test_a_site_without_articles_has_no_edge():
    assert cdn.next_edge(timezone.now()) is None


def test_the_edge_that_comes_first_counts():
    window("a", -60, 400)
    window("b", 200, 900)
    window("c", 300, None)

    assert cdn.next_edge(timezone.now()) == Edition.objects.get(slug="b").live_from


def test_an_edge_that_passes_while_a_page_is_made_is_not_overlooked(frozen_time):
    window("zinc", 0.5, None)
    asked_at = timezone.now()
    frozen_time.tick(1)

    assert cdn.seconds_to_keep(asked_at) == 0


def test_an_article_that_opens_enters_a_page_that_did_not_know_it(client, frozen_time):
    zinc, later = window("zinc", -60, None), window("later", 100, None)
    RelatedEdge.objects.create(source=zinc.article, target=later.article, rank=0)
    reader = Cdn(client)
    before = reader.get("/articles/zinc/")
    frozen_time.tick(100)

    after = reader.get("/articles/zinc/")

    assert later.title.encode() not in before[1]
    assert later.title.encode() in after[1]


def test_a_scheduled_update_ends_what_is_kept(client, frozen_time):
    article = ArticleFactory(slug="zinc", text="First words.")
    publishing.publish(article, override="test")
    article.refresh_from_db()
    save_revision(article, text="Second words.", front_matter=article.head.front_matter)
    publishing.schedule(article, at=in_seconds(120), override="test")
    reader = Cdn(client)
    before = reader.get("/articles/zinc/")
    frozen_time.tick(120)

    assert b"First words." in before[1]
    assert b"Second words." in reader.get("/articles/zinc/")[1]


SECONDS = st.integers(-100, 2 * MAX_AGE)
WINDOWS = st.lists(st.tuples(SECONDS, st.none() | st.integers(1, MAX_AGE)), min_size=1, max_size=4)


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(windows=WINDOWS, steps=st.lists(st.integers(0, 400), min_size=2, max_size=6))
def test_a_cdn_that_nobody_purges_shows_what_the_origin_shows(client, frozen_time, windows, steps):
    Article.objects.all().delete()
    serving.cache.clear()
    frozen_time.move_to("2026-05-01T12:00:00Z")
    main = window("zinc", -60, None)
    for number, (start, length) in enumerate(windows):
        other = window(f"other-{number}", start, None if length is None else start + length)
        RelatedEdge.objects.create(source=main.article, target=other.article, rank=number)
    reader = Cdn(client)

    for step in steps:
        frozen_time.tick(step)

        assert [reader.get(url) for url in URLS] == [at_origin(client, url) for url in URLS]


def test_both_edges_are_read_in_one_query():
    window("zinc", 60, 90)

    with CaptureQueriesContext(connection) as found:
        cdn.next_edge(timezone.now())

    assert len(found) == 1
    sql = found[0]["sql"]
    assert '"live_from" > ' in sql
    assert '"live_until" > ' in sql
