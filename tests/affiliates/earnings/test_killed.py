"""An import whose process is killed in mid-write, by the command, by the worker and while it is undone."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from affiliates.earnings import services, uploads
from affiliates.earnings.tasks import write_import
from affiliates.models import Conversion, ImportFile
from tests.affiliates.earnings.desk import page_url
from tests.affiliates.earnings.killing import (
    everything,
    fall_silent,
    forget_everything,
    kill_when,
    some_rows_are_taken_back,
    some_rows_are_written,
    start,
)
from tests.affiliates.earnings.reports import AWIN, awin, balance, day_sums, new_file, put_awin, text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]
ROWS = 3_000  # sixty batches, some seconds
KNOWN = 750
State = ImportFile.State


@pytest.fixture
def network():
    """Another import before, so that corrections are among what is written."""
    put_awin(*(awin(number, "9.00") for number in range(KNOWN)))


def lines():
    """New rows, corrections, known ones, twofold ones that contradict each other, and unreadable ones."""
    rows = [
        awin(number, "9.00" if number % 3 else "11.00", day=f"2026-03-{number % 5 + 1:02d}")
        for number in range(ROWS)
    ]
    return [*rows, awin(ROWS, "1.00"), awin(ROWS, "2.00"), awin(ROWS + 1, "ten")]


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "march.csv"
    path.write_text(text_of(AWIN, lines()))
    return path


@pytest.fixture
def expected(report, network):
    """What an import of the report that nobody disturbs leaves behind."""
    call_command("import_earnings", "awin", str(report), verbosity=0)
    found = everything()
    forget_everything()
    put_awin(*(awin(number, "9.00") for number in range(KNOWN)))
    return found


def killed(database_url, report):
    before = Conversion.objects.count()
    kill_when(
        start(database_url, "import_earnings", "awin", report), lambda: Conversion.objects.count() > before
    )
    return ImportFile.objects.latest("pk")


def test_the_same_file_again_after_a_kill_gives_exactly_the_same_ledger(
    database_url, report, expected, capsys
):
    record = killed(database_url, report)
    assert record.state == State.WRITING
    assert record.position
    fall_silent()

    call_command("import_earnings", "awin", str(report))

    assert everything() == expected
    assert ImportFile.objects.latest("pk") == record


def test_killed_again_and_again_it_still_ends_with_the_same_ledger(database_url, report, expected):
    for _ in range(2):
        killed(database_url, report)
        fall_silent()

    call_command("import_earnings", "awin", str(report), verbosity=0)

    assert everything() == expected


def test_every_batch_is_whole_and_its_position_is_that_of_its_last_row(database_url, report):
    record = killed(database_url, report)

    written = Conversion.objects.filter(import_file=record)
    assert record.position >= max(written.values_list("external_id", flat=True))
    shares = written.annotate(count=Count("attributions")).values_list("count", flat=True)
    assert set(shares) == {1}
    assert record.progress["new"] + record.progress["corrected"] == len(
        set(written.values_list("external_id", flat=True))
    )


def test_within_two_minutes_the_file_counts_as_being_written(database_url, report):
    killed(database_url, report)

    with pytest.raises(CommandError, match="being written right now"):
        call_command("import_earnings", "awin", str(report))


def test_a_killed_import_can_be_undone_instead(database_url, report):
    before = balance(), day_sums()
    record = killed(database_url, report)
    fall_silent()
    record.refresh_from_db()

    services.undo(record)

    assert (balance(), day_sums()) == before
    call_command("import_earnings", "awin", str(report), verbosity=0)
    assert ImportFile.objects.latest("pk").state == State.DONE


def test_a_killed_worker_leaves_a_button_that_goes_on(database_url, report, expected, staff):
    record = new_file(name="march.csv")
    services.recognise(record, services.head_of(io.BytesIO(report.read_bytes())))
    record.size_bytes = uploads.keep(record, [report.read_bytes()])
    record.state = State.WRITING
    record.save()
    write_import.enqueue(record.pk)
    kill_when(
        start(database_url, "worker", "--batch"),
        lambda: Conversion.objects.filter(import_file=record).exists(),
    )
    fall_silent()

    page = staff.get(page_url("change", record)).content.decode()
    assert "Go on writing" in page
    staff.post(page_url("resume", record))

    assert everything() == expected
    assert not record.chunks.exists()


def test_a_killed_undoing_goes_on(database_url, staff):
    before = balance(), day_sums()
    record = put_awin(*(awin(number, "3.00") for number in range(ROWS)))
    script = (
        "import django; django.setup();"
        "from affiliates.models import ImportFile; from affiliates.earnings import services;"
        f"services.undo(ImportFile.objects.get(pk={record.pk}))"
    )
    kill_when(start(database_url, "shell", "-c", script), some_rows_are_taken_back)
    record.refresh_from_db()
    assert record.state == State.UNDOING
    fall_silent()

    page = staff.get(page_url("change", record)).content.decode()
    assert "Go on undoing" in page
    record.refresh_from_db()
    services.undo(record)

    assert (balance(), day_sums()) == before


def test_a_kill_before_the_first_row_leaves_nothing_that_stands_in_the_way(database_url, report, expected):
    process = start(database_url, "import_earnings", "awin", report)
    kill_when(process, lambda: ImportFile.objects.filter(state=State.WRITING).exists())
    if some_rows_are_written() and Conversion.objects.filter(import_file__state=State.WRITING).exists():
        pytest.fail("the machine was too fast: rows were written before the kill")
    fall_silent()

    call_command("import_earnings", "awin", str(report), verbosity=0)

    assert everything()[:3] == expected[:3]
