"""Whatever changes what an article page shows, the very next reader sees it, and nobody had to purge anything.

Each page is read twice before it changes, so that it comes from memory by then.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from affiliates.recall import recall
from articles import publishing
from articles.models import Edition, Pin, RelatedEdge
from articles.recompile import dependency_changed
from articles.related.engine import rebuild, refresh
from articles.revisions import save_revision
from cms import plugins
from disclaimers import services
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.articles.renditions.pictures import finished
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory, AuthorFactory, EditionFactory, ImageFactory, TopicFactory

pytestmark = pytest.mark.django_db
URL = "/articles/zinc/"


@pytest.fixture
def read(client):
    """Return a function that reads the article as two readers do, one after the other."""

    def read(url=URL):
        first, second = client.get(url), client.get(url)
        assert first.status_code == 200
        assert first.content == second.content
        return second.text

    return read


@pytest.fixture
def article():
    article = ArticleFactory(slug="zinc", title="All about zinc", text="First words.")
    publishing.publish(article, override="test")
    return article


def rewrite(article, text, **front_matter):
    article.refresh_from_db()
    save_revision(article, text=text, front_matter={**article.head.front_matter, **front_matter})


def test_a_new_edition(read, client, article):
    assert "First words." in read()

    rewrite(article, "Second words.")
    publishing.publish(article, override="test")

    assert "Second words." in client.get(URL).text


def test_the_edge_of_a_window_to_the_microsecond(read, client, frozen_time):
    article = ArticleFactory(slug="zinc", text="First words.")
    publishing.publish(article, override="test")
    rewrite(article, "Second words.")
    start = timezone.now() + timedelta(hours=1)
    publishing.schedule(article, at=start, override="test")
    frozen_time.move_to(start - timedelta(microseconds=1))
    before = read()

    frozen_time.move_to(start)

    assert "First words." in before
    assert "Second words." in client.get(URL).text


def test_the_end_of_a_window(read, client, frozen_time):
    edition = EditionFactory(article__slug="zinc", live_until=timezone.now() + timedelta(hours=1))
    assert edition.title in read()

    frozen_time.move_to(edition.live_until)

    assert client.get(URL).status_code == 410


def test_unpublishing_and_publishing_again(read, client, article):
    read()

    publishing.unpublish(article)
    gone = client.get(URL).status_code
    publishing.publish(article, override="test")

    assert (gone, client.get(URL).status_code) == (410, 200)


def test_a_rollback(read, client, article):
    first = Edition.objects.get()
    rewrite(article, "Second words.")
    publishing.publish(article, override="test")
    assert "Second words." in read()

    publishing.rollback(first, override="test")

    assert "First words." in client.get(URL).text


def test_another_address(read, client, article):
    read()

    rewrite(article, "Second words.", slug="zinc-facts")
    publishing.publish(article, override="test")

    assert client.get(URL)["Location"] == "/articles/zinc-facts/"


def test_another_language(read, client, article):
    assert '<html lang="en">' in read()

    rewrite(article, "Erste Worte.", language="de")
    publishing.publish(article, override="test")

    assert '<html lang="de">' in client.get(URL).text


def test_a_disclaimer_in_other_words(read, client, run_tasks):
    disclaimer = DisclaimerFactory(health=True)
    publishing.publish(ArticleFactory(slug="zinc"), override="test")
    old = read()

    services.change_text(disclaimer, "Ask your doctor about pumpkins.")
    dependency_changed(f"disclaimer:{disclaimer.pk}")
    run_tasks()

    assert disclaimer.title in old
    assert "Ask your doctor about pumpkins." in client.get(URL).text


@pytest.mark.django_db(transaction=True)
def test_a_recall_without_a_worker(read, client):
    product = ProductFactory(slug="tablets", link=LinkFactory(slug="tablets-shop"))
    publishing.publish(ArticleFactory(slug="zinc", text="::product{tablets}"), override="test")
    assert "/go/tablets-shop/" in read()

    recall([product], reason="Lead found.")

    assert "/go/tablets-shop/" not in client.get(URL).text


def test_the_title_of_a_recommended_article(read, client, article):
    other = ArticleFactory(slug="iron", title="Iron")
    publishing.publish(other, override="test")
    RelatedEdge.objects.create(source=article, target=other, rank=0)
    assert "Iron</a>" in read()

    rewrite(other, "Text.", title="Iron and blood")
    publishing.publish(other, override="test")

    assert "Iron and blood</a>" in client.get(URL).text


def test_a_recommended_article_that_is_withdrawn(read, client, article):
    other = ArticleFactory(slug="iron", title="Iron")
    publishing.publish(other, override="test")
    RelatedEdge.objects.create(source=article, target=other, rank=0)
    assert "You may also like" in read()

    publishing.unpublish(other)

    assert "You may also like" not in client.get(URL).text


def test_a_recommended_article_whose_hour_comes(frozen_time, read, client, article):
    other = EditionFactory(title="Iron", scheduled=True)
    RelatedEdge.objects.create(source=article, target=other.article, rank=0)
    assert "Iron</a>" not in read()

    frozen_time.move_to(other.live_from)

    assert "Iron</a>" in client.get(URL).text


def test_recommendations_in_another_order(read, client, article):
    edges = [RelatedEdge.objects.create(source=article, target=EditionFactory(title=title).article, rank=rank)
             for rank, title in enumerate(["Iron", "Copper"])]  # fmt: skip
    old = read()

    for rank, edge in zip([1, 0], edges, strict=True):
        RelatedEdge.objects.filter(pk=edge.pk).update(rank=rank)

    assert old.index("Iron</a>") < old.index("Copper</a>")
    new = client.get(URL).text
    assert new.index("Copper</a>") < new.index("Iron</a>")


def test_recommendations_found_anew(read, client, article):
    assert "You may also like" not in read()

    EditionFactory.create_batch(3, topic=article.topic)
    rebuild()

    assert "You may also like" in client.get(URL).text


def test_a_pin(read, client, article):
    EditionFactory.create_batch(4, topic=article.topic)
    chosen = EditionFactory(title="Chosen by hand", topic=TopicFactory())
    rebuild()
    assert "Chosen by hand" not in read()

    Pin.objects.create(source=article, target=chosen.article, wanted="chosen")
    refresh(article.pk)

    assert "Chosen by hand" in client.get(URL).text


@pytest.mark.parametrize("field", ["name", "slug"])
def test_a_topic_by_another_name(read, client, article, field):
    read()

    setattr(article.topic, field, "trace-elements")
    article.topic.save()

    assert "trace-elements" in client.get(URL).text


@pytest.mark.parametrize("field", ["name", "slug", "job_title", "credentials", "profile_url"])
@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_a_person_by_another_name(read, client, role, field):
    person = AuthorFactory(profile_url="https://orcid.example/1")
    people = {"authors": [person]} if role == "author" else {"reviewer": person, "reviewed_on": "2026-04-01"}
    EditionFactory(article__slug="zinc", **people)
    read()

    setattr(person, field, "https://orcid.example/changed" if field == "profile_url" else "changed")
    person.save()

    assert "changed" in client.get(URL).text


def test_a_person_who_signs_too(read, client):
    edition = EditionFactory(article__slug="zinc")
    read()

    edition.authors.add(AuthorFactory(name="Zoe Second"))

    assert "Zoe Second" in client.get(URL).text


@pytest.mark.parametrize("field", ["alt", "credit"])
def test_a_picture_in_other_words(read, client, field):
    image = ImageFactory()
    EditionFactory(article__slug="zinc", image=image)
    read()

    setattr(image, field, "Quite another thing")
    image.save()

    assert "Quite another thing" in client.get(URL).text


@pytest.mark.parametrize("place", ["hero", "card"])
def test_a_picture_whose_smaller_files_are_ready(read, client, article, place):
    other = EditionFactory(article__slug="iron", image=ImageFactory())
    RelatedEdge.objects.create(source=article, target=other.article, rank=0)
    url = other.get_absolute_url() if place == "hero" else URL
    assert "abcdefgh" not in read(url)

    finished(other.image)

    assert "abcdefgh" in client.get(url).text


@pytest.mark.parametrize("name", ["SITE_NAME", "SITE_URL"])
def test_the_site_by_another_name(read, client, article, settings, name):
    read()

    setattr(settings, name, "https://renamed.example")

    assert "https://renamed.example" in client.get(URL).text


def test_a_plugin_that_is_switched_off(read, client):
    EditionFactory(article__slug="zinc")
    assert "affiliates/beacon" in read()

    with plugins.use_registry(plugins.Registry()):
        without = client.get(URL).text

    assert "affiliates/beacon" not in without
    assert "affiliates/beacon" in client.get(URL).text


def test_an_edition_changed_by_nobody_is_the_same_page_to_a_browser(client, article):
    etag = client.get(URL)["ETag"]

    rewrite(article, "First words.")
    publishing.publish(article, override="test", substantive=False)

    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 304
