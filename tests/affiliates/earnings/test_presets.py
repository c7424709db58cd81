"""Every network's report as a publisher has it on the desk: however it was saved, it says the same or is refused."""

import gzip
import random

import pytest

from affiliates.earnings import services
from affiliates.earnings.errors import ReportError, UnknownHeader
from affiliates.earnings.presets import shipped
from affiliates.models import Conversion, ImportFile
from tests.affiliates.earnings.downloads import DOWNLOADS
from tests.affiliates.earnings.reports import balance, counts, ledger_rows, put

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("report", DOWNLOADS, ids=lambda report: report.key)


def read(report, text=None, **options):
    data = report.text() if text is None else text
    return put(data, report.network, second=report.second, **options)


def place(report, *names):
    """Where a column stands, by any of its names."""
    return next(index for index, name in enumerate(report.header) if name in names)


def test_each_preset_is_walked_through():
    assert {report.key for report in DOWNLOADS} == {entry["key"] for entry in shipped()}


@each
def test_it_is_recognised_and_says_what_stands_there(report):
    record = read(report)

    name = next(entry["name"] for entry in shipped() if entry["key"] == report.key)
    assert record.mapping_name == name
    assert counts(record) == report.counts
    assert balance() == report.balance
    assert record.message == ""


@each
def test_the_same_report_again_changes_nothing(report):
    read(report)
    before = ledger_rows()
    ImportFile.objects.update(importer_version=0)  # no short cut: the rows themselves must be known

    record = read(report)

    assert record.new_count == record.corrected_count == 0
    assert ledger_rows() == before


@each
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding(report, encoding):
    read(report, report.text().encode(encoding))

    assert balance() == report.balance


@each
@pytest.mark.parametrize(("delimiter", "ending"), [(";", "\r\n"), ("\t", "\n"), ("|", "\n"), (",", "\r")])
def test_any_delimiter_and_line_ending(report, delimiter, ending):
    read(report, report.text(delimiter, ending=ending))

    assert balance() == report.balance


@each
def test_a_spreadsheets_note_of_the_delimiter_is_no_header(report):
    read(report, "sep=;\r\n" + report.text(";"))

    assert balance() == report.balance


@each
def test_empty_lines_and_a_line_of_totals_at_the_end_are_left_out(report):
    width = len(report.header)
    total = ["Total", *[""] * (width - 2), "1,235.50"]
    text = report.text(rows=[[""] * width, *report.rows, [""] * width, total]) + "\r\n\r\n"

    record = read(report, text)

    assert counts(record) == report.counts
    assert record.message == "1 line of totals left out."
    assert balance() == report.balance


@each
def test_rows_in_any_order_are_the_same(report):
    read(report, report.text(rows=random.Random(7).sample(report.rows, len(report.rows))))

    assert balance() == report.balance


@each
def test_columns_in_any_order_and_unknown_ones_between(report):
    order = random.Random(3).sample(range(len(report.header)), len(report.header))
    header = ["Unknown", *(report.header[index] for index in order)]
    rows = [["x", *(row[index] for index in order)] for row in report.rows]

    read(report, report.text(header=header, rows=rows))

    assert balance() == report.balance


@each
def test_a_cell_may_hold_a_line_break_and_quotes(report):
    at = place(report, "Seller", "Advertiser", "Campaign", "Vendor", "Merchant", "Program name", "Checkout Site",
               "Advertiser Name")  # fmt: skip
    rows = [[*row[:at], 'Northmoor,\n"Nutrition"', *row[at + 1 :]] for row in report.rows]

    record = read(report, report.text(rows=rows))

    assert counts(record) == report.counts
    assert balance() == report.balance
    assert set(Conversion.objects.values_list("merchant", flat=True)) == {'Northmoor,\n"Nutrition"'}


@each
def test_decimal_commas_are_noticed(report):
    swap = str.maketrans(",.", ".,")
    money = [index for index, name in enumerate(report.header) if any(word in name for word in MONEY)]
    rows = [
        [cell.translate(swap) if at in money else cell for at, cell in enumerate(row)] for row in report.rows
    ]

    record = read(report, report.text(";", rows=rows))

    assert record.mapping["decimal"] == ","
    assert balance() == report.balance


MONEY = ("Price", "Revenue", "Fees", "mount", "ommission", "Earnings", "Sale", "Value", "Order value")
NUMBER = ("id", "Original Action ID", "Action Id", "Conversion ID", "Receipt", "Commission ID", "Order number",
          "EPN Transaction ID", "Order ID")  # fmt: skip


@each
def test_a_file_without_rows_adds_nothing(report):
    record = read(report, report.text(rows=[]))

    assert counts(record) == (0, 0, 0, 0)
    assert record.read_count == 0
    assert not Conversion.objects.exists()


@each
def test_a_renamed_column_is_refused_with_what_was_found(report):
    at = place(report, "Ad Fees($)", "commissionAmount", "Publisher Commission", "Action Earnings", "Amount",
               "Publisher Amount", "Commission", "Delta Earnings", "Total Commission")  # fmt: skip
    header = [*report.header[:at], "Vergütung", *report.header[at + 1 :]]

    with pytest.raises(UnknownHeader) as refused:
        read(report, report.text(header=header))

    assert "Vergütung" in refused.value.found
    assert not Conversion.objects.exists()


@each
def test_a_second_header_in_another_language_is_one_rejected_line(report):
    other = [f"Spalte {number}" for number in range(len(report.header))]

    record = read(report, report.text(rows=[other, *report.rows]))

    assert counts(record) == (*report.counts[:3], 1)
    assert record.rejected[0]["line"] == (3 if report.title else 2)
    assert balance() == report.balance


@each
def test_an_unknown_status_is_rejected_with_those_that_are_known(report):
    known = next(entry for entry in shipped() if entry["key"] == report.key)
    if not (known.get("statuses") or known.get("kinds")):
        assert report.key in ("amazon-earnings", "rakuten-items")  # their rows have none
        return
    at = place(report, "commissionStatus", "Status", "Conversion Status", "Transaction Type")
    rows = [*report.rows[1:], [*report.rows[0][:at], "maybe", *report.rows[0][at + 1 :]]]

    record = read(report, report.text(rows=rows))

    assert record.rejected_count == 1
    assert "“maybe” is not a known" in record.rejected[0]["reason"]
    assert "Known: " in record.rejected[0]["reason"]


@each
def test_a_line_that_is_cut_off_is_rejected_and_harms_no_other(report):
    text = report.text(rows=[*report.rows[1:], report.rows[0][:3]])

    record = read(report, text)

    assert record.rejected_count >= 1
    assert record.read_count == sum(counts(record))


@each
def test_numbers_that_a_spreadsheet_has_mangled_are_rejected(report):
    if report.key == "amazon-earnings":
        return  # has no numbers
    at = place(report, *NUMBER)
    if report.key == "cj-commissions":
        at = report.header.index("Original Action ID")
    rows = [[*row[:at], f"1.2345{number}E+15", *row[at + 1 :]] for number, row in enumerate(report.rows)]

    record = read(report, report.text(rows=rows))

    assert record.rejected_count == len(rows)
    assert "spreadsheet program has changed the number" in record.rejected[0]["reason"]


@each
def test_a_compressed_report_is_refused_in_words(report):
    with pytest.raises(ReportError, match="Unpack it"):
        read(report, gzip.compress(report.text().encode()))


@each
def test_undone_it_leaves_nothing_and_can_be_imported_again(report):
    record = read(report)
    services.undo(record)
    assert balance() == {}

    read(report)

    assert balance() == report.balance
