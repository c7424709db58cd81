"""Whole runs against servers of this machine."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from affiliates.health import run as runs
from affiliates.health.run import begin, check_due, claim_next, make_due
from affiliates.models import CheckRun, LinkCheck, LinkHealth
from affiliates.models.health import State
from cms import plugins
from tests.affiliates.factories import LinkFactory, ProgramFactory, network

pytestmark = pytest.mark.django_db


def test_a_new_link_is_watched_and_checked(prober, shop):
    program = ProgramFactory(network=network("direct-merchant"), domains=[shop.host])
    LinkFactory(url=shop.serve("/zinc", "<title>Zinc</title>"), network=program.network, program=program)

    summary = check_due(prober=prober)

    assert [check.state for check in summary.checks] == [State.OK]
    assert LinkHealth.objects.get().state == State.OK
    assert (summary.run.done_count, summary.run.total_count, summary.run.is_running) == (1, 1, False)


def test_what_is_not_due_is_not_asked(prober, shop, watched):
    shop.serve("/zinc")
    watched()
    check_due(prober=prober)
    asked = len(shop.requests)

    assert check_due(prober=prober).checks == []
    assert len(shop.requests) == asked


def test_everything_is_asked_on_demand(prober, shop, watched):
    shop.serve("/zinc")
    watched()
    check_due(prober=prober)

    assert len(check_due(everything=True, prober=prober).checks) == 1


@pytest.mark.parametrize("status", ["draft", "paused", "expired", "recalled"])
def test_links_that_are_not_live_are_left_alone(prober, shop, watched, status):
    watched(status=status)

    assert check_due(everything=True, prober=prober).checks == []
    assert shop.requests == []


def test_an_address_that_a_link_has_left_is_not_asked(prober, shop, watched):
    health = watched()
    health.target.is_active = False
    health.target.save()

    assert check_due(prober=prober).checks == []


def test_a_run_ends_at_its_cap_and_the_next_goes_on(prober, shop, watched):
    shop.serve("/zinc")
    for _ in range(3):
        watched()

    assert len(check_due(cap=2, prober=prober).checks) == 2
    assert len(check_due(cap=2, prober=prober).checks) == 1


def test_a_run_ends_when_its_time_is_over(prober, shop, watched):
    watched()

    assert check_due(most_seconds=0, prober=prober).checks == []
    assert not CheckRun.objects.filter(is_running=True).exists()


def test_two_runs_never_go_on_at_once(prober, watched):
    watched()
    first = begin()

    assert begin() is None
    assert check_due(prober=prober).run is None

    first.is_running = False
    first.save()
    assert begin() is not None


def test_a_run_that_was_killed_gives_way():
    lost = begin()
    CheckRun.objects.filter(pk=lost.pk).update(
        seen_at=timezone.now() - runs.LOST_AFTER - timedelta(seconds=1)
    )

    assert begin() is not None


def test_a_claimed_target_is_nobody_elses(watched):
    health = watched()

    assert claim_next() == health
    assert claim_next() is None


def test_one_broken_row_costs_one_check_only(prober, shop, watched, monkeypatch):
    shop.serve("/zinc")
    first, second = watched(), watched()
    real = runs.expectation

    def failing(target):
        if target.pk == first.pk:
            raise RuntimeError("broken")
        return real(target)

    monkeypatch.setattr(runs, "expectation", failing)

    assert [check.target_id for check in check_due(prober=prober).checks] == [second.pk]


def test_progress_is_told_and_stored(prober, shop, watched):
    shop.serve("/zinc")
    watched()
    watched()
    told = []

    check_due(prober=prober, tell=lambda run, check: told.append((run.done_count, run.total_count)))

    assert told == [(1, 2), (2, 2)]


def test_one_host_is_never_asked_twice_at_once(prober, shop, watched, monkeypatch):
    """Every request of a run is one after the other: the host of each waits for its pause."""
    shop.serve("/zinc")
    for _ in range(3):
        watched()
    waited = []
    prober.pacer.pause_seconds = 2.0
    prober.pacer.clock = lambda: 0.0
    prober.pacer.sleep = waited.append

    check_due(prober=prober)

    assert len(shop.requests) == 6
    assert waited == [2.0] * 5


def test_make_due_of_one(watched):
    first, second = watched(), watched()
    later = timezone.now() + timedelta(days=3)
    LinkHealth.objects.update(next_check_at=later)

    assert make_due(target_id=first.pk) == 1
    assert list(LinkHealth.objects.due(timezone.now())) == [first]
    second.refresh_from_db()
    assert second.next_check_at == later


def test_the_worker_checks_every_quarter_of_an_hour(run_tasks, watched, prober, shop, monkeypatch):
    shop.serve("/zinc")
    watched()
    monkeypatch.setattr(runs, "Prober", lambda: prober)
    schedule = plugins.registry().schedules["affiliates.link_health"]

    schedule.task()
    run_tasks()

    assert schedule.every == timedelta(minutes=15)
    assert LinkCheck.objects.get().state == State.OK


@pytest.fixture
def command(prober, monkeypatch):
    monkeypatch.setattr(runs, "Prober", lambda: prober)

    def call(*arguments):
        out, err = StringIO(), StringIO()
        call_command("check_links", *arguments, stdout=out, stderr=err, skip_checks=False)
        return out.getvalue(), err.getvalue()

    return call


def test_the_command_says_what_it_found(command, shop, watched):
    health = watched()
    shop.serve("/zinc", status=404)

    out, err = command()

    assert out == "1 checked: Gone 1.\n"
    assert f"1/1 aff:{health.target.link.slug}: Gone." in err
    assert command()[0] == "No link was due.\n"


def test_the_command_in_json(command, shop, watched):
    shop.serve("/zinc")
    health = watched()

    found = json.loads(command("--all", "--json")[0])

    assert [(entry["link"], entry["state"], entry["hosts"]) for entry in found] == [
        (health.target.link.slug, "ok", [shop.host])
    ]


def test_the_command_for_one_link(command, shop, watched):
    shop.serve("/zinc")
    wanted, other = watched(), watched()
    command()

    assert command("--link", wanted.target.link.slug)[0] == "1 checked: OK 1.\n"
    assert LinkCheck.objects.filter(target=other.pk).count() == 1


def test_the_command_for_one_link_leaves_what_is_due_of_others(command, shop, watched):
    shop.serve("/zinc")
    wanted, other = watched(), watched()

    command("--link", wanted.target.link.slug)

    assert not LinkCheck.objects.filter(target=other.pk).exists()


def test_the_command_refuses_an_unknown_link(command):
    with pytest.raises(CommandError, match="There is no link named nothing"):
        command("--link", "nothing")


def test_the_command_waits_for_nobody(command):
    begin()

    with pytest.raises(CommandError, match="Another check is going on"):
        command()
