"""Rules that a mutation of the kernel had broken without any test failing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.publishing import PublishRefused, cancel_schedule, publish, schedule, unpublish
from articles.revisions import save_revision
from cms import plugins
from cms.contracts import Finding, Listener
from tests.factories import ArticleFactory

DAY = timedelta(days=1)


def finding(*, critical):
    return Finding("X", "error", "No.", critical=critical)


@pytest.mark.parametrize(
    ("critical", "can_be_overridden"), [((False, False), True), ((True, False), False), ((True, True), False)]
)
def test_one_critical_finding_is_enough_to_forbid_an_override(critical, can_be_overridden):
    refusal = PublishRefused([finding(critical=one) for one in critical])

    assert refusal.can_be_overridden is can_be_overridden


@pytest.mark.django_db
def test_a_schedule_for_this_very_moment_is_refused(frozen_time):
    with pytest.raises(ValueError, match="future"):
        schedule(ArticleFactory(), at=timezone.now())


def windows(article):
    return [(e.number, e.live_from, e.live_until) for e in article.editions.order_by("number")]


@pytest.mark.django_db
def test_cancelling_twice_is_logged_once(frozen_time):
    article = ArticleFactory()
    edition = schedule(article, at=timezone.now() + DAY)

    cancel_schedule(edition)
    cancel_schedule(edition)

    assert article.audit_events.filter(kind="schedule_cancelled").count() == 1


@pytest.mark.django_db
def test_cancelling_the_middle_of_three_gives_its_time_to_the_first(frozen_time):
    article, now = ArticleFactory(), timezone.now()
    publish(article)
    middle = schedule(article, at=now + DAY)
    schedule(article, at=now + 2 * DAY)

    cancel_schedule(middle)

    assert windows(article) == [
        (1, now, now + 2 * DAY),
        (2, now + DAY, now + DAY),
        (3, now + 2 * DAY, None),
    ]


@pytest.mark.django_db
def test_publishing_before_two_schedules_lasts_until_the_first(frozen_time):
    article, now = ArticleFactory(), timezone.now()
    schedule(article, at=now + DAY)
    schedule(article, at=now + 2 * DAY)

    edition = publish(article)

    assert edition.live_until == now + DAY


@pytest.mark.django_db
def test_a_cancelled_schedule_ends_nothing(frozen_time):
    article = ArticleFactory()
    cancel_schedule(schedule(article, at=timezone.now() + DAY))

    assert publish(article).live_until is None


@pytest.mark.django_db
def test_critical_findings_stand_whatever_the_override_says():
    article = ArticleFactory()
    save_revision(article, text="Zinc.", front_matter={"slug": "no address!"})

    with pytest.raises(PublishRefused):
        publish(article, override="I know better.")


@pytest.mark.django_db
def test_a_long_reason_fits_the_log():
    article = ArticleFactory()

    publish(article, reason="r" * 900)

    assert article.audit_events.get().reason == "r" * 500


@pytest.mark.django_db
def test_listeners_hear_of_a_withdrawal():
    heard = []
    listener = Listener("test", lambda event: None, heard.append)
    objects = {**plugins.registry().objects, "events": {"test": listener}}
    article = ArticleFactory()
    publish(article)

    with plugins.use_registry(replace(plugins.registry(), objects=objects)):
        unpublish(article)

    assert heard == [article.pk]
