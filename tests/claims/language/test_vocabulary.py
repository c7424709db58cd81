"""The words that editors keep: rows, one query a compilation, and the page in the admin."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.compile import compile_article, make_source
from claims.language.lexicon import EDITABLE
from claims.vocabulary import Term, current_lexicon
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/claims/term/"


def checked(text):
    return [found.id for found in compile_article(make_source(text, {})).findings]


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(superuser=True))
    return client


def test_every_list_of_the_grammar_can_be_edited():
    assert set(Term.List.values) == set(EDITABLE)


@pytest.mark.parametrize(
    ("phrase", "message"),
    [("", "at least one letter"), ("* *", "at least one letter"), ("keep *", "not with")],
)
def test_a_phrase_that_finds_nothing_is_refused(phrase, message):
    with pytest.raises(ValidationError, match=message):
        Term(list="disease", phrase=phrase).clean()


def test_a_phrase_is_kept_as_texts_are_read():
    term = Term(list="disease", phrase="  Wobbly   Knee’s ")

    term.clean()

    assert term.phrase == "wobbly knee's"


def test_a_phrase_stands_once_in_a_list():
    Term.objects.create(list="disease", phrase="wobbly knee")

    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(list="disease", phrase="wobbly knee")


def test_an_added_word_counts_at_once():
    text = "Zinc cures wobbly knee."
    assert "CLM01" not in checked(text)

    Term.objects.create(list="disease", phrase="wobbly knee")

    assert "CLM01" in checked(text)


def test_a_word_that_is_switched_off_is_not_found():
    Term.objects.create(list="overclaim_error", phrase="miracle", is_on=False)

    assert "CLM03" not in checked("It is a miracle.")


@pytest.mark.parametrize("count", [0, 30])
def test_the_words_cost_one_query_a_compilation(count):
    Term.objects.bulk_create(Term(list="disease", phrase=f"wobble {number}") for number in range(count))

    with CaptureQueriesContext(connection) as captured:
        checked("Zinc cures arthritis.\n\n" * 5)

    assert sum("claims_term" in query["sql"] for query in captured) == 1


def test_the_lexicon_is_built_once_for_the_same_words(django_assert_num_queries):
    with django_assert_num_queries(2):
        first, second = current_lexicon(), current_lexicon()

    assert first is second


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_of_words_stays_cheap(editor, count):
    Term.objects.bulk_create(Term(list="disease", phrase=f"wobble {number}") for number in range(count))

    with CaptureQueriesContext(connection) as captured:
        page = editor.get(LIST)

    assert page.status_code == 200
    assert len(captured) <= 15


def test_a_word_is_shown_in_a_sentence_with_what_is_found(editor):
    term = Term.objects.create(list="disease", phrase="wobbly knee")

    page = editor.get(f"{LIST}{term.pk}/change/").content.decode()

    assert "Magnesium cures wobbly knee." in page
    assert "CLM01" in page


def test_a_word_without_a_finding_says_so(editor):
    term = Term.objects.create(list="disease_exempt", phrase="wobbly knee")

    assert "find nothing" in editor.get(f"{LIST}{term.pk}/change/").content.decode()


def test_the_page_of_a_new_word_opens(editor):
    assert editor.get(f"{LIST}add/").status_code == 200


def test_a_new_word_is_saved_folded(editor):
    editor.post(f"{LIST}add/", {"list": "disease", "phrase": "Wobbly Knee", "is_on": "on", "note": ""})

    assert Term.objects.get().phrase == "wobbly knee"


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_sees_the_words(client, method):
    assert getattr(client, method)(LIST).status_code == 302
