"""Whatever editors do and whenever, windows of one article never overlap and nothing is lost between them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import freezegun
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles import publishing
from articles.models import Edition
from articles.revisions import save_revision
from articles.windows import shown_at
from tests.factories import ArticleFactory

START = datetime(2026, 5, 1, 12, tzinfo=UTC)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.just(0)),
        st.tuples(st.just("schedule"), st.integers(1, 5)),
        st.tuples(st.just("cancel"), st.integers(0, 3)),
        st.tuples(st.just("unpublish"), st.just(0)),
        st.tuples(st.just("rollback"), st.integers(0, 3)),
        st.tuples(st.just("wait"), st.integers(1, 3)),
    ),
    min_size=1,
    max_size=8,
)


def carry_out(article, steps):
    """Do what the steps say, an hour being the unit; return when things happened."""
    with freezegun.freeze_time(START, ignore=["django_tasks_db.utils"]) as clock:
        for number, (action, value) in enumerate(steps):
            editions = list(article.editions.order_by("number"))
            save_revision(article, text=f"Text {number}.", front_matter=article.head.front_matter)
            now = datetime.now(UTC)
            if action == "publish":
                publishing.publish(article)
            elif action == "schedule":
                publishing.schedule(article, at=now + timedelta(hours=value))
            elif action == "unpublish":
                publishing.unpublish(article)
            elif action == "rollback" and editions:
                publishing.rollback(editions[value % len(editions)])
            elif action == "cancel":
                waiting = [edition for edition in editions if edition.live_from > now]
                if waiting:
                    publishing.cancel_schedule(waiting[value % len(waiting)])
            elif action == "wait":
                clock.tick(timedelta(hours=value))
        return datetime.now(UTC)


def windows(article):
    found = article.editions.order_by("live_from", "number").values_list("live_from", "live_until")
    return [(start, end) for start, end in found if start != end]


class WindowTests(TestCase):
    """hypothesis needs Django's TestCase to roll back between its examples."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_windows_never_overlap(self, steps):
        article = ArticleFactory()

        carry_out(article, steps)

        spans = windows(article)
        for (_, end), (start, _) in pairwise(spans):
            assert end is not None
            assert end <= start

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS, st.integers(-1, 12))
    def test_readers_see_at_most_one_edition_at_any_moment(self, steps, hour):
        article = ArticleFactory()
        carry_out(article, steps)

        moment = START + timedelta(hours=hour)

        assert article.editions.at(moment).count() <= 1


@pytest.mark.django_db
def test_what_did_readers_see_then(frozen_time):
    article = ArticleFactory(text="May.")
    publishing.publish(article)
    in_may = datetime.now(UTC)
    frozen_time.tick(timedelta(days=40))
    save_revision(article, text="June.", front_matter=article.head.front_matter)
    publishing.publish(article)

    assert shown_at(article, in_may).text == "May."
    assert shown_at(article, in_may - timedelta(seconds=1)) is None
    assert shown_at(article, datetime.now(UTC)).text == "June."


@pytest.mark.django_db
def test_a_schedule_at_the_same_moment_replaces_the_one_before(frozen_time):
    article = ArticleFactory(text="Now.")
    publishing.publish(article)
    at = datetime.now(UTC) + timedelta(days=1)
    for text in ("First thought.", "Second thought."):
        save_revision(article, text=text, front_matter=article.head.front_matter)
        publishing.schedule(article, at=at)

    assert shown_at(article, at).text == "Second thought."
    assert Edition.objects.at(at).count() == 1
