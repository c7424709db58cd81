"""Guessing is slowed down by name, or by a browser that is known; nothing says where a guess came from."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from freezegun import freeze_time

from cms.logins import guard
from cms.models import LoginTries

NOON = "2026-03-02T12:00:00Z"
pytestmark = pytest.mark.django_db


def guess(times, what="name:ana"):
    for _ in range(times):
        guard.admit(what)


def refused(what="name:ana"):
    with pytest.raises(guard.TooSoon) as found:
        guard.admit(what)
    return found.value.minutes


def test_a_few_mistakes_cost_nothing():
    guess(guard.FREE_TRIES)

    assert LoginTries.objects.get().count == guard.FREE_TRIES


def test_then_each_try_waits_twice_as_long_up_to_a_limit():
    waits = [guard.wait_after(count).total_seconds() for count in range(4, 13)]

    assert waits == [0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert guard.wait_after(10**9) == guard.LONGEST_WAIT


def test_a_refused_try_does_not_make_the_wait_longer():
    with freeze_time(NOON) as clock:
        guess(guard.FREE_TRIES)
        for _ in range(20):
            refused()
        clock.tick(30)

        guess(1)

        assert refused() == 1


def test_the_minutes_told_are_never_too_few():
    with freeze_time(NOON):
        LoginTries.objects.create(key=guard._key("name:ana"), count=7, last_at="2026-03-02T12:00:00Z")

        assert refused() == 2  # two minutes

    with freeze_time("2026-03-02T12:00:59Z"):
        assert refused() == 2  # 61 seconds


def test_success_forgets_the_tries():
    guess(guard.FREE_TRIES)

    guard.forgive("name:ana")

    guess(guard.FREE_TRIES)


def test_names_are_counted_apart():
    guess(guard.FREE_TRIES)

    guess(1, "name:ben")

    assert refused() == 1


def test_a_day_without_tries_forgets_them():
    with freeze_time(NOON) as clock:
        guess(guard.FREE_TRIES + 0)
        clock.tick(timedelta(days=1, seconds=1))

        guess(guard.FREE_TRIES)


def test_what_is_old_is_deleted_by_the_next_try():
    with freeze_time(NOON) as clock:
        guess(1, "name:made-up-1")
        guess(1, "name:made-up-2")
        clock.tick(timedelta(days=2))

        guess(1, "name:made-up-3")

    assert LoginTries.objects.count() == 1


def test_what_was_typed_cannot_be_read_in_the_table():
    guess(1, "name:hunter2")

    assert "hunter2" not in str(LoginTries.objects.values_list("pk", flat=True)[0])


@pytest.mark.django_db(transaction=True)
def test_tries_of_one_moment_do_not_share_one_allowance():
    """Twelve guesses at once are not twelve free ones."""
    start, admitted = Barrier(12), []

    def attack():
        start.wait()
        try:
            guard.admit("name:ana")
            admitted.append(True)
        except guard.TooSoon:
            pass
        finally:
            connection.close()

    threads = [Thread(target=attack) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(admitted) == guard.FREE_TRIES
