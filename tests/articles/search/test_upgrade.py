"""After an upgrade, migrating leaves what the worker needs to make every article findable."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models.signals import post_migrate
from django_tasks_db.models import DBTaskResult

from articles.models import SearchEntry
from articles.search import index
from articles.search.match import find
from articles.search.question import ask
from articles.search.upgrade import refresh_after_migrate
from articles.tasks import refresh_search
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db


def waiting():
    return DBTaskResult.objects.filter(task_path=refresh_search.module_path, status="READY").count()


def total(asked):
    return find(ask(asked), limit=12).total


def test_articles_of_a_version_without_search_are_found_after_migrate_and_one_run(run_tasks):
    EditionFactory(title="Copper")
    SearchEntry.objects.all().delete()

    call_command("migrate", verbosity=0)
    before = total("copper")
    run_tasks()

    assert (before, total("copper")) == (0, 1)


def test_entries_of_an_earlier_version_are_written_anew(run_tasks):
    EditionFactory(title="Copper")
    index.rebuild()
    SearchEntry.objects.update(fingerprint="0:old", title="")

    call_command("migrate", verbosity=0)
    run_tasks()

    assert index.behind() == 0
    assert total("copper") == 1


def test_migrating_with_an_index_up_to_date_queues_nothing():
    EditionFactory()
    index.rebuild()

    call_command("migrate", verbosity=0)

    assert waiting() == 0


def test_an_empty_site_queues_nothing():
    call_command("migrate", verbosity=0)

    assert waiting() == 0


def test_one_migrate_leaves_one_task():
    EditionFactory()

    call_command("migrate", verbosity=0)

    assert waiting() == 1


def test_another_app_alone_queues_nothing():
    EditionFactory()

    post_migrate.send(sender=apps.get_app_config("auth"), app_config=apps.get_app_config("auth"))

    assert waiting() == 0


def test_tables_that_are_not_there_stop_no_migration(monkeypatch):
    def missing():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM no_such_table")

    monkeypatch.setattr(index, "behind", missing)

    refresh_after_migrate()

    assert waiting() == 0  # the transaction around goes on


def test_a_queue_that_is_not_there_stops_no_migration(monkeypatch):
    EditionFactory()

    def missing():
        raise DatabaseError

    monkeypatch.setattr("articles.tasks.refresh_search", type("Task", (), {"enqueue": staticmethod(missing)}))

    refresh_after_migrate()

    assert SearchEntry.objects.count() == 0
