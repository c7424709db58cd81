"""The doctor tells when search is behind, and is silent where there is nothing to tell or to ask."""

import pytest
from django.core import checks
from django.db import DatabaseError

from articles.search import index
from articles.search.system_check import check_index
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db


def told():
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    return [message.msg for message in found if message.id == "articles.W003"]


def test_articles_that_search_does_not_know_are_counted():
    EditionFactory()
    EditionFactory(scheduled=True)

    assert told() == ["Search does not know 2 published texts yet."]


def test_an_index_up_to_date_is_no_problem():
    EditionFactory()
    index.rebuild()

    assert told() == []


def test_without_a_database_nothing_is_asked(django_assert_num_queries):
    EditionFactory()

    with django_assert_num_queries(0):
        assert check_index() == []


def test_tables_that_are_not_there_yet_are_no_problem(monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(index, "behind", refuse)

    assert told() == []
