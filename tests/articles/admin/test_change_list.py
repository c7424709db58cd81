"""The list of articles: what it says, how it is searched, and that it does not slow down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Revision
from tests.factories import ArticleFactory, EditionFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def titles(response):
    return {article.title for article in response.context["cl"].result_list}


def fill(count):
    """Make many articles with a topic, an owner and a text, quickly."""
    topic, owner = TopicFactory(), UserFactory()
    articles = Article.objects.bulk_create(
        Article(title=f"Article {n}", slug=f"article-{n}", topic=topic, owner=owner) for n in range(count)
    )
    revisions = Revision.objects.bulk_create(
        Revision(article=article, number=1, text="Words.", front_matter={"title": article.title})
        for article in articles
    )
    for article, revision in zip(articles, revisions, strict=True):
        article.head = revision
    Article.objects.bulk_update(articles, ["head"], batch_size=500)


@pytest.mark.parametrize("count", [10, 10_000])
def test_query_count_does_not_grow(count, editor, browse, django_assert_max_num_queries):
    fill(count)
    client = browse(editor)

    with django_assert_max_num_queries(
        9
    ):  # session, user, two for permissions, count, articles, topics of the filter
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == min(count, 50)


def test_a_filter_or_search_costs_no_more(editor, browse, django_assert_max_num_queries):
    fill(60)
    client = browse(editor)

    with django_assert_max_num_queries(10):
        client.get(LIST, {"q": "Article 1", "readers": "live", "mine": "yes", "state__exact": "draft"})


def test_the_total_is_never_counted(editor, browse, django_assert_max_num_queries):
    fill(3)

    assert browse(editor).get(LIST, {"q": "Article 1"}).context["cl"].full_result_count is None


@pytest.mark.parametrize(
    ("traits", "words"),
    [
        ({}, ["Published", "Live"]),
        ({"scheduled": True}, ["Scheduled", "flag--scheduled"]),
        ({"ended": True}, ["Taken down"]),
    ],
)
def test_each_row_says_what_readers_see(traits, words, editor, browse):
    EditionFactory(**traits)

    page = browse(editor).get(LIST).content.decode()

    assert all(word in page for word in words)


def test_a_draft_that_nobody_sees_says_so(draft, editor, browse):
    page = browse(editor).get(LIST).content.decode()

    assert "Nothing yet" in page
    assert "state--draft" in page


def test_a_changed_working_copy_of_a_live_article_is_no_longer_called_published(editor, browse):
    article = EditionFactory().article
    article.head = Revision.objects.create(article=article, number=2, text="New words.")
    article.save()

    page = browse(editor).get(LIST).content.decode()

    assert "state--draft" in page
    assert "flag--live" in page


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("live", {"live"}),
        ("scheduled", {"soon"}),
        ("never", {"never"}),
        ("ended", {"over"}),
        ("nonsense", {"live", "soon", "never", "over"}),
    ],
)
def test_the_readers_filter(choice, expected, editor, browse):
    EditionFactory(article=ArticleFactory(title="live"))
    EditionFactory(article=ArticleFactory(title="soon"), scheduled=True)
    EditionFactory(article=ArticleFactory(title="over"), ended=True)
    ArticleFactory(title="never")

    assert titles(browse(editor).get(LIST, {"readers": choice})) == expected


def test_a_cancelled_schedule_counts_as_taken_down(editor, browse):
    later = timezone.now() + timedelta(days=1)
    EditionFactory(article=ArticleFactory(title="cancelled"), live_from=later, live_until=later)

    assert titles(browse(editor).get(LIST, {"readers": "ended"})) == {"cancelled"}


def test_the_owner_filter(editor, browse):
    ArticleFactory(title="mine", owner=editor)
    ArticleFactory(title="another's")
    ArticleFactory(title="nobody's", owner=None)

    assert titles(browse(editor).get(LIST, {"mine": "yes"})) == {"mine"}
    assert titles(browse(editor).get(LIST, {"mine": "nobody"})) == {"nobody's"}


def test_search_finds_titles_and_addresses(draft, editor, browse):
    ArticleFactory(title="Iron", slug="iron")

    assert titles(browse(editor).get(LIST, {"q": "absorption"})) == {draft.title}
    assert titles(browse(editor).get(LIST, {"q": "zinc-abs"})) == {draft.title}


def test_titles_are_escaped(editor, browse):
    ArticleFactory(title="<script>alert(1)</script>")

    assert "<script>alert(1)" not in browse(editor).get(LIST).content.decode()


def test_there_are_no_bulk_actions(draft, editor, browse):
    assert 'name="action"' not in browse(editor).get(LIST).content.decode()
