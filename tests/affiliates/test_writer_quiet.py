"""What the thread that writes clicks does while it is quiet: it counts, in slices, and never in a click's way."""

import threading
import time

import pytest
from django.db import OperationalError
from django.test import Client

from affiliates.clicks import writer as module
from affiliates.clicks.record import writer
from affiliates.clicks.writer import Writer
from affiliates.models import ClickDay
from tests.affiliates.factories import LinkFactory
from tests.affiliates.requests import BROWSER
from tests.affiliates.stores import PATIENCE, Store


def rest(queue):
    """Wait until the thread has ended by itself."""
    while thread := queue._thread:
        thread.join(PATIENCE)


def test_the_quiet_after_a_burst_is_used_and_not_too_often(monkeypatch, impatient):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(module, "QUIET_WORK_SECONDS", 0.2)
    store, quiet = Store(), []
    queue = Writer(store, when_idle=lambda: quiet.append((len(store.stored), time.monotonic())))

    queue.submit("a")
    queue.submit("b")
    rest(queue)
    queue.submit("c")
    rest(queue)

    assert [stored for stored, _ in quiet] == [2, 3]
    assert quiet[1][1] - quiet[0][1] >= 0.2


def test_quiet_work_goes_on_until_there_is_no_more(monkeypatch, impatient):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.01)
    left = [True, True, False]
    queue = Writer(Store(), when_idle=lambda: left.pop(0))

    queue.submit("a")
    rest(queue)

    assert left == []


def test_a_click_breaks_off_the_work_of_the_quiet(monkeypatch, impatient):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(module, "QUIET_WORK_SECONDS", 1_000)
    store, quiet, has_come = Store(), [], threading.Event()
    queue = Writer(store)

    def work():
        quiet.append(len(queue))
        if len(quiet) == 2:
            monkeypatch.setattr(module, "IDLE_SECONDS", PATIENCE)  # the thread rests no more
            queue.submit("b", wait=False)
            has_come.set()
        return len(quiet) < 10  # far more than is done

    queue._when_idle = work
    queue._quiet_work_at = -1_000
    queue.submit("a")
    assert has_come.wait(PATIENCE)
    queue.stop()

    assert quiet == [0, 0]
    assert store.stored == ["a", "b"]


def test_stopping_uses_no_quiet(impatient):
    quiet = []
    queue = Writer(Store(), when_idle=lambda: quiet.append(True))

    queue.submit("a")
    queue.stop()

    assert not quiet


def test_quiet_work_that_fails_harms_nobody(monkeypatch, impatient):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.01)

    def fail():
        raise OperationalError("database is locked")

    queue = Writer(Store(), when_idle=fail)

    assert queue.submit("a")
    rest(queue)
    assert queue.submit("b")
    queue.stop()


@pytest.mark.django_db(transaction=True)
def test_sums_follow_a_burst_of_clicks_by_themselves(monkeypatch):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(module, "QUIET_WORK_SECONDS", 0)
    LinkFactory(slug="zinc")

    Client().get("/go/zinc/", headers=BROWSER)
    rest(writer)

    assert ClickDay.objects.values_list("raw_count", "unique_count").get() == (1, 1)
