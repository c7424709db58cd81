"""Which run holds an import, what tells that it broke off, and what stands in its way."""

import io
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from affiliates.earnings import importing, runs, services, uploads
from affiliates.earnings.errors import ReportError
from affiliates.earnings.system_check import check_imports
from affiliates.earnings.tasks import undo_import, write_import
from affiliates.models import Conversion, ImportFile
from tests.affiliates.earnings.desk import page_url
from tests.affiliates.earnings.reports import (
    FIVE,
    amazon,
    awin,
    balance,
    counts,
    data_of,
    day_sums,
    ledger_rows,
    new_file,
    put_amazon,
    put_awin,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_batches")]
State = ImportFile.State


@pytest.mark.parametrize(
    ("state", "position", "silent_for", "is_broken"),
    [
        (State.WRITING, "7", timedelta(minutes=3), True),
        (State.WRITING, "", timedelta(minutes=3), True),
        (State.CHECKING, "", timedelta(minutes=3), True),
        (State.UNDOING, "", timedelta(minutes=3), True),
        (State.WRITING, "7", timedelta(minutes=1), False),
        (State.WRITING, "", None, False),  # the worker has not begun
        (State.FAILED, "7", timedelta(0), True),
        (State.FAILED, "", timedelta(minutes=3), False),  # refused, nothing was written
        (State.DONE, "", timedelta(days=3), False),
        (State.CHECKED, "", timedelta(days=3), False),
        (State.UNDONE, "", timedelta(days=3), False),
    ],
)
def test_silence_tells_that_a_run_is_dead(state, position, silent_for, is_broken):
    record = new_file()
    record.state, record.position = state, position
    record.seen_at = None if silent_for is None else timezone.now() - silent_for
    record.save()

    assert record.is_broken_off is is_broken
    assert ImportFile.objects.broken_off().exists() is is_broken


def test_a_run_that_was_thought_dead_stops_at_its_next_batch(break_off):
    record = break_off()
    sleeper = ImportFile.objects.get(pk=record.pk)
    services.write(record, uploads.files_of(record))
    before = ledger_rows()

    with pytest.raises(runs.TakenOver):
        runs.keep(sleeper, position="9")

    record.refresh_from_db()
    assert (record.state, record.position) == (State.DONE, "")
    assert ledger_rows() == before


def test_a_batch_of_a_run_that_lost_its_import_is_not_written(monkeypatch):
    record = new_file()
    services.recognise(record, services.head_of(io.BytesIO(FIVE)))
    real = importing.ledger.append

    def another_takes_it(*args):
        real(*args)
        ImportFile.objects.update(attempt=99)

    monkeypatch.setattr(importing.ledger, "append", another_takes_it)
    with pytest.raises(runs.TakenOver):
        services.write(record, [io.BytesIO(FIVE)])

    assert not Conversion.objects.exists()
    assert ImportFile.objects.get().state == State.WRITING  # the other run's to say


def test_an_undoing_that_lost_its_import_writes_nothing(monkeypatch):
    record = put_awin(awin(1), awin(2))
    real = services.locked

    def another_takes_it(network_id):
        ImportFile.objects.update(attempt=99)
        return real(network_id)

    monkeypatch.setattr(services, "locked", another_takes_it)
    with pytest.raises(runs.TakenOver):
        services.undo(record)

    assert Conversion.objects.count() == 2


def test_counts_and_sums_are_those_of_the_whole_file(break_off):
    put_awin(awin(0, "4.00"), awin(4))
    rows = [*(awin(number) for number in range(5)), awin(1, "x"), awin(9, "1.00"), awin(9, "2.00")]
    record = break_off(data_of(*rows))

    services.write(record, uploads.files_of(record))

    assert counts(record) == (3, 1, 1, 3)
    assert record.read_count == 8
    assert record.totals["EUR"]["commission"] == "36.0000"
    assert record.totals["EUR"]["conversions"] == "3"
    assert [entry["line"] for entry in record.rejected] == [7, 8, 9]


def test_another_file_does_not_go_on_with_it(break_off):
    record = break_off(is_kept=False)

    with pytest.raises(ReportError, match="not the rows of the import that broke off"):
        services.write(record, [io.BytesIO(data_of(awin(7)))])

    assert Conversion.objects.count() == 2


def test_what_a_fault_left_counts_in_the_reports(monkeypatch):
    record = new_file()
    services.recognise(record, services.head_of(io.BytesIO(FIVE)))
    real, calls = importing.ledger.append, []

    def fail(*args):
        calls.append(args)
        if len(calls) == 2:
            raise OSError("no space left on device")
        real(*args)

    monkeypatch.setattr(importing.ledger, "append", fail)
    with pytest.raises(OSError, match="no space"):
        services.write(record, [io.BytesIO(FIVE)])

    assert day_sums() == [("2026-03-05", None, "EUR", "20.00", "20.00", 2)]
    record.refresh_from_db()
    assert (record.state, record.is_broken_off) == (State.FAILED, True)


def test_a_later_report_waits_until_the_earlier_one_has_ended(break_off):
    broken = break_off()

    with pytest.raises(ReportError, match=r"“march\.csv” broke off"):
        put_awin(awin(1, "7.00"))
    services.write(broken, uploads.files_of(broken))
    put_awin(awin(1, "7.00"))

    assert balance() == {("EUR", "pending"): "47.00"}


def test_reports_of_other_networks_do_not_wait(break_off):
    break_off()

    assert counts(put_amazon(amazon("B1", "1.00"))) == (1, 0, 0, 0)


def test_two_that_broke_off_do_not_wait_for_each_other(break_off):
    one = break_off()
    ImportFile.objects.update(seen_at=timezone.now())
    other = break_off(data_of(*(awin(number) for number in range(10, 15))))

    services.write(one, uploads.files_of(one))
    services.write(other, uploads.files_of(other))

    assert balance() == {("EUR", "pending"): "100.00"}


def test_one_that_broke_off_before_its_first_row_stands_in_nobodys_way(break_off):
    record = break_off(at=1)

    put_awin(awin(1))

    assert record.is_broken_off
    assert runs.ahead_of(new_file()) is None


def test_the_worker_goes_on_by_itself(break_off):
    record = break_off()

    write_import.func(record.pk)

    record.refresh_from_db()
    assert record.state == State.DONE
    assert Conversion.objects.count() == 5


@pytest.mark.parametrize("state", [State.DONE, State.UNDOING, State.UNDONE, State.CHECKED])
def test_a_late_task_does_not_write_what_was_ended_otherwise(break_off, state):
    record = break_off()
    ImportFile.objects.update(state=state)

    write_import.func(record.pk)

    assert Conversion.objects.count() == 2


def test_a_late_task_does_not_undo_what_is_being_written(break_off):
    record = break_off()

    undo_import.func(record.pk)

    assert Conversion.objects.count() == 2


def test_an_undone_import_forgets_its_file(break_off):
    record = break_off()

    services.undo(record)

    assert not record.chunks.exists()
    assert (balance(), day_sums()) == ({}, [])


def test_files_of_broken_imports_are_not_cleared_away(break_off):
    record = break_off()
    ImportFile.objects.update(created_at=timezone.now() - timedelta(days=30), state=State.FAILED)

    assert uploads.forget_old() == 0
    assert record.chunks.exists()


def test_the_doctor_names_it_and_says_what_to_do(break_off):
    record = break_off()

    (message,) = check_imports(databases=["default"])

    assert message.id == "affiliates.W002"
    assert "'march.csv' (Awin) broke off while it was being written" in message.msg
    assert page_url("change", record) in message.hint
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)
    assert "march.csv" in out.getvalue()


def test_the_check_asks_nothing_where_the_database_is_not_to_be_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(check_imports(databases=None)) == []


def test_the_check_says_nothing_before_the_tables_are_there(monkeypatch):
    def gone():
        raise DatabaseError("no such table")

    monkeypatch.setattr(ImportFile.objects, "broken_off", gone)

    assert list(check_imports(databases=["default"])) == []
