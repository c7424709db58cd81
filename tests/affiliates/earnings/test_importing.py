"""Reports into the ledger: new, known, corrected, rejected; nothing is ever changed or lost."""

import io
from decimal import Decimal

import pytest

from affiliates.earnings import importing, services
from affiliates.earnings.errors import ReportError, UnknownHeader
from affiliates.models import Conversion, ImportFile
from tests.affiliates.earnings.reports import (
    AWIN,
    awin,
    balance,
    counts,
    day_sums,
    ledger_rows,
    new_file,
    put,
    put_awin,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_new_rows_become_the_ledger():
    record = put_awin(awin(1), awin(2, "2.50", "approved"))

    assert counts(record) == (2, 0, 0, 0)
    assert balance() == {("EUR", "pending"): "10.00", ("EUR", "approved"): "2.50"}
    assert day_sums() == [("2026-03-05", None, "EUR", "12.50", "10.00", 2)]
    assert record.state == ImportFile.State.DONE
    assert (str(record.period_from), str(record.period_until)) == ("2026-03-05", "2026-03-05")


def test_the_same_file_again_changes_nothing():
    put_awin(awin(1), awin(2))
    before = ledger_rows()

    record = put_awin(awin(1), awin(2))

    assert counts(record) == (0, 0, 2, 0)
    assert ledger_rows() == before
    assert "were imported on" in record.message


def test_shuffled_rows_are_the_same_file():
    put_awin(awin(1), awin(2), awin(3, "7.00", "approved"))
    before = ledger_rows()

    record = put_awin(awin(3, "7.00", "approved"), awin(1), awin(2))

    assert counts(record) == (0, 0, 3, 0)
    assert ledger_rows() == before


def test_a_changed_status_moves_the_amount_by_two_rows():
    put_awin(awin(1))

    record = put_awin(awin(1, status="approved"))

    assert counts(record) == (0, 1, 0, 0)
    assert ledger_rows() == [
        ("1", 1, "sale", "pending", Decimal(10), 1),
        ("1", 2, "correction", "pending", Decimal(-10), -1),
        ("1", 3, "correction", "approved", Decimal(10), 1),
    ]


def test_a_changed_amount_is_one_correction():
    put_awin(awin(1))

    put_awin(awin(1, "8.00"))

    assert ledger_rows()[1:] == [("1", 2, "correction", "pending", Decimal(-2), 0)]


def test_a_declined_sale_is_taken_back_in_full():
    put_awin(awin(1))

    put_awin(awin(1, status="declined"))

    assert ledger_rows()[1:] == [("1", 2, "reversal", "pending", Decimal(-10), -1)]
    assert balance() == {}
    assert day_sums() == []


def test_a_sale_first_seen_declined_is_kept_with_zero_and_known_next_time():
    put_awin(awin(1, status="declined"))

    record = put_awin(awin(1, status="declined"), awin(2))

    assert counts(record) == (1, 0, 1, 0)
    assert ledger_rows()[0] == ("1", 1, "sale", "declined", Decimal(0), 0)


def test_a_declined_sale_that_is_reinstated_counts_again():
    put_awin(awin(1))
    put_awin(awin(1, status="declined"))

    put_awin(awin(1, status="approved"))

    assert balance() == {("EUR", "approved"): "10.00"}
    assert sum(row[5] for row in ledger_rows()) == 1


def test_an_earlier_file_is_not_written_over_a_later_one_unless_asked():
    put_awin(awin(1))
    put_awin(awin(1, status="approved"))

    put_awin(awin(1))
    assert balance() == {("EUR", "approved"): "10.00"}
    put_awin(awin(1), again=True)
    assert balance() == {("EUR", "pending"): "10.00"}


def test_a_row_older_than_what_is_known_is_left_out():
    header = [*AWIN, "validationDate"]
    put(text_of(header, [[*awin(1, status="approved"), "2026-04-02"]]))

    record = put(text_of(header, [[*awin(1), "2026-04-01"], [*awin(2), ""]]))

    assert counts(record) == (1, 0, 1, 0)
    assert balance(external_id="1") == {("EUR", "approved"): "10.00"}


def test_a_changed_currency_is_no_mixture():
    put_awin(awin(1, currency="EUR"))

    put_awin(awin(1, currency="GBP"))

    assert balance() == {("GBP", "pending"): "10.00"}


def test_a_correction_stays_on_the_day_of_the_sale():
    put_awin(awin(1))

    put_awin(awin(1, "4.00", day="2026-04-20"))

    assert day_sums() == [("2026-03-05", None, "EUR", "4.00", "4.00", 1)]


def test_bad_rows_are_told_by_line_and_the_others_are_imported():
    rows = [
        awin(1),
        awin(2, "ten"),
        awin(3, status="perhaps"),
        awin(4, day="yesterday"),
        awin(5),
        awin("", "1"),
    ]

    record = put_awin(*rows)

    assert counts(record) == (2, 0, 0, 4)
    assert [entry["line"] for entry in record.rejected] == [3, 4, 5, 7]
    assert "“ten” is not an amount" in record.rejected[0]["reason"]
    assert "Known: pending" in record.rejected[1]["reason"]
    assert "ten" in record.rejected[0]["text"]


def test_a_corrected_line_of_a_rejected_one_is_imported_from_the_same_report():
    put_awin(awin(1), awin(2, "ten"))

    record = put_awin(awin(1), awin(2, "10.00"))

    assert counts(record) == (1, 0, 1, 0)


def test_every_line_is_counted_once():
    record = put_awin(awin(1), awin(1), awin(2, "x"), awin(3))

    assert record.read_count == sum(counts(record)) == 4


def test_two_values_of_one_conversion_are_refused_when_nothing_tells_which_is_newer():
    record = put_awin(awin(1, "1.00"), awin(1, "2.00"), awin(2))

    assert counts(record) == (1, 0, 0, 2)
    assert "more than once" in record.rejected[0]["reason"]


def test_of_two_dated_values_the_newer_counts():
    header = [*AWIN, "validationDate"]

    record = put(text_of(header, [[*awin(1, "9.00"), "2026-04-02"], [*awin(1, "8.00"), "2026-04-01"]]))

    assert counts(record) == (1, 0, 1, 0)
    assert balance() == {("EUR", "pending"): "9.00"}


def test_an_unknown_header_is_refused_with_what_was_found_and_expected():
    with pytest.raises(UnknownHeader) as refused:
        put("Datum;Betrag;Wert\n1;2;3\n")

    assert refused.value.found == ("Datum", "Betrag", "Wert")
    assert "Found: Datum, Betrag, Wert" in str(refused.value)
    assert "Awin transactions" in str(refused.value)
    assert not Conversion.objects.exists()


def test_a_preview_writes_nothing():
    record = put_awin(awin(1), awin(2, "x"), commit=False)

    assert counts(record) == (1, 0, 0, 1)
    assert record.totals == {
        "EUR": {
            "commission": "10.0000",
            "sale_amount": "100.0000",
            "pending": "10.0000",
            "attributed": "0.0000",
            "conversions": "1",
        }
    }
    assert record.state == ImportFile.State.CHECKED
    assert not Conversion.objects.exists()


def test_a_preview_promises_what_the_import_then_does():
    rows = [awin(1), awin(2, "x"), awin(3, status="declined"), awin(1)]
    put_awin(awin(3))

    preview = put_awin(*rows, commit=False)
    record = put_awin(*rows)

    assert counts(preview) == counts(record)
    assert preview.totals == record.totals


def test_more_conversions_than_one_batch(monkeypatch):
    monkeypatch.setattr("affiliates.earnings.importing.AT_ONCE", 3)
    put_awin(*(awin(number) for number in range(4)))

    record = put_awin(*(awin(number, "11.00") for number in range(10)))

    assert counts(record) == (6, 4, 0, 0)
    assert balance() == {("EUR", "pending"): "110.00"}


def test_a_broken_off_import_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    text = text_of(AWIN, [awin(number) for number in range(5)]).encode()
    record = new_file()
    services.recognise(record, services.head_of(io.BytesIO(text)))
    real, calls = importing.ledger.append, []

    def fails_later(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("the power is gone")
        real(*args)

    monkeypatch.setattr(importing.ledger, "append", fails_later)
    with pytest.raises(RuntimeError):
        services.write(record, [io.BytesIO(text)])
    assert Conversion.objects.count() == 2
    monkeypatch.setattr(importing.ledger, "append", real)
    services.write(record, [io.BytesIO(text)])

    assert counts(record) == (5, 0, 0, 0)
    assert Conversion.objects.count() == 5
    assert day_sums() == [("2026-03-05", None, "EUR", "50.00", "50.00", 5)]


def test_a_file_of_the_wrong_number_is_refused():
    with pytest.raises(ReportError, match="comes in one file"):
        put(text_of(AWIN, [awin(1)]), second="a,b\n1,2\n")


def test_a_row_changed_on_the_same_date_is_a_correction():
    header = [*AWIN, "validationDate"]
    put(text_of(header, [[*awin(1), "2026-04-01"]]))

    record = put(text_of(header, [[*awin(1, "8.00"), "2026-04-01"]]))

    assert counts(record) == (0, 1, 0, 0)
    assert balance() == {("EUR", "pending"): "8.00"}
