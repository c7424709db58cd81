"""A CDN hears which pages have changed: from a real server's point of view, in the format that CDNs take."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from affiliates.recall import recall
from articles import publishing, purging
from articles.models import Edition, PurgeDue, RelatedEdge
from articles.recompile import recompile
from articles.related.engine import rebuild, refresh_due
from articles.renditions import making
from articles.revisions import save_revision
from tests.affiliates.factories import LinkFactory
from tests.articles.purges import told
from tests.factories import ArticleFactory, AuthorFactory, EditionFactory, ImageFactory, TopicFactory
from tests.support.http import Reply

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def article(cdn):
    article = ArticleFactory(slug="zinc", text="First words.")
    publishing.publish(article, override="test")
    PurgeDue.objects.all().delete()
    article.refresh_from_db()
    return article


def waiting():
    return set(PurgeDue.objects.values_list("key", flat=True))


def rewrite(article, text):
    save_revision(article, text=text, front_matter=article.head.front_matter)
    article.refresh_from_db()


# --- What is sent ---------------------------------------------------------------------------------------------------


def test_keys_are_posted_with_the_token(cdn):
    purging.purge("article:5", "articles")

    sent = purging.send()

    (asked,) = cdn.asked
    assert (sent, asked.method, asked.path) == (2, "POST", "/purge")
    assert asked.headers["surrogate-key"] == "article:5 articles"
    assert asked.headers["cache-tag"] == "article:5,articles"
    assert asked.headers["authorization"] == "Bearer token-7"
    assert asked.headers["fastly-key"] == "token-7"
    assert asked.headers["content-type"] == "application/json"
    assert json.loads(asked.body) == {"tags": ["article:5", "articles"]}


def test_without_a_token_none_is_sent(cdn, settings):
    settings.CDN_PURGE_TOKEN = ""
    purging.purge("article:5")

    purging.send()

    assert not {"authorization", "fastly-key"} & set(cdn.asked[0].headers)


def test_many_keys_go_in_few_requests_and_each_once(cdn):
    for number in range(40):
        purging.purge(f"article:{number}", "articles")

    purging.send()

    assert [len(asked.headers["cache-tag"].split(",")) for asked in cdn.asked] == [30, 11]
    assert sorted(told(cdn)) == sorted({"articles", *(f"article:{number}" for number in range(40))})


def test_a_change_of_very_many_pages_purges_the_site(cdn):
    purging.purge(*(f"article:{number}" for number in range(301)))

    assert waiting() == {"site"}


def test_nothing_waits_where_nobody_is_to_be_told(settings):
    EditionFactory()
    purging.purge("article:5")

    assert waiting() == set()


def test_what_waits_is_dropped_once_nobody_is_to_be_told(cdn, settings):
    purging.purge("article:5")
    settings.CDN_PURGE_URL = ""

    purging.send()

    assert (waiting(), cdn.asked) == (set(), [])


def test_a_redirect_does_not_get_the_token(cdn):
    cdn["/purge"] = Reply(307, headers={"Location": cdn.url("/elsewhere")})
    purging.purge("article:5")

    purging.send()

    assert [asked.path for asked in cdn.asked] == ["/purge"]
    assert waiting() == {"article:5"}


# --- Twice, and until it works --------------------------------------------------------------------------------------


def test_each_key_is_sent_once_more_for_pages_that_were_on_their_way(cdn, frozen_time):
    purging.purge("article:5")
    purging.send()
    purging.send()
    at_once = told(cdn)
    frozen_time.tick(MINUTE)

    purging.send()
    frozen_time.tick(MINUTE)
    purging.send()

    assert at_once == ["article:5"]
    assert (told(cdn), waiting()) == (["article:5", "article:5"], set())


@pytest.mark.parametrize("reply", [Reply(403), Reply(500), Reply(301)])
def test_what_the_cdn_refuses_waits_and_is_sent_again(cdn, reply):
    cdn["/purge"] = [reply, Reply(200)]
    purging.purge("article:5")

    first, reason = purging.send(), purging.last_failure()
    second = purging.send()

    assert (first, second, told(cdn)) == (0, 1, ["article:5", "article:5"])
    assert reason == f"The CDN answered {reply.status}."
    assert purging.last_failure() == ""


def test_a_cdn_that_cannot_be_reached_is_a_failure(cdn, settings):
    settings.CDN_PURGE_URL = "http://127.0.0.1:9/purge"
    purging.purge("article:5")

    assert purging.send() == 0
    assert "connection failed" in purging.last_failure()
    assert waiting() == {"article:5"}


def test_a_failure_stops_the_round_and_loses_nothing(cdn):
    cdn["/purge"] = [Reply(200), Reply(503), Reply(200)]
    purging.purge(*(f"article:{number}" for number in range(70)))

    sent = purging.send()

    assert (sent, len(cdn.asked)) == (30, 2)
    assert PurgeDue.objects.filter(sent_at=None).count() == 40


def test_the_schedule_takes_up_what_waits(cdn, worker_in_test):
    purging.purge("article:5")

    purging.resume()
    call_command("worker", batch=True)

    assert told(cdn) == ["article:5"]


def test_a_change_that_is_undone_purges_nothing(cdn):
    with transaction.atomic():
        EditionFactory()
        inside = waiting()
        transaction.set_rollback(True)

    assert "articles" in inside
    assert waiting() == set()


# --- What is purged -------------------------------------------------------------------------------------------------


def test_a_new_article(cdn):
    article = ArticleFactory(slug="zinc")

    publishing.publish(article, override="test")

    assert {f"article:{article.pk}", "articles"} <= waiting()


@pytest.mark.parametrize("act", ["publish", "schedule", "unpublish", "rollback"])
def test_an_article_that_changes(article, act):
    edition = Edition.objects.get()
    rewrite(article, "Second words.")
    acts = {
        "publish": lambda: publishing.publish(article, override="test"),
        "schedule": lambda: publishing.schedule(article, at=timezone.now() + MINUTE, override="test"),
        "unpublish": lambda: publishing.unpublish(article),
        "rollback": lambda: publishing.rollback(edition, override="test"),
    }

    acts[act]()

    assert waiting() == {f"article:{article.pk}", "articles"}


def test_a_link_that_is_recalled_once_the_pages_are_without_it(cdn, django_capture_on_commit_callbacks):
    link = LinkFactory(slug="zinc-shop")
    article = ArticleFactory(slug="zinc", text="Buy [zinc](aff:zinc-shop).")
    publishing.publish(article, override="test")
    PurgeDue.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        recall([link], reason="Lead was found.")

    assert Edition.objects.live().get().number == 2
    assert waiting() == {f"article:{article.pk}", "articles"}


def test_a_recompilation_that_changes_nothing_purges_nothing(article):
    recompile([f"article:{article.pk}", "slug:zinc"])

    assert waiting() == set()


@pytest.mark.parametrize("factory", [TopicFactory, AuthorFactory, ImageFactory])
@pytest.mark.parametrize("act", ["save", "delete"])
def test_what_pages_show_of_other_rows(cdn, factory, act):
    row = factory()
    key = f"{row._meta.model_name}:{row.pk}"
    PurgeDue.objects.all().delete()

    getattr(row, act)()

    assert waiting() == {key, "articles"}


def test_an_article_that_is_deleted(article):
    pk = article.pk

    article.delete()

    assert waiting() == {f"article:{pk}", "articles"}


def test_a_picture_with_new_renditions(cdn):
    image = ImageFactory(renditions_state="made")
    PurgeDue.objects.all().delete()

    making.announce()

    assert waiting() == {f"image:{image.pk}", "articles"}


def test_pages_whose_recommendations_change_and_no_others(cdn):
    kept, changed = EditionFactory.create_batch(2)
    rebuild()
    RelatedEdge.objects.filter(source=changed.article).delete()
    PurgeDue.objects.all().delete()

    rebuild()

    assert RelatedEdge.objects.filter(source__in=[kept.article, changed.article]).count() == 2
    assert waiting() == {f"article:{changed.article_id}"}


def test_the_refresh_after_a_publication_purges_those_that_recommend_it(article):
    other = ArticleFactory(slug="more-zinc", text="First words, and more.")
    publishing.publish(other, override="test")
    PurgeDue.objects.all().delete()

    refresh_due()

    assert waiting() == {f"article:{article.pk}", f"article:{other.pk}"}


def test_an_article_that_comes_back_enters_pages_that_recommend_it(article):
    other = EditionFactory()
    RelatedEdge.objects.create(source=other.article, target=article, rank=0)
    publishing.unpublish(article)
    PurgeDue.objects.all().delete()

    publishing.publish(article, override="test")

    assert f"article:{other.article_id}" in waiting()
