"""Clocks that jump, moments that coincide, dates far away."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from articles.models import Edition, Image
from articles.publishing import cancel_schedule, publish, rollback, schedule, unpublish
from articles.recompile import recompile_edition
from articles.revisions import save_revision
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, TopicFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def write(article, text, **front_matter):
    article.refresh_from_db()
    save_revision(article, text=text, front_matter={**article.head.front_matter, **front_matter})


def seen(article, moment):
    return [edition.number for edition in article.editions.at(moment)]


@pytest.mark.parametrize("service", [publish, schedule])
def test_a_time_without_zone_is_refused_in_words(frozen_time, service):
    with pytest.raises(ValueError, match="time zone"):
        service(ArticleFactory(), at=datetime(2026, 6, 1))  # noqa: DTZ001

    assert not Edition.objects.exists()


def test_a_moment_in_the_past_means_now(frozen_time):
    """History is not rewritten: what readers saw yesterday stays what they saw."""
    article = ArticleFactory()
    first = publish(article)
    frozen_time.tick(DAY)

    second = publish(article, at=NOON - DAY)

    assert second.live_from == NOON + DAY
    assert seen(article, NOON) == [first.number]
    assert article.audit_events.first().kind == "published"


def test_the_last_text_wins_when_the_clock_was_set_back(frozen_time):
    article = ArticleFactory(text="First.")
    publish(article)
    frozen_time.tick(-5)
    write(article, "Second.")

    second = publish(article)
    frozen_time.tick(timedelta(minutes=1))

    assert Edition.objects.live().get(article=article) == second


def test_setting_the_clock_back_does_not_move_a_schedule(frozen_time):
    article = ArticleFactory(text="First.")
    scheduled = schedule(article, at=NOON + DAY)

    now = publish(article)

    assert now.live_from == NOON
    assert seen(article, NOON + DAY) == [scheduled.number]


def test_unpublishing_after_the_clock_was_set_back_takes_everything_down(frozen_time):
    article = ArticleFactory()
    publish(article)
    frozen_time.tick(-5)

    unpublish(article)
    frozen_time.tick(DAY)

    assert not Edition.objects.live().exists()


def test_two_schedules_of_one_microsecond(frozen_time):
    article = ArticleFactory()
    publish(article)
    first = schedule(article, at=NOON + DAY)
    second = schedule(article, at=NOON + DAY)

    assert seen(article, NOON + DAY) == [second.number]
    cancel_schedule(second)

    assert seen(article, NOON + DAY) == [1]
    first.refresh_from_db()
    assert first.live_until == first.live_from


def test_an_edition_is_gone_in_the_moment_of_its_end(frozen_time):
    article = ArticleFactory()
    edition = publish(article)
    Edition.objects.filter(pk=edition.pk).update(live_until=NOON + DAY)

    frozen_time.move_to(NOON + DAY)

    assert not Edition.objects.live().exists()
    assert not Edition.objects.live_or_scheduled().exists()
    assert recompile_edition(edition.pk) is False


def test_publishing_in_the_moment_a_schedule_begins(frozen_time):
    article = ArticleFactory()
    schedule(article, at=NOON + DAY)
    frozen_time.move_to(NOON + DAY)

    edition = publish(article)

    assert seen(article, NOON + DAY) == [edition.number]


def test_the_last_second_of_the_calendar(frozen_time, client):
    article = ArticleFactory(slug="zinc", front_matter={"date": "9999-12-31T23:59:59.999999+00:00"})
    edition = schedule(article, at=datetime.max.replace(tzinfo=UTC))

    frozen_time.tick(timedelta(days=365 * 100))

    assert client.get("/articles/zinc/").status_code == 404
    assert edition.published_at == edition.live_from


@pytest.mark.parametrize("date", ["0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_dates_at_the_ends_of_the_calendar_are_shown(frozen_time, client, date):
    article = ArticleFactory(slug="zinc", front_matter={"date": date, "updated": date})

    publish(article)

    for address in ("/articles/zinc/", "/", "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"):
        assert client.get(address).status_code == 200, address


def test_a_moment_with_an_offset_is_the_same_moment(frozen_time):
    """The night when Berlin's clocks go back has 02:30 twice; the offset tells them apart."""
    article = ArticleFactory()
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    first = schedule(article, at=datetime(2026, 10, 25, 2, 30, tzinfo=summer))

    second = schedule(article, at=datetime(2026, 10, 25, 2, 30, tzinfo=winter))

    assert second.live_from - first.live_from == timedelta(hours=1)
    assert seen(article, datetime(2026, 10, 25, 1, 15, tzinfo=UTC)) == [1]


def test_a_recompiled_live_page_does_not_take_the_date_of_the_scheduled_one(frozen_time):
    """Found by attack: a picture changes while tomorrow's edition waits."""
    image = ImageFactory(slug="crystal")
    article = ArticleFactory(text="![A crystal](img:crystal)")
    live = publish(article)
    schedule(article, at=NOON + 30 * DAY)
    frozen_time.tick(DAY)
    Image.objects.filter(pk=image.pk).update(file="images/other.png")

    assert recompile_edition(live.pk) is True

    shown = Edition.objects.live().get(article=article)
    assert shown.updated_at == live.updated_at == NOON
    assert seen(article, NOON + 30 * DAY) == [2]


def test_publishing_before_a_cancelled_schedule_has_no_date_in_the_future(frozen_time):
    article = ArticleFactory()
    cancel_schedule(schedule(article, at=NOON + 30 * DAY))

    edition = publish(article)

    assert edition.published_at == edition.updated_at == NOON


def test_publishing_again_after_a_pause_keeps_the_first_date(frozen_time):
    article = ArticleFactory()
    publish(article)
    frozen_time.tick(DAY)
    unpublish(article)
    frozen_time.tick(DAY)

    edition = publish(article)

    assert (edition.published_at, edition.updated_at) == (NOON, NOON + 2 * DAY)


def test_rolling_back_does_not_ask_who_saved_meanwhile(monkeypatch):
    """The text of a rollback is fixed; somebody who saves the working copy is not in its way."""
    article = ArticleFactory(text="First.")
    edition = publish(article)
    from articles import publishing

    compile_article = publishing.compile_article

    def saving_meanwhile(*args, **options):
        write(article, "Second.")
        return compile_article(*args, **options)

    monkeypatch.setattr(publishing, "compile_article", saving_meanwhile)

    assert rollback(edition).text == "First."


def test_a_byline_survives_new_slugs_of_its_people(frozen_time):
    """Found by attack: an author's slug was corrected, and the next recompilation took the name off the page."""
    author, reviewer, topic = AuthorFactory(slug="mara"), AuthorFactory(slug="lee"), TopicFactory(slug="zinc")
    image = ImageFactory(slug="cover")
    named = {"authors": ["mara"], "reviewed_by": "lee", "topic": "zinc", "image": "cover"}
    article = ArticleFactory(text="![A crystal](img:crystal)", front_matter=named)
    picture = ImageFactory(slug="crystal")
    edition = publish(article)
    for record in (author, reviewer, topic, image):
        record.slug += "-new"
        record.save(update_fields=["slug"])
    Image.objects.filter(pk=picture.pk).update(file="images/other.png")

    assert recompile_edition(edition.pk) is True

    new = Edition.objects.live().get(article=article)
    assert (list(new.authors.all()), new.reviewer, new.topic, new.image) == ([author], reviewer, topic, image)
    assert recompile_edition(new.pk) is False
