from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.compile.renderer import RELATED_MARKER
from articles.models import RelatedEdge, SlugClaim
from tests.factories import ArticleFactory, AuthorFactory, EditionFactory, ImageFactory, TopicFactory

pytestmark = pytest.mark.django_db


def recommend(source, *targets):
    for rank, target in enumerate(targets):
        RelatedEdge.objects.create(source=source.article, target=target.article, rank=rank)


def test_article_shows_text_title_and_description(client):
    edition = EditionFactory(title="Zinc & iron", html="<p>Both are metals.</p>", description="A pair.")

    response = client.get(edition.get_absolute_url())

    assert "<h1>Zinc &amp; iron</h1>" in response.text
    assert "<p>Both are metals.</p>" in response.text
    assert '<meta name="description" property="og:description" content="A pair.">' in response.text


def test_article_names_its_author_reviewer_and_dates(client):
    edition = EditionFactory(
        authors=[AuthorFactory(name="Ana Reyes", slug="ana")],
        reviewer=AuthorFactory(name="Jo Lee", slug="jo", credentials="MD"),
        reviewed_on="2026-04-01",
    )

    page = client.get(edition.get_absolute_url()).text

    assert '<a href="/authors/ana/">Ana Reyes</a>' in page
    assert '<a href="/authors/jo/">Jo Lee</a>, MD' in page
    assert '<time datetime="2026-04-01">1 April 2026</time>' in page


def test_reviewer_without_a_date_is_not_shown(client):
    edition = EditionFactory(reviewer=AuthorFactory(name="Jo Lee"), reviewed_on=None)

    assert "Reviewed by" not in client.get(edition.get_absolute_url()).text


def test_update_of_the_same_day_is_not_shown(client):
    edition = EditionFactory()

    assert "<dt>Updated</dt>" not in client.get(edition.get_absolute_url()).text


def test_later_update_is_shown(client):
    edition = EditionFactory(published_at=timezone.now() - timedelta(days=40))

    assert "<dt>Updated</dt>" in client.get(edition.get_absolute_url()).text


def test_contents_lists_the_headings_of_the_highest_level(client):
    toc = [
        {"id": f"c-{name}", "text": name, "level": level}
        for name, level in [("one", 3), ("two", 3), ("six", 4)]
    ]
    edition = EditionFactory(toc=toc)

    page = client.get(edition.get_absolute_url()).text

    assert '<a href="#c-one">one</a>' in page
    assert '<a href="#c-two">two</a>' in page
    assert "#c-six" not in page


def test_one_heading_needs_no_contents(client):
    edition = EditionFactory(toc=[{"id": "c-one", "text": "one", "level": 2}])

    assert 'class="toc' not in client.get(edition.get_absolute_url()).text


def test_language_of_the_article_is_the_language_of_the_page(client):
    edition = EditionFactory(language="de")

    assert '<html lang="de">' in client.get(edition.get_absolute_url()).text


def test_canonical_is_the_address_on_this_site(client):
    edition = EditionFactory(article__slug="zinc")

    page = client.get(edition.get_absolute_url()).text

    assert '<link rel="canonical" href="https://site.example/articles/zinc/">' in page


def test_canonical_may_point_elsewhere(client):
    edition = EditionFactory(canonical_url="https://first.example/zinc")

    assert (
        '<link rel="canonical" href="https://first.example/zinc">'
        in client.get(edition.get_absolute_url()).text
    )


def test_picture_has_its_size_and_alternative_text(client):
    edition = EditionFactory(image=ImageFactory(alt="Pumpkin seeds", file__width=320, file__height=200))

    page = client.get(edition.get_absolute_url()).text

    assert 'width="320" height="200" alt="Pumpkin seeds"' in page
    assert '<meta property="og:image" content="https://site.example/media/' in page


def test_recommendations_follow_their_rank(client):
    edition = EditionFactory()
    first, second = EditionFactory(title="First"), EditionFactory(title="Second")
    recommend(edition, first, second)

    response = client.get(edition.get_absolute_url())

    assert [other.title for other in response.context["related"]] == ["First", "Second"]
    assert "You may also like" in response.text


def test_recommendations_of_other_articles_do_not_leak_in(client):
    edition, other, target = EditionFactory(), EditionFactory(), EditionFactory(title="Elsewhere")
    recommend(other, target)
    recommend(edition, other)

    response = client.get(edition.get_absolute_url())

    assert [found.pk for found in response.context["related"]] == [other.pk]


