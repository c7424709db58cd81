"""The test tools themselves: a guard that guards nothing would make every other test a little less true."""

import os
import socket
import urllib.request

import hypothesis
import pytest
from django.db import connection
from django.utils import timezone

from tests.cms import worker_tasks
from tests.support import network, skips


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "10.0.0.1", "2001:db8::1", b"example.org"])
def test_network_is_closed(host):
    with pytest.raises(network.NetworkClosedError, match="a test tried to reach"):
        socket.getaddrinfo(host, 80)


def test_a_connection_by_address_is_refused():
    with socket.socket() as one, pytest.raises(network.NetworkClosedError):
        one.connect(("192.0.2.1", 80))


def test_a_library_cannot_leave_either():
    with pytest.raises(network.NetworkClosedError):
        urllib.request.urlopen("http://example.org/")


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as one:
        one.connect(server.getsockname())


def test_the_run_that_decides_draws_the_same_examples_each_time():
    assert hypothesis.settings().derandomize == (os.environ.get("CHELATE_NO_SKIP") == "1")


@pytest.mark.django_db
def test_database_is_the_one_asked_for(pytestconfig):
    expected = "postgresql" if os.environ.get("CHELATE_TEST_DB") == "postgres" else "sqlite"

    assert connection.vendor == expected


@pytest.mark.django_db
def test_sqlite_is_a_file_in_wal_mode():
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]

    assert (mode, synchronous) == ("wal", 1)
    assert "memory" not in str(connection.settings_dict["NAME"])


def test_frozen_time_stands_still_and_moves_on_demand(frozen_time):
    before = timezone.now()
    frozen_time.tick(90)

    assert (timezone.now() - before).total_seconds() == 90


def test_run_tasks_runs_what_was_enqueued(run_tasks):
    result = worker_tasks.succeeds.enqueue()

    assert run_tasks() == 1
    result.refresh()
    assert result.return_value == "done"


def test_run_tasks_shows_why_a_task_failed(run_tasks):
    worker_tasks.fails.enqueue()

    with pytest.raises(AssertionError, match="broken on purpose"):
        run_tasks()


def test_media_of_a_test_stays_in_its_folder(settings, tmp_path):
    assert settings.MEDIA_ROOT.is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("marker", "reason", "expected"),
    [
        ("", "no chromium", "failed"),
        ("shared", "no chromium", "failed"),
        ("shared", "shared: the folder ../shared is not beside this clone", "skipped"),
        ("", "shared: the folder ../shared is not beside this clone", "failed"),
    ],
)
def test_skips_fail_where_they_are_not_allowed(monkeypatch, request, marker, reason, expected):
    monkeypatch.setenv("CHELATE_NO_SKIP", "1")
    if marker:
        request.node.add_marker(marker)
    report = type("Report", (), {"skipped": True, "outcome": "skipped", "longrepr": ("file", 1, reason)})()

    skips.refuse(request.node, report)

    assert report.outcome == expected
