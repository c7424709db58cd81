"""What a CDN is told of a page: what it shows, and for how long it may be kept without a question."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from articles import serving
from articles.models import RelatedEdge
from cms import plugins
from cms.contracts import Slot
from tests.factories import ArticleFactory, EditionFactory, TopicFactory

pytestmark = pytest.mark.django_db
NAMES = ("Surrogate-Key", "Cache-Tag", "Surrogate-Control", "CDN-Cache-Control")
LISTS = ["/", "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/sitemap.xml"]
WINDOW_QUERY = 1


@pytest.fixture
def edition():
    """A live article that recommends another one."""
    edition = EditionFactory(article__slug="zinc")
    other = EditionFactory(article__slug="iron")
    RelatedEdge.objects.create(source=edition.article, target=other.article, rank=0)
    return edition


@pytest.fixture
def cdn(settings):
    settings.CDN_MAX_AGE = 3600


def seconds(response):
    said = response["Surrogate-Control"]
    assert response["CDN-Cache-Control"] == f"{said}, must-revalidate"
    return int(said.removeprefix("max-age="))


def with_slot(monkeypatch, name, *, is_fixed):
    """Let a plugin fill a slot of every page."""
    registry = plugins.registry()
    found = Slot("test", name, lambda context: "<!-- x -->", is_fixed=is_fixed)
    monkeypatch.setattr(type(registry), "slots", lambda self, asked: (found,) if asked == name else ())


@pytest.mark.parametrize("url", [*LISTS, "/articles/zinc/", "/search/?q=zinc"])
def test_without_the_setting_nothing_is_said(client, edition, url):
    response = client.get(url)

    assert response["Cache-Control"] == "no-cache"
    assert [name for name in NAMES if name in response.headers] == []


def test_an_article_names_every_row_that_it_is_made_of(client, edition, cdn):
    other = RelatedEdge.objects.get().target.editions.get()
    author = edition.authors.get()

    response = client.get("/articles/zinc/")

    assert set(response["Surrogate-Key"].split(" ")) == {
        "site",
        f"article:{edition.article_id}",
        f"topic:{edition.topic_id}",
        f"image:{edition.image_id}",
        f"author:{edition.reviewer_id}",
        f"author:{author.pk}",
        f"article:{other.article_id}",
        f"topic:{other.topic_id}",
        f"image:{other.image_id}",
    }
    assert response["Cache-Tag"].split(",") == response["Surrogate-Key"].split(" ")


def test_an_article_without_topic_picture_and_reviewer_names_none(client, cdn):
    article = ArticleFactory(slug="zinc", topic=None)
    EditionFactory(article=article, image=None, reviewer=None, authors=[])

    response = client.get("/articles/zinc/")

    assert response["Surrogate-Key"] == f"site article:{article.pk}"


def test_lists_name_that_they_are_lists(client, edition, cdn):
    author = edition.authors.get()
    urls = [*LISTS, edition.topic.get_absolute_url(), author.get_absolute_url()]

    named = {url: client.get(url)["Surrogate-Key"] for url in urls}

    assert named == dict.fromkeys(urls, "site articles")


@pytest.mark.parametrize("url", ["/", "/articles/zinc/", "/feeds/feed.json"])
def test_a_cdn_may_keep_a_page_while_browsers_ask(client, edition, cdn, url):
    response = client.get(url)

    assert seconds(response) == 3600
    assert response["Cache-Control"] == "no-cache"


def test_a_page_from_memory_says_the_same(client, edition, cdn):
    first, second = client.get("/articles/zinc/"), client.get("/articles/zinc/")

    assert len(serving.cache) == 1
    assert {name: first[name] for name in NAMES} == {name: second[name] for name in NAMES}


@pytest.mark.parametrize("url", ["/", "/articles/zinc/"])
def test_an_unchanged_page_says_for_how_long_it_may_be_kept_now(client, cdn, frozen_time, url):
    EditionFactory(article__slug="zinc", live_until=timezone.now() + timedelta(seconds=5000))
    first = client.get(url)
    frozen_time.tick(4000)

    again = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, seconds(first), seconds(again)) == (304, 3600, 999)
    assert again["Cache-Tag"] == first["Cache-Tag"]


def test_what_readers_search_is_never_kept(client, edition, cdn):
    response = client.get("/search/?q=zinc")

    assert seconds(response) == 0
    assert "Surrogate-Key" not in response.headers


def test_an_address_of_the_past_is_never_kept(client, cdn):
    EditionFactory(article__slug="zinc", ended=True)

    response = client.get("/articles/zinc/")

    assert (response.status_code, seconds(response)) == (410, 0)


@pytest.mark.parametrize(
    ("url", "name"), [("/", "footer"), ("/articles/zinc/", "footer"), ("/feeds/rss.xml", "feed_item")]
)
@pytest.mark.parametrize(("is_fixed", "kept"), [(True, 3600), (False, 0)])
def test_what_a_plugin_makes_for_each_request_is_never_kept(
    client, edition, cdn, monkeypatch, url, name, is_fixed, kept
):
    with_slot(monkeypatch, name, is_fixed=is_fixed)

    response = client.get(url)

    assert seconds(response) == kept
    assert ("Surrogate-Key" in response.headers) == is_fixed


@pytest.mark.parametrize("url", ["/", "/articles/zinc/"])
def test_what_a_theme_makes_of_the_request_is_never_kept(client, edition, cdn, monkeypatch, url):
    def render(request, *args, **kwargs):
        return HttpResponse(f"for {request.headers.get('X-Country')}")

    monkeypatch.setattr("articles.serving.render", render)
    monkeypatch.setattr("articles.views.render", render)

    response = client.get(url)

    assert seconds(response) == 0
    assert "Cache-Tag" not in response.headers


@pytest.mark.parametrize("name", ["Vary", "Cache-Control"])
def test_a_list_that_says_itself_for_whom_it_is_is_never_kept(client, edition, cdn, monkeypatch, name):
    answer = HttpResponse("list", headers={name: "Cookie"})
    monkeypatch.setattr("articles.serving.render", lambda *args, **kwargs: answer)

    assert seconds(client.get("/")) == 0


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(
    ("url", "queries"),
    [("/", 3), ("/articles/zinc/", 4), ("/topics/minerals/", 3), ("/feeds/rss.xml", 2), ("/sitemap.xml", 4)],
)
def test_the_next_edge_costs_one_query_whatever_there_is(
    client, cdn, django_assert_num_queries, count, url, queries
):
    topic = TopicFactory(slug="minerals")
    EditionFactory(article__slug="zinc", topic=topic)
    for edition in EditionFactory.create_batch(count, topic=topic):
        later = timezone.now() + timedelta(days=1)
        EditionFactory(article=edition.article, number=2, live_from=later)
        edition.live_until = later
        edition.save(update_fields=["live_until"])

    with django_assert_num_queries(queries + WINDOW_QUERY):
        response = client.get(url)

    assert seconds(response) == 3600
