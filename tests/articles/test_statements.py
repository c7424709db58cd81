"""Statements that PostgreSQL prepares give what Django's own cursor gives."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Topic
from articles.statements import fetch, run

pytestmark = pytest.mark.django_db
TOPIC = "SELECT id, name, description FROM articles_topic WHERE slug = %s"


@pytest.fixture
def topic():
    return Topic.objects.create(name="Zinc", slug="zinc", description="100 % metal")


def prepared_statements():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [text for (text,) in cursor.fetchall()]


def test_rows_are_tuples_of_tuples(topic):
    assert fetch(TOPIC, ["zinc"]) == ((topic.pk, "Zinc", "100 % metal"),)
    assert fetch(TOPIC, ["iron"]) == ()


def test_each_call_reads_anew(topic):
    fetch(TOPIC, ["zinc"])
    Topic.objects.update(name="Zn")

    assert fetch(TOPIC, ["zinc"])[0][1] == "Zn"


def test_a_value_is_never_sql(topic):
    assert fetch(TOPIC, ["' OR 1=1 --"]) == ()


def test_who_counts_queries_sees_it(topic):
    with CaptureQueriesContext(connection) as captured:
        fetch(TOPIC, ["zinc"])

    assert [query["sql"] for query in captured] == [TOPIC.replace("%s", "'zinc'")]


def test_who_wraps_queries_is_asked(topic):
    seen = []

    def note(execute, sql, *arguments):
        seen.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        fetch(TOPIC, ["zinc"])

    assert seen == [TOPIC]


def test_errors_are_those_of_django(topic):
    with pytest.raises(DatabaseError), transaction.atomic():
        fetch("SELECT nothing FROM nowhere WHERE a = %s", [1])

    assert fetch(TOPIC, ["zinc"])


def test_a_statement_may_answer_nothing(topic):
    assert run("UPDATE articles_topic SET name = %s WHERE slug = %s", ["Zn", "zinc"]) is None

    assert fetch(TOPIC, ["zinc"])[0][1] == "Zn"


@pytest.mark.postgres
def test_postgresql_plans_it_once(topic):
    for _ in range(3):
        fetch(TOPIC, ["zinc"])

    assert [text for text in prepared_statements() if "articles_topic" in text] == [TOPIC.replace("%s", "$1")]


@pytest.mark.postgres
def test_djangos_own_queries_stay_unprepared(topic):
    for _ in range(10):
        Topic.objects.get(slug="zinc")

    assert not [text for text in prepared_statements() if "articles_topic" in text]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_migration_of_a_column_breaks_no_prepared_statement(topic):
    fetch(TOPIC, ["zinc"])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_topic ALTER COLUMN name TYPE varchar(90)")
    try:
        assert fetch(TOPIC, ["zinc"])[0][1] == "Zinc"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_topic ALTER COLUMN name TYPE varchar(80)")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_pooler_that_forgets_statements_is_no_harm(topic):
    fetch(TOPIC, ["zinc"])
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")

    assert fetch(TOPIC, ["zinc"])[0][1] == "Zinc"
