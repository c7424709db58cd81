"""Publishing, scheduling, withdrawing, rolling back: the services that every path uses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Article, AuditEvent, Edition, SlugClaim
from articles.revisions import StaleRevision, save_revision
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def live_text(article):
    edition = Edition.objects.live().filter(article=article).first()
    return edition and edition.text


def write(article, text, **front_matter):
    return save_revision(article, text=text, front_matter={**article.head.front_matter, **front_matter})


def test_publish_shows_the_working_copy():
    article = ArticleFactory(text="Zinc is a metal.")

    edition = publishing.publish(article, by=UserFactory())

    assert edition.html.startswith("<p>Zinc is a metal.</p>\n")
    assert live_text(article) == "Zinc is a metal."


def test_a_later_save_changes_nothing_for_readers():
    article = ArticleFactory(text="First.")
    publishing.publish(article)

    write(article, "Second.")

    assert live_text(article) == "First."


def test_publishing_again_ends_the_edition_before(frozen_time):
    article = ArticleFactory(text="First.")
    first = publishing.publish(article)
    frozen_time.tick(timedelta(hours=1))
    write(article, "Second.")

    second = publishing.publish(article)

    first.refresh_from_db()
    assert first.live_until == second.live_from
    assert live_text(article) == "Second."


def test_publish_refuses_error_findings_and_writes_nothing():
    article = ArticleFactory(text=":::note\nnever closed")

    with pytest.raises(publishing.PublishRefused, match="never closed"):
        publishing.publish(article)

    assert not Edition.objects.exists()
    assert not SlugClaim.objects.exists()


def test_an_override_needs_words():
    article = ArticleFactory(text=":::note\nnever closed")

    with pytest.raises(publishing.PublishRefused):
        publishing.publish(article, override="   ")


def test_an_override_is_logged_with_reason_and_name():
    article = ArticleFactory(text=":::note\nnever closed")
    editor = UserFactory(username="ana")

    publishing.publish(article, by=editor, override="Seen by legal")

    event = AuditEvent.objects.get(kind=AuditEvent.Kind.OVERRIDDEN)
    assert (event.reason, event.actor_name) == ("Seen by legal", "ana")
    assert event.data["findings"][0]["id"] == "MD01"


def test_an_oversized_text_cannot_be_overridden():
    article = ArticleFactory(text="a" * 200_001)

    with pytest.raises(publishing.PublishRefused, match="200,000") as refusal:
        publishing.publish(article, override="please")

    assert not refusal.value.can_be_overridden


def test_publish_notices_a_save_in_between(monkeypatch):
    article = ArticleFactory()
    compile_article = publishing.compile_article

    def save_meanwhile(*args, **options):
        write(Article.objects.get(pk=article.pk), "Somebody was faster.")
        return compile_article(*args, **options)

    monkeypatch.setattr(publishing, "compile_article", save_meanwhile)

    with pytest.raises(StaleRevision):
        publishing.publish(article)

    assert not Edition.objects.exists()


def test_an_address_is_never_given_to_another_article():
    old = ArticleFactory(slug="zinc")
    publishing.publish(old)
    publishing.unpublish(old)
    new = ArticleFactory(slug="zinc")

    with pytest.raises(publishing.SlugTaken, match=old.title):
        publishing.publish(new)


def test_a_rename_keeps_the_old_address_claimed():
    article = ArticleFactory(slug="zinc-old")
    publishing.publish(article)
    write(article, "Text.", slug="zinc-new")

    edition = publishing.publish(article)

    assert edition.slug == "zinc-new"
    assert set(article.slug_claims.values_list("slug", flat=True)) == {"zinc-old", "zinc-new"}


def test_a_schedule_is_due_without_any_job(frozen_time):
    article = ArticleFactory(text="Now.")
    publishing.publish(article)
    write(article, "Then.")
    publishing.schedule(article, at=timezone.now() + timedelta(days=1))

    before = live_text(article)
    frozen_time.tick(timedelta(days=1))

    assert (before, live_text(article)) == ("Now.", "Then.")


def test_a_schedule_must_lie_ahead():
    with pytest.raises(ValueError, match="future"):
        publishing.schedule(ArticleFactory(), at=timezone.now())


def test_cancelling_a_schedule_reopens_the_edition_before(frozen_time):
    article = ArticleFactory(text="Now.")
    publishing.publish(article)
    write(article, "Then.")
    scheduled = publishing.schedule(article, at=timezone.now() + timedelta(days=1))

    publishing.cancel_schedule(scheduled)
    frozen_time.tick(timedelta(days=2))

    assert live_text(article) == "Now."


def test_a_live_edition_is_not_a_schedule(frozen_time):
    edition = publishing.publish(ArticleFactory())

    with pytest.raises(ValueError, match="live already"):
        publishing.cancel_schedule(edition)


def test_publishing_now_leaves_the_schedule_standing(frozen_time):
    article = ArticleFactory(text="One.")
    publishing.publish(article)
    write(article, "Three.")
    publishing.schedule(article, at=timezone.now() + timedelta(days=1))
    write(article, "Two.")
    publishing.publish(article)

    now = live_text(article)
    frozen_time.tick(timedelta(days=1))

    assert (now, live_text(article)) == ("Two.", "Three.")


def test_unpublish_takes_down_what_is_live_and_what_is_scheduled(frozen_time):
    article = ArticleFactory(text="Now.")
    publishing.publish(article)
    write(article, "Then.")
    publishing.schedule(article, at=timezone.now() + timedelta(days=1))
    frozen_time.tick(60)

    publishing.unpublish(article)
    at_once = live_text(article)
    frozen_time.tick(timedelta(days=2))

    assert (at_once, live_text(article)) == (None, None)


def test_unpublishing_twice_logs_once():
    article = ArticleFactory()
    publishing.publish(article)

    publishing.unpublish(article)
    publishing.unpublish(article)

    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.UNPUBLISHED).count() == 1


def test_rollback_is_a_new_edition_of_the_old_text(frozen_time):
    article = ArticleFactory(text="Good.")
    good = publishing.publish(article)
    frozen_time.tick(60)
    write(article, "Bad.")
    publishing.publish(article)
    frozen_time.tick(60)

    again = publishing.rollback(good)

    assert (again.copied_from, again.number) == (good, 3)
    assert live_text(article) == "Good."


def test_the_updated_date_moves_only_with_substance(frozen_time):
    article = ArticleFactory(text="One.")
    first = publishing.publish(article)
    frozen_time.tick(timedelta(days=1))
    write(article, "One!")
    typo = publishing.publish(article, substantive=False)
    frozen_time.tick(timedelta(days=1))
    write(article, "Two.")

    real = publishing.publish(article)

    assert typo.updated_at == first.updated_at
    assert real.updated_at == real.live_from
    assert real.published_at == first.published_at


def test_a_date_from_front_matter_is_the_date_of_publication():
    article = ArticleFactory(front_matter={"date": "2024-05-13"})

    edition = publishing.publish(article)

    assert edition.published_at.isoformat() == "2024-05-13T00:00:00+00:00"


def test_an_unknown_author_blocks_publishing():
    article = ArticleFactory(front_matter={"authors": ["nobody"]})

    with pytest.raises(publishing.PublishRefused, match="no author “nobody”"):
        publishing.publish(article)


def test_an_edition_cannot_be_changed():
    edition = publishing.publish(ArticleFactory())
    edition.title = "Forged"

    with pytest.raises(TypeError, match="live_until"):
        edition.save()


def test_publishing_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    small, large = ArticleFactory(text="One."), ArticleFactory(text="Many.\n\n" * 500)

    with django_assert_max_num_queries(45) as first:
        publishing.publish(small)
    with django_assert_max_num_queries(45) as second:
        publishing.publish(large)

    assert len(first) == len(second)
