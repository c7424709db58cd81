"""The pages of an import, and the lists of the ledger."""

import pytest

from affiliates.admin import earnings_pages
from affiliates.earnings import services
from affiliates.earnings.tasks import check_import, write_import
from affiliates.models import Conversion, EarningsMapping, FileChunk, ImportFile
from tests.affiliates.earnings.desk import OWN, columns, page_url, upload
from tests.affiliates.earnings.reports import (
    AWIN,
    awin,
    balance,
    put_awin,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_a_known_report_is_shown_before_it_is_written(staff):
    response = upload(staff, text_of(AWIN, [awin(1), awin(2, "ten")]))

    page = response.content.decode()
    assert response.redirect_chain[-1][0] == page_url("change", ImportFile.objects.get())
    assert "Write to the ledger" in page
    assert "“ten” is not an amount" in page
    assert "Awin transactions" in page
    assert not Conversion.objects.exists()


def test_writing_takes_a_click_and_forgets_the_upload(staff):
    upload(staff, text_of(AWIN, [awin(1)]))
    record = ImportFile.objects.get()

    page = staff.post(page_url("write", record), follow=True).content.decode()

    assert balance() == {("EUR", "pending"): "10.00"}
    assert "Written to the ledger" in page
    assert not FileChunk.objects.exists()
    assert ImportFile.objects.get().imported_by.username


def test_a_second_click_writes_nothing_twice(staff):
    upload(staff, text_of(AWIN, [awin(1)]))
    record = ImportFile.objects.get()
    staff.post(page_url("write", record))

    page = staff.post(page_url("write", record), follow=True).content.decode()

    assert "already under way" in page
    assert Conversion.objects.count() == 1


def test_nothing_new_offers_nothing_to_write(staff):
    put_awin(awin(1))

    page = upload(staff, text_of(AWIN, [awin(1)])).content.decode()

    assert "Nothing to write" in page
    assert "Write to the ledger<" not in page


def test_unknown_columns_are_picked_by_hand_and_remembered(staff):
    page = upload(staff, OWN, "direct-merchant")
    record = ImportFile.objects.get()
    assert page.redirect_chain[-1][0] == page_url("columns", record)
    assert "bestätigt" in page.content.decode()

    seen = staff.post(page_url("columns", record), {**columns(), "look": ""}).content.decode()
    assert "1.50 EUR" in seen
    staff.post(page_url("columns", record), {**columns(name="Shop"), "check": ""})
    staff.post(page_url("write", record))

    assert balance() == {("EUR", "approved"): "1.50", ("EUR", "pending"): "2.25"}
    assert EarningsMapping.objects.get().name == "Shop"


def test_remembered_columns_are_used_by_themselves(staff):
    upload(staff, OWN, "direct-merchant")
    staff.post(page_url("columns", ImportFile.objects.get()), {**columns(name="Shop"), "check": ""})

    page = upload(staff, OWN.replace("1,50", "9,00"), "direct-merchant").content.decode()

    assert "read as “Shop”" in page
    assert "Write to the ledger" in page


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"column_commission": ""}, "Say which column is the commission."),
        ({"zone": "Mars/Phobos"}, "These rules cannot be used"),
        ({"statuses": "nonsense"}, "is not of the form"),
        ({"statuses": "a = maybe"}, "is not of the form"),
        ({"mode": "snapshot"}, "needs a column with the tracking ID"),
        ({"column_commission": "Gone"}, "Select a valid choice"),
    ],
)
def test_rules_that_cannot_be_are_told(staff, changed, message):
    upload(staff, OWN, "direct-merchant")
    record = ImportFile.objects.get()

    page = staff.post(page_url("columns", record), {**columns(**changed), "check": ""})

    assert message in page.content.decode()
    assert ImportFile.objects.get().state == ImportFile.State.UPLOADED


