"""DOS04 in the editor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.compile import compile_article, make_source
from claims.contradictions import store
from claims.contradictions.elsewhere import resolve, say
from claims.contradictions.statements import of_passage
from claims.doses.model import Context
from claims.models import Contradiction
from cms.contracts import Keys
from tests.claims.contradictions.test_store import published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def found(text, article_id=None, title=""):
    source = make_source(text, {"title": title}, article_id)
    return [one for one in compile_article(source, "preview").findings if one.id == "DOS04"]


def test_another_article_that_says_otherwise_is_named():
    edition = published("Take 100 mg of magnesium a day.")

    [finding] = found("Good morning.\n\nTake 200–300 mg of magnesium a day.")

    assert (finding.severity, finding.line, finding.quote) == ("warning", 3, "200–300 mg of magnesium a day")
    assert finding.message == f"“{edition.title}” says otherwise: 100 mg of magnesium a day for adults."
    assert (
        f"“Take 100 mg of magnesium a day.” in “{edition.title}” (/articles/{edition.slug}/)" in finding.fix
    )


def test_an_article_does_not_contradict_its_own_live_edition():
    edition = published("Take 100 mg of magnesium a day.")

    assert found("Take 200 mg of magnesium a day.", edition.article_id) == []


def test_a_withdrawn_or_scheduled_article_contradicts_nobody():
    published("Take 100 mg of magnesium a day.", at=timezone.now() + timedelta(days=1))

    assert found("Take 200 mg of magnesium a day.") == []


def test_two_places_of_one_text_are_compared_without_the_database():
    text = "Take iron with food.\n\nTake iron on an empty stomach."

    [finding] = [one for one in found(text) if one.id == "DOS04"]

    assert (finding.line, finding.message) == (3, "Line 1 says otherwise: iron with food, for adults.")


def test_what_was_let_pass_is_silent_until_the_text_says_something_else():
    published("Take 100 mg of magnesium a day.")
    second = published("Take 300 mg of magnesium a day.")
    store.dismiss(Contradiction.objects.get(), by=UserFactory(), reason="Athletes.")

    assert found("Take 300 mg magnesium daily.", second.article_id) == []
    assert len(found("Take 310 mg magnesium daily.", second.article_id)) == 1


@pytest.mark.parametrize("count", [1, 6])
def test_looking_elsewhere_costs_one_query(count, django_assert_num_queries):
    for _ in range(count):
        published("Take 100 mg of magnesium a day.")
    source = make_source("Take 300 mg of magnesium a day.", {}, None)

    with django_assert_num_queries(1):
        assert len(resolve(Keys(source, "preview"))) == count


def test_a_text_without_a_nutrient_costs_none(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert resolve(Keys(make_source("A walk in the park.", {}, None), "preview")) == {}


def test_readers_see_nothing_of_it():
    source = make_source("Take 300 mg of magnesium a day.", {}, None)
    alone = compile_article(source, "publish").html

    published("Take 100 mg of magnesium a day.")

    assert found(source.text)
    assert compile_article(source, "publish").html == alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take up to 200 mg of magnesium a day.", "up to 200 mg of magnesium a day for adults"),
        ("Take 100–200 mg of magnesium daily.", "100 mg to 200 mg of magnesium a day for adults"),
        ("Toddlers can take 2 mg of zinc daily.", "2 mg of zinc a day for children of 1 to 3"),
        ("Take zinc picolinate with food.", "zinc picolinate with food, for adults"),
    ],
)
def test_statements_in_words(text, expected):
    assert say(of_passage(text, Context())[0]) == expected