def test_recommendation_that_is_not_live_is_left_out(client):
    edition = EditionFactory()
    recommend(edition, EditionFactory(title="Withdrawn", ended=True))

    page = client.get(edition.get_absolute_url()).text

    assert "Withdrawn" not in page
    assert "You may also like" not in page


def test_recommendations_stand_where_the_editor_put_them(client):
    edition = EditionFactory(html=f"<p>Before.</p>{RELATED_MARKER}<p>After.</p>")
    recommend(edition, EditionFactory())

    page = client.get(edition.get_absolute_url()).text

    assert page.index("Before.") < page.index("You may also like") < page.index("After.")
    assert page.count("You may also like") == 1
    assert RELATED_MARKER not in page


def test_unchanged_page_answers_304(client):
    edition = EditionFactory()
    first = client.get(edition.get_absolute_url())

    again = client.get(edition.get_absolute_url(), headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "no-cache"
    assert again.status_code == 304
    assert again.content == b""


def test_new_recommendation_changes_the_etag(client):
    edition = EditionFactory()
    first = client.get(edition.get_absolute_url())
    recommend(edition, EditionFactory())

    again = client.get(edition.get_absolute_url(), headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200


def test_scheduled_article_is_not_found(client):
    edition = EditionFactory(scheduled=True)

    assert client.get(edition.get_absolute_url()).status_code == 404


def test_draft_is_not_found(client):
    article = ArticleFactory(slug="draft")

    assert client.get(f"/articles/{article.slug}/").status_code == 404


def test_cancelled_schedule_was_never_seen(client):
    past = timezone.now() - timedelta(days=1)
    edition = EditionFactory(live_from=past, live_until=past)

    assert client.get(edition.get_absolute_url()).status_code == 404


def test_withdrawn_article_is_gone(client):
    edition = EditionFactory(title="Secret", ended=True)

    response = client.get(edition.get_absolute_url())

    assert response.status_code == 410
    assert "Secret" not in response.text


def test_old_address_redirects_for_good(client):
    edition = EditionFactory(article__slug="new")
    SlugClaim.objects.create(slug="old", article=edition.article)

    response = client.get("/articles/old/")

    assert response.status_code == 301
    assert response["Location"] == "/articles/new/"


def test_article_refuses_other_methods(client):
    assert client.post(EditionFactory().get_absolute_url()).status_code == 405


def test_head_answers_like_get(client):
    url = EditionFactory().get_absolute_url()

    response = client.head(url)

    assert response.status_code == 200
    assert response["ETag"] == client.get(url)["ETag"]


def test_article_without_topic_picture_and_people_still_renders(client):
    edition = EditionFactory(topic=None, image=None, reviewer=None, authors=[], description="")

    response = client.get(edition.get_absolute_url())

    assert response.status_code == 200
    assert 'name="description"' not in response.text


@pytest.mark.parametrize("count", [1, 30])
def test_article_query_count_does_not_grow(client, django_assert_num_queries, count):
    edition = EditionFactory(authors=AuthorFactory.create_batch(2))
    others = [EditionFactory(topic=TopicFactory()) for _ in range(count)]
    recommend(edition, *others)

    with django_assert_num_queries(
        4
    ):  # edition with topic, image and reviewer; authors; recommendations; text
        client.get(edition.get_absolute_url())
    with django_assert_num_queries(3):  # what the page is known by; the text never changes
        client.get(edition.get_absolute_url())


def test_frame_around_the_text_stays_small(client):
    text = "<p>word</p>"
    edition = EditionFactory(html=text, image=None)
    recommend(edition, *EditionFactory.create_batch(4, image=None))

    page = client.get(edition.get_absolute_url()).content

    # 1,400 words are about 9 kB, marked up with 5 references about 13 kB; the page may have 20 kB.
    assert len(page) - len(text) < 5_500


def test_times_for_social_cards_are_times(client):
    moment = datetime(2026, 1, 2, 15, 4, 5, tzinfo=UTC)
    edition = EditionFactory(published_at=moment, updated_at=moment)

    page = client.get(edition.get_absolute_url()).text

    assert page.count('_time" content="2026-01-02T15:04:05Z"') == 2