def test_columns_of_a_known_report_can_be_read_otherwise_and_keep_what_the_form_does_not_show(staff):
    header = [
        "commissionId",
        "originalActionId",
        "original",
        "eventDate",
        "pubCommissionAmountUsd",
        "saleAmountUsd",
    ]
    upload(staff, text_of(header, [["1", "7", "false", "2026-03-05", "5.00", "50.00"]]), "cj")
    record = ImportFile.objects.get()
    form = staff.get(page_url("columns", record)).context["form"]

    staff.post(
        page_url("columns", record),
        {**form.initial, "column_commission": "saleAmountUsd", "name": "", "check": ""},
    )

    changed = ImportFile.objects.get()
    assert changed.mapping["kinds"]["false"] == "correction"
    assert changed.totals["USD"]["commission"] == "50.0000"


def test_a_spreadsheet_is_refused_in_words(staff):
    page = upload(staff, "PK\x03\x04 [Content_Types].xml").content.decode()

    assert "This is a spreadsheet, not CSV" in page
    assert not ImportFile.objects.exists()


def test_a_discarded_file_leaves_nothing(staff):
    upload(staff, text_of(AWIN, [awin(1)]))

    staff.post(page_url("discard", ImportFile.objects.get()))

    assert not ImportFile.objects.exists()
    assert not FileChunk.objects.exists()


def test_a_written_file_cannot_be_discarded(staff):
    record = put_awin(awin(1))

    page = staff.post(page_url("discard", record), follow=True).content.decode()

    assert "can be undone, not forgotten" in page
    assert Conversion.objects.exists()


def test_undoing_asks_first(staff):
    record = put_awin(awin(1))

    assert "Undo “report.csv”?" in staff.get(page_url("undo", record)).content.decode()
    assert balance()
    staff.post(page_url("undo", record))

    assert balance() == {}


def test_undoing_names_what_must_be_undone_before(staff):
    first, second = put_awin(awin(1)), put_awin(awin(1, "7.00"))

    page = staff.post(page_url("undo", first)).content.decode()

    assert page_url("change", second) in page
    assert balance() == {("EUR", "pending"): "7.00"}


def test_a_long_file_is_left_to_the_worker(staff, monkeypatch):
    monkeypatch.setattr(earnings_pages, "INLINE_BYTES", 10)

    page = upload(staff, text_of(AWIN, [awin(1)])).content.decode()

    record = ImportFile.objects.get()
    assert record.state == ImportFile.State.CHECKING
    assert 'http-equiv="refresh"' in page
    check_import.call(record.pk)
    record.refresh_from_db()
    assert (record.state, record.new_count) == (ImportFile.State.CHECKED, 1)
    staff.post(page_url("write", record))
    write_import.call(record.pk)
    write_import.call(record.pk)
    assert balance() == {("EUR", "pending"): "10.00"}


def test_rejected_lines_can_be_downloaded_without_formulas(staff):
    record = put_awin(["=1+1", "never", *awin(1)[2:]])

    text = staff.get(page_url("rejected", record)).content.decode()

    assert text.splitlines()[0] == "line,reason,text"
    assert text.splitlines()[1].startswith("2,")
    assert "'=1+1" in text


def test_a_broken_off_import_says_so_and_can_be_undone(staff, monkeypatch):
    upload(staff, text_of(AWIN, [awin(number) for number in range(4)]))
    record = ImportFile.objects.get()
    monkeypatch.setattr("affiliates.earnings.importing.AT_ONCE", 2)
    real, calls = services.ledger.append, []

    def fails_later(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("the disk is full")
        real(*args)

    monkeypatch.setattr(services.ledger, "append", fails_later)
    with pytest.raises(RuntimeError):
        staff.post(page_url("write", record))
    monkeypatch.setattr(services.ledger, "append", real)

    page = staff.get(page_url("change", record)).content.decode()
    assert "broke off in the middle" in page
    assert "Go on writing" in page
    assert "Undo what was written" in page
    staff.post(page_url("undo", record))
    assert Conversion.objects.count() == 4
    assert balance() == {}


@pytest.mark.parametrize("state", ["uploaded", "checked", "failed"])
def test_an_import_whose_file_is_gone_still_has_a_page(staff, state):
    upload(staff, text_of(AWIN, [awin(1)]))
    FileChunk.objects.all().delete()
    ImportFile.objects.update(state=state)
    record = ImportFile.objects.get()

    assert staff.get(page_url("change", record)).status_code == 200
    assert staff.get(page_url("columns", record)).status_code == 302
