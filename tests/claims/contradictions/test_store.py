"""What is kept of published articles, what is found when one is published, and what stays let pass."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.compile import compile_markdown
from articles.compile.pipeline import DEFAULT_CAPS
from articles.models import AuditEvent, Edition
from articles.revisions import save_revision
from claims.contradictions import store
from claims.contradictions.tasks import read_missed
from claims.models import Contradiction, Dismissal, DoseReading, DoseStatement
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def published(text, article=None, **options):
    if article is None:
        article = ArticleFactory(text=text)
    else:
        article.refresh_from_db()
        save_revision(article, text=text, front_matter=article.head.front_matter)
    return publishing.publish(article, override="A test.", **options)


def quotes():
    return sorted(DoseStatement.objects.live().values_list("quote", flat=True))


def pairs():
    found = Contradiction.objects.live().select_related("first", "second")
    return [{one.first.quote, one.second.quote} for one in found]


def test_publishing_keeps_what_is_advised():
    edition = published("Take 15 mg of zinc a day.\n\nTake zinc with food.")

    assert quotes() == ["Take 15 mg of zinc a day.", "Take zinc with food."]
    assert set(DoseStatement.objects.values_list("edition", "line")) == {(edition.pk, 1), (edition.pk, 3)}


def test_a_new_edition_replaces_it():
    first = published("Take 15 mg of zinc a day.")

    published("Take 20 mg of zinc a day.", first.article)

    assert quotes() == ["Take 20 mg of zinc a day."]
    assert DoseStatement.objects.count() == 1


def test_a_scheduled_edition_leaves_what_readers_see_now():
    first = published("Take 15 mg of zinc a day.")

    published("Take 20 mg of zinc a day.", first.article, at=timezone.now() + timedelta(days=1))

    assert quotes() == ["Take 15 mg of zinc a day."]
    assert DoseStatement.objects.count() == 2


def test_a_withdrawn_article_advises_nothing():
    edition = published("Take 15 mg of zinc a day.")

    publishing.unpublish(edition.article)

    assert quotes() == []


def test_two_articles_that_differ_are_found_when_the_second_is_published():
    published("Take 100 mg of magnesium a day.")

    published("Take 200–300 mg of magnesium a day.")

    assert pairs() == [{"Take 100 mg of magnesium a day.", "Take 200–300 mg of magnesium a day."}]


def test_correcting_one_ends_the_contradiction():
    published("Take 100 mg of magnesium a day.")
    second = published("Take 200–300 mg of magnesium a day.")

    published("Take 100–200 mg of magnesium a day.", second.article)

    assert pairs() == []


def test_two_places_of_one_article_are_compared():
    published("Take magnesium in the evening.\n\n## Summary\n\nTake magnesium in the morning.")

    assert pairs() == [{"Take magnesium in the evening.", "Take magnesium in the morning."}]


def test_one_paragraph_does_not_contradict_itself():
    published("Take 100 mg of magnesium a day. On bad days, take 200 mg of magnesium a day.")

    assert pairs() == []


def test_an_article_without_advice_costs_three_queries(django_assert_num_queries):
    edition = published("Zinc is a metal.")
    event = store.PublishEvent(edition.article_id, edition.pk, compiled("Zinc is a metal."))

    with django_assert_num_queries(
        3
    ):  # the edition; what is to go, read since contradictions go with it; that it was read
        store.published(event)


@pytest.mark.parametrize("count", [1, 6])
def test_publishing_costs_the_same_however_many_differ(count, django_assert_num_queries):
    for _ in range(count):
        published("Take 100 mg of magnesium a day.")
    edition = published("Zinc is a metal.")
    event = store.PublishEvent(edition.article_id, edition.pk, compiled("Take 300 mg of magnesium a day."))

    with django_assert_num_queries(7):  # as above; statements in; others; contradictions in; dismissals
        store.published(event)
    assert Contradiction.objects.count() == count


def compiled(text):
    return compile_markdown(text)


def test_a_dismissal_needs_a_reason():
    published("Take 100 mg of magnesium a day.")
    published("Take 300 mg of magnesium a day.")

    with pytest.raises(ValueError, match="Say why"):
        store.dismiss(Contradiction.objects.get(), by=UserFactory(), reason="  ")


def test_a_dismissal_outlives_a_rewording_and_ends_with_the_substance():
    published("Take 100 mg of magnesium a day.")
    second = published("Take 300 mg of magnesium a day.")
    editor = UserFactory()
    store.dismiss(Contradiction.objects.get(), by=editor, reason="Athletes.")

    published("Each day, take 300 mg of magnesium.", second.article)

    assert Contradiction.objects.let_pass(True).count() == 1
    assert Dismissal.objects.get().by_name == editor.username
    assert all(row.let_pass for row in DoseStatement.objects.all())

    published("Take 310 mg of magnesium a day.", second.article)

    assert Contradiction.objects.let_pass(False).count() == 1


def test_a_dismissal_can_be_taken_back():
    published("Take 100 mg of magnesium a day.")
    published("Take 300 mg of magnesium a day.")
    contradiction = Contradiction.objects.get()
    store.dismiss(contradiction, by=UserFactory(), reason="Athletes.")

    store.reopen(contradiction, by=UserFactory())

    assert not Dismissal.objects.exists()
    assert not any(row.let_pass for row in DoseStatement.objects.all())


def test_letting_pass_and_taking_back_stay_in_the_record_of_both_articles():
    editions = [published(f"Take {amount} mg of magnesium a day.") for amount in (100, 300)]
    contradiction = Contradiction.objects.get()
    store.dismiss(contradiction, by=UserFactory(username="edda"), reason="Athletes.")
    store.dismiss(contradiction, by=UserFactory(username="ben"), reason="Said already.")

    store.reopen(contradiction, by=UserFactory(username="ana"))
    store.reopen(contradiction, by=UserFactory(username="eve"))

    for edition in editions:
        events = AuditEvent.objects.filter(article=edition.article, data__check="DOS04").order_by("pk")
        assert [(event.kind, event.actor_name, event.reason) for event in events] == [
            ("finding_passed", "edda", "Athletes."),
            ("override_withdrawn", "ana", "Athletes."),
        ]
        withdrawn = events[1].data
        assert withdrawn["let pass by"] == "edda"
        assert "Take 100 mg of magnesium a day." in withdrawn["about"]
        assert "Take 300 mg of magnesium a day." in withdrawn["about"]


def test_a_contradiction_inside_one_article_leaves_one_row():
    published("Take 100 mg of magnesium a day.\n\nTake 300 mg of magnesium a day.")

    store.dismiss(Contradiction.objects.get(), by=UserFactory(), reason="Athletes.")

    assert AuditEvent.objects.filter(kind="finding_passed").count() == 1


def forget():
    """As on a site that was there before the reader of doses."""
    DoseStatement.objects.all().delete()
    DoseReading.objects.all().delete()


def test_editions_from_before_are_read_in_the_background(run_tasks):
    published("Take 100 mg of magnesium a day.")
    published("Take 300 mg of magnesium a day.")
    published("Zinc is a metal.")
    forget()

    read_missed.enqueue()
    run_tasks()

    assert quotes() == ["Take 100 mg of magnesium a day.", "Take 300 mg of magnesium a day."]
    assert len(pairs()) == 1
    assert store.catch_up(10) == 0


def test_an_older_reading_is_replaced():
    published("Take 100 mg of magnesium a day.")
    DoseReading.objects.update(version=0)

    assert store.catch_up(10) == 1

    assert DoseStatement.objects.count() == 1
    assert DoseReading.objects.get().version == store.READER


def test_a_few_are_read_at_a_time():
    for _ in range(3):
        published("Take 100 mg of magnesium a day.")
    forget()

    assert [store.catch_up(2), store.catch_up(2), store.catch_up(2)] == [2, 1, 0]


def test_a_page_that_cannot_be_compiled_does_not_keep_others_from_being_read():
    broken = published("Take 100 mg of magnesium a day.")
    published("Take 300 mg of magnesium a day.")
    Edition.objects.filter(pk=broken.pk).update(source_text="x" * (DEFAULT_CAPS.input_bytes + 1))
    forget()

    assert [store.catch_up(10), store.catch_up(10)] == [2, 0]

    assert quotes() == ["Take 300 mg of magnesium a day."]


def test_ended_editions_are_not_read():
    edition = published("Take 100 mg of magnesium a day.")
    publishing.unpublish(edition.article)
    forget()

    assert store.catch_up(10) == 0
