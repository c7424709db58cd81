"""The click path fails open: a busy database never holds a reader up, and the click is stored afterwards."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client

from affiliates.clicks import writer as module
from affiliates.clicks.record import Drop, count, writer
from affiliates.clicks.writer import Writer
from affiliates.models import Click, DropDay
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER
from tests.affiliates.stores import PATIENCE, Store

DAY = date(2026, 5, 1)


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
            done.wait(PATIENCE)
            cursor.execute("ROLLBACK")
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        yield
    finally:
        done.set()
        thread.join()


def burst(store, *items):
    """Submit the first item, and the others while it is being written, as requests do; return the writer's queue."""
    queue = Writer(store)
    store.gate.clear()
    threads = [threading.Thread(target=queue.submit, args=(item,)) for item in items]
    for number, thread in enumerate(threads):
        thread.start()
        assert store.entered.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while len(queue) <= number:  # the queue tells nobody that it has grown
            assert time.monotonic() < until
            time.sleep(0.001)
    store.gate.set()
    for thread in threads:
        thread.join(PATIENCE)
    queue.stop()
    return queue


@pytest.mark.django_db(transaction=True)
def test_a_busy_database_does_not_hold_the_reader_up():
    link = LinkFactory(slug="zinc")
    PlacementFactory(link=link, public_id="7k2m9x")
    client = Client()
    client.get("/go/zinc/", headers=BROWSER)  # makes the day's salt
    before = Click.objects.count()

    with database_held():
        started = time.perf_counter()
        response = client.get("/go/zinc/7k2m9x/", headers=BROWSER)
        waited = time.perf_counter() - started
        assert (response.status_code, len(writer)) == (302, 1)
    writer.stop()

    assert waited < 1.5  # 50 ms, and what a crowded machine adds; the database's own patience is 5 s
    assert Click.objects.count() == before + 1
    assert Click.objects.filter(placement__public_id="7k2m9x").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_acknowledged_click_is_stored_when_the_answer_leaves():
    LinkFactory(slug="zinc")

    for number in range(5):
        Client().get("/go/zinc/", headers=BROWSER)
        assert Click.objects.count() == number + 1


@pytest.mark.django_db
def test_inside_a_transaction_it_is_part_of_that():
    count(Drop(DAY, "prefetch"))

    assert DropDay.objects.get().count == 1
    assert writer._thread is None


def test_what_waits_is_written_together(impatient):
    store = Store()

    burst(store, "a", "b", "c", "d")

    assert [len(batch) for batch in store.batches] == [1, 3]
    assert store.stored == ["a", "b", "c", "d"]


def test_submitting_says_whether_it_was_written_in_time(monkeypatch):
    store = Store()
    queue = Writer(store)
    monkeypatch.setattr(module, "BUDGET_SECONDS", PATIENCE)
    assert queue.submit("quick")

    monkeypatch.setattr(module, "BUDGET_SECONDS", 0.01)
    store.gate.clear()
    assert not queue.submit("slow")

    store.gate.set()
    queue.stop()
    assert store.stored == ["quick", "slow"]


def test_a_busy_database_is_tried_again(impatient):
    store = Store(OperationalError("database is locked"), OperationalError("again"))
    queue = Writer(store)

    assert queue.submit("a")

    assert store.batches == [["a"], ["a"], ["a"]]
    assert len(queue) == 0
    queue.stop()


def test_what_can_never_be_written_does_not_block_the_rest(impatient):
    store = Store(bad=["bad"])

    queue = burst(store, "first", "a", "bad", "b")

    assert store.batches == [["first"], ["a", "bad", "b"], ["a"], ["bad"], ["b"]]
    assert len(queue) == 0


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "BUDGET_SECONDS", 0)
    monkeypatch.setattr(module, "MAX_WAITING", 3)
    store = Store()
    store.gate.clear()
    queue = Writer(store)

    for number in range(5):
        queue.submit(number)

    assert len(queue) == 3
    store.gate.set()
    queue.stop()
    assert store.stored == [0, 1, 2]


def test_an_idle_thread_ends_and_the_next_click_starts_another(monkeypatch, impatient):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.01)
    store = Store()
    queue = Writer(store)

    queue.submit("a")
    first = queue._thread
    if first:
        first.join(PATIENCE)
    queue.submit("b")
    queue.stop()

    assert queue._thread is None
    assert store.stored == ["a", "b"]


def test_nothing_is_left_behind_while_the_thread_comes_and_goes(monkeypatch, impatient):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0)
    monkeypatch.setattr(module, "QUIET_WORK_SECONDS", 0)
    store = Store()
    queue = Writer(store)
    items = [range(start, start + 500) for start in (0, 500, 1_000, 1_500)]

    with ThreadPoolExecutor(len(items)) as pool:
        written = list(pool.map(lambda some: [queue.submit(item) for item in some], items))
    queue.stop()

    assert all(map(all, written))
    assert sorted(store.stored) == list(range(2_000))


def test_stopping_writes_what_waits_and_gives_up_on_a_dead_database(monkeypatch):
    monkeypatch.setattr(module, "BUDGET_SECONDS", 0)
    queue = Writer(Store(*[OperationalError("gone")] * 1_000))
    queue.submit("a")

    queue.stop()

    assert queue._thread is None
    assert len(queue) == 1


def test_stopping_what_never_ran_is_harmless():
    queue = Writer(Store())

    queue.stop()

    assert not queue._is_stopping
