"""From single checks to a state that deserves an alarm."""

from datetime import timedelta

import pytest
from django.utils import timezone

from affiliates.health.classify import Expected, Hop, Trace, Verdict
from affiliates.health.record import DAILY_CHECKS, KEEP_CHECKS, forget_old, hosts_of, record
from affiliates.models import LinkCheck, LinkHealth
from affiliates.models.health import TROUBLE, UNKNOWN, State
from tests.affiliates.factories import LinkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def health():
    return LinkHealth.objects.create(target=LinkFactory().targets.get())


def check(health, state, host="shop.example", days=0):
    url = f"https://{host}/"
    trace = Trace((Hop(url, 200),))
    now = timezone.now() + timedelta(days=days)
    return record(health, Verdict(state, f"It is {state}.", host, 200), trace, Expected(url), now)


def days_left(health):
    return round((health.next_check_at - health.checked_at) / timedelta(days=1))


@pytest.mark.parametrize("state", TROUBLE)
def test_only_the_second_failing_check_in_a_row_is_an_alert(health, state):
    check(health, state)
    assert not health.is_alert
    assert not LinkHealth.objects.alerts().exists()

    check(health, state, days=1)
    assert health.is_alert
    assert LinkHealth.objects.alerts().get() == health


@pytest.mark.parametrize("state", [State.OK, State.MOVED, State.OPAQUE])
def test_a_good_check_ends_the_trouble(health, state):
    check(health, State.GONE)
    check(health, State.GONE)
    check(health, state)

    assert (health.state, health.trouble_count, health.trouble_since) == (state, 0, None)
    assert not LinkHealth.objects.alerts().exists()


@pytest.mark.parametrize("state", UNKNOWN)
def test_silence_never_makes_an_alert(health, state):
    for _ in range(5):
        check(health, state)

    assert (health.state, health.trouble_count) == (state, 0)
    assert not LinkHealth.objects.alerts().exists()


@pytest.mark.parametrize("state", UNKNOWN)
def test_silence_does_not_acquit_either(health, state):
    check(health, State.GONE)
    check(health, state)
    check(health, State.GONE)

    assert health.is_alert
    check(health, state)
    assert (health.state, health.is_alert) == (State.GONE, True)


def test_the_beginning_of_a_trouble_stays_its_beginning(health):
    first = check(health, State.GONE)
    check(health, State.SOFT_GONE, days=3)

    assert health.trouble_since == first.checked_at


def test_a_good_link_is_asked_weekly_and_one_in_trouble_daily(health):
    check(health, State.OK)
    assert days_left(health) == 7

    check(health, State.GONE)
    assert days_left(health) == 1


def test_a_link_that_nobody_mends_is_asked_weekly_again(health):
    for _ in range(DAILY_CHECKS):
        check(health, State.GONE)
    assert days_left(health) == 1

    check(health, State.GONE)
    assert days_left(health) == 7


def test_a_silent_host_is_asked_less_and_less(health):
    waits = []
    for _ in range(6):
        check(health, State.BLOCKED)
        waits.append(days_left(health))

    assert waits == [1, 2, 4, 7, 7, 7]


def accept(health):
    health.accepted_at = timezone.now()
    health.accepted_state, health.accepted_host = health.state, health.final_host
    health.save()


def test_what_was_accepted_is_quiet_until_it_changes(health):
    check(health, State.WRONG_MERCHANT)
    check(health, State.WRONG_MERCHANT)
    accept(health)

    check(health, State.WRONG_MERCHANT)
    assert not LinkHealth.objects.alerts().exists()
    assert days_left(health) == 7

    check(health, State.WRONG_MERCHANT, host="casino.example")
    assert LinkHealth.objects.alerts().get() == health


def test_what_was_accepted_and_mended_alarms_again_when_it_breaks_again(health):
    check(health, State.GONE)
    check(health, State.GONE)
    accept(health)
    check(health, State.OK)
    check(health, State.GONE)
    check(health, State.GONE)

    assert LinkHealth.objects.alerts().exists()


def test_what_was_accepted_while_the_server_was_asked_stays_accepted(health):
    check(health, State.GONE)
    LinkHealth.objects.update(
        accepted_at=timezone.now(), accepted_state=State.GONE, accepted_host="shop.example"
    )

    check(health, State.GONE)

    assert LinkHealth.objects.get().is_accepted
    assert not LinkHealth.objects.alerts().exists()


def test_no_alert_for_a_link_that_is_not_live(health):
    check(health, State.GONE)
    check(health, State.GONE)
    link = health.target.link
    link.status = "paused"
    link.save()

    assert not LinkHealth.objects.alerts().exists()


def test_history_keeps_hosts_only(health):
    hops = (
        Hop("https://a.example/x?token=1", 302),
        Hop("https://a.example/y", 302),
        Hop("https://b.example/z", 200),
    )

    made = record(health, Verdict(State.OK), Trace(hops), Expected("https://a.example/x"), timezone.now())

    assert made.hosts == ["a.example", "b.example"]
    assert hosts_of(Trace(hops[:1])) == ["a.example"]


def test_old_checks_are_forgotten_and_the_state_stays(health):
    old = check(health, State.GONE)
    LinkCheck.objects.filter(pk=old.pk).update(checked_at=timezone.now() - KEEP_CHECKS - timedelta(minutes=1))
    new = check(health, State.GONE)

    assert forget_old(timezone.now()) == 1
    assert LinkCheck.objects.get() == new
    assert LinkHealth.objects.get().trouble_count == 2
