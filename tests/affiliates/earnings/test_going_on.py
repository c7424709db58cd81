"""The admin of an import that broke off: what its page says, and the ways on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from affiliates.models import Conversion, ImportFile
from tests.affiliates.earnings.desk import list_url, page_url, upload
from tests.affiliates.earnings.reports import AWIN, FIVE, awin, text_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
State = ImportFile.State
SILENT = timedelta(minutes=3)


def test_the_list_marks_it(staff, break_off):
    break_off()

    assert "Broken off" in staff.get(list_url("importfile")).content.decode()


def test_its_page_offers_to_go_on_and_to_undo(staff, break_off):
    record = break_off()

    page = staff.get(page_url("change", record)).content.decode()
    assert "broke off in the middle" in page
    assert "Undo what was written" in page
    page = staff.post(page_url("resume", record), follow=True).content.decode()

    assert "Written to the ledger" in page
    assert Conversion.objects.count() == 5


def test_a_second_click_on_going_on_does_nothing(staff, break_off):
    record = break_off()
    staff.post(page_url("resume", record))

    page = staff.post(page_url("resume", record), follow=True).content.decode()

    assert "already under way" in page
    assert Conversion.objects.count() == 5


def test_without_its_file_it_asks_for_the_file_and_then_goes_on(staff, break_off):
    record = break_off(is_kept=False)
    page = staff.post(page_url("resume", record), follow=True).content.decode()
    assert "Import the same file again" in page

    page = upload(staff, FIVE.decode()).content.decode()
    assert "half written already" in page
    staff.post(page_url("resume", record))

    assert ImportFile.objects.get().state == State.DONE
    assert Conversion.objects.count() == 5


def test_another_report_cannot_be_written_before_it(staff, break_off):
    record = break_off()
    upload(staff, text_of(AWIN, [awin(1, "7.00")]))
    later = ImportFile.objects.latest("pk")

    page = staff.get(page_url("change", later)).content.decode()
    assert page_url("change", record) in page
    assert "Write to the ledger</button>" not in page
    page = staff.post(page_url("write", later), follow=True).content.decode()

    assert "First end the import of “march.csv”" in page
    assert Conversion.objects.count() == 2


def test_a_check_that_broke_off_is_done_again(staff):
    upload(staff, text_of(AWIN, [awin(1)]))
    record = ImportFile.objects.get()
    ImportFile.objects.update(state=State.CHECKING, seen_at=timezone.now() - SILENT)

    assert "Check it again" in staff.get(page_url("change", record)).content.decode()
    staff.post(page_url("resume", record))

    record.refresh_from_db()
    assert (record.state, record.new_count) == (State.CHECKED, 1)


def test_a_check_that_broke_off_can_be_forgotten(staff):
    upload(staff, text_of(AWIN, [awin(1)]))
    record = ImportFile.objects.get()
    ImportFile.objects.update(state=State.CHECKING, seen_at=timezone.now() - SILENT)

    staff.post(page_url("discard", record))

    assert not ImportFile.objects.exists()


def test_its_columns_cannot_be_read_otherwise_half_way(staff, break_off):
    record = break_off()
    ImportFile.objects.update(state=State.FAILED)

    assert staff.get(page_url("columns", record)).status_code == 302


def test_what_waits_for_the_worker_says_so(staff):
    upload(staff, text_of(AWIN, [awin(1)]))
    record = ImportFile.objects.get()
    ImportFile.objects.update(state=State.WRITING, seen_at=None)

    page = staff.get(page_url("change", record)).content.decode()

    assert "Waiting for the worker" in page
    assert "Go on" not in page


def test_going_on_needs_the_right_to_import(client, break_off):
    record = break_off()
    client.force_login(UserFactory())

    assert client.post(page_url("resume", record)).status_code == 403
    assert Conversion.objects.count() == 2
