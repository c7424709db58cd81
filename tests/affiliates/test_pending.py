"""The click path fails open: a busy database never holds a reader up, and the click is counted afterwards."""

import threading
import time
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, OperationalError, connection, connections
from django.test import Client

from affiliates.clicks import pending as module
from affiliates.clicks.pending import Pending, pending
from affiliates.clicks.record import Drop, count
from affiliates.models import Click, ClickDay, DropDay
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER

DAY = date(2026, 5, 1)


@pytest.fixture
def no_thread(monkeypatch):
    """Clicks wait until the test writes them."""
    monkeypatch.setattr(Pending, "_run", lambda self: None)
    yield
    pending._waiting.clear()
    pending._thread = None


@contextmanager
def database_held():
    """Another connection holds what a click needs to write."""
    ready, done = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
            else:
                cursor.execute("BEGIN")
                cursor.execute("LOCK TABLE affiliates_click, affiliates_dropday IN ACCESS EXCLUSIVE MODE")
            ready.set()
            done.wait(20)
            cursor.execute("ROLLBACK")
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert ready.wait(10)
        yield
    finally:
        done.set()
        thread.join()


class Failing:
    """Something to write that fails a number of times."""

    def __init__(self, *errors):
        self.errors = list(errors)
        self.tries = 0

    def write(self):
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)


@pytest.mark.django_db(transaction=True)
def test_a_busy_database_does_not_hold_the_reader_up(no_thread):
    link = LinkFactory(slug="zinc")
    PlacementFactory(link=link, public_id="7k2m9x")
    client = Client()
    client.get("/go/zinc/", headers=BROWSER)  # makes the day's salt
    before = Click.objects.count()

    with database_held():
        started = time.perf_counter()
        response = client.get("/go/zinc/7k2m9x/", headers=BROWSER)
        waited = time.perf_counter() - started
        assert Client().head("/go/zinc/7k2m9x/", headers=BROWSER).status_code == 302

    assert response.status_code == 302
    assert waited < 1.5  # 50 ms, and what a crowded machine adds; the usual patience is 5 s
    assert (Click.objects.count(), len(pending)) == (before, 1)

    assert pending.flush() == 1
    assert (Click.objects.count(), len(pending)) == (before + 1, 0)
    assert ClickDay.objects.get(placement__isnull=False).raw_count == 1


@pytest.mark.django_db(transaction=True)
def test_the_usual_patience_comes_back(no_thread):
    with database_held():
        count(Drop(DAY, "prefetch"))

    with connection.cursor() as cursor:
        statement = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW statement_timeout"
        assert str(cursor.execute(statement).fetchone()[0]) in {"5000", "0"}


@pytest.mark.django_db(transaction=True)
def test_a_thread_writes_what_waits(monkeypatch):
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.01)
    with database_held():
        count(Drop(DAY, "prefetch"))
        thread = pending._thread
        assert len(pending) == 1

    thread.join(20)

    assert (DropDay.objects.get().count, len(pending), pending._thread) == (1, 0, None)


@pytest.mark.django_db
def test_a_race_for_a_new_row_is_tried_again(no_thread):
    item = Failing(IntegrityError())

    count(item)

    assert (item.tries, len(pending)) == (2, 0)


@pytest.mark.django_db
def test_any_other_failure_waits(no_thread):
    item = Failing(OperationalError("database is locked"))

    count(item)

    assert (item.tries, len(pending)) == (1, 1)


@pytest.mark.django_db
def test_what_waits_keeps_its_order_and_stops_at_a_failure(no_thread):
    queue = Pending()
    first, second = Failing(OperationalError()), Failing()
    queue.keep(first)
    queue.keep(second)

    assert queue.flush() == 0
    assert (len(queue), second.tries) == (2, 0)
    assert queue.flush() == 2


@pytest.mark.django_db
def test_what_can_never_be_written_does_not_block_the_rest(no_thread):
    queue = Pending()
    hopeless, fine = Failing(IntegrityError(), IntegrityError()), Failing()
    queue.keep(hopeless)
    queue.keep(fine)

    assert queue.flush() == 1
    assert (len(queue), hopeless.tries, fine.tries) == (0, 2, 1)


def test_memory_is_bounded(no_thread, monkeypatch):
    monkeypatch.setattr(module, "MAX_WAITING", 3)
    queue = Pending()

    for _ in range(5):
        queue.keep(Failing())

    assert len(queue) == 3


@pytest.mark.django_db
def test_drops_add_up_by_day_reason_and_link():
    link = LinkFactory()
    for item in (
        Drop(DAY, "prefetch", link.pk),
        Drop(DAY, "prefetch", link.pk),
        Drop(DAY, "prefetch"),
        Drop(DAY, "x"),
    ):
        count(item)

    rows = set(DropDay.objects.values_list("reason", "link", "count"))
    assert rows == {("prefetch", link.pk, 2), ("prefetch", None, 1), ("x", None, 1)}
